package io.cacheport.key;

import java.lang.reflect.RecordComponent;
import java.time.temporal.TemporalAccessor;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The text of a typed key, the same for a {@link KeySpace} and a {@link io.cacheport.aside.Cache}: only for types whose text
 * is sure to be unique. Values of different types may have the same text: {@code 7} and {@code "7"} are one key.
 *
 * @since 0.1
 */
public final class KeyText {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");

    private KeyText() {}

    /**
     * The text of text, a number, a UUID, an enum constant's name, a {@code java.time} value, or a record around one of them.
     *
     * @throws IllegalArgumentException for null and other types, naming the type
     */
    public static String of(Object key) {
        if (key instanceof String
                || key instanceof Number
                || key instanceof Boolean
                || key instanceof Character
                || key instanceof UUID
                || key instanceof TemporalAccessor) {
            return key.toString();
        }
        if (key instanceof Enum<?> constant) {
            return constant.name();
        }
        if (key == null) {
            throw new IllegalArgumentException("key is null");
        }
        return ofRecord(key);
    }

    /**
     * Returns a name that stands in keys as it is, if it is one: 1 to 64 letters, digits, dots, underscores or hyphens, all
     * ASCII.
     *
     * @param what what to call it in the message
     * @throws IllegalArgumentException naming both and the rule
     */
    public static String requireName(String what, String name) {
        if (name == null || !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    what + " \"" + name + "\" is not 1 to 64 letters, digits, dots, underscores or hyphens");
        }
        return name;
    }

    /** An identifier type is a record around one value: {@code record UserId(long value)}. */
    private static String ofRecord(Object key) {
        RecordComponent[] components =
                key.getClass().isRecord() ? key.getClass().getRecordComponents() : null;
        if (components != null && components.length == 1) {
            try {
                var accessor = components[0].getAccessor();
                accessor.setAccessible(true);
                return of(accessor.invoke(key));
            } catch (ReflectiveOperationException | RuntimeException inaccessible) {
                throw noText(key, inaccessible);
            }
        }
        throw noText(key, null);
    }

    private static IllegalArgumentException noText(Object key, @Nullable Exception cause) {
        return new IllegalArgumentException(
                "no text for a key of " + key.getClass() + ": pass a key function, as in .over(cache, UserId::value)",
                cause);
    }
}
