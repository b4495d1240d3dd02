package io.cacheport.warm;

import java.util.UUID;
import java.util.function.Function;

/**
 * How a key is written down and read again.
 *
 * @param text different texts for different keys, without control characters; that of the view will do
 * @param parse the key of a text; an {@link IllegalArgumentException} passes it over
 * @since 0.1
 */
public record KeyFormat<K>(Function<? super K, String> text, Function<? super String, ? extends K> parse) {

    /** Refuses nulls. */
    public KeyFormat {
        if (text == null || parse == null) {
            throw new IllegalArgumentException((text == null ? "text" : "parse") + " is null");
        }
    }

    /** Text as it is. */
    public static KeyFormat<String> strings() {
        return new KeyFormat<>(key -> key, text -> text);
    }

    /** Numbers in decimal. */
    public static KeyFormat<Long> longs() {
        return new KeyFormat<>(key -> key.toString(), Long::valueOf);
    }

    /** Numbers in decimal. */
    public static KeyFormat<Integer> integers() {
        return new KeyFormat<>(key -> key.toString(), Integer::valueOf);
    }

    /** UUIDs in their usual form. */
    public static KeyFormat<UUID> uuids() {
        return new KeyFormat<>(UUID::toString, UUID::fromString);
    }
}
