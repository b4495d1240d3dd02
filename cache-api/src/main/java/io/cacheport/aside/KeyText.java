package io.cacheport.aside;

import java.lang.reflect.RecordComponent;
import java.time.temporal.TemporalAccessor;
import java.util.UUID;

/** The text of a typed key where none was given a function: only for types whose text is sure to be unique. */
final class KeyText {

    private KeyText() {}

    static String of(Object key) {
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

    private static IllegalArgumentException noText(Object key, @org.jspecify.annotations.Nullable Exception cause) {
        return new IllegalArgumentException(
                "no text for a key of " + key.getClass() + ": pass a key function, as in .over(cache, UserId::value)",
                cause);
    }
}
