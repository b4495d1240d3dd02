package io.cacheport.config;

import io.cacheport.spi.CacheKeys;

/**
 * The key space that {@link CacheSettings#keySpace} gives. Each setting's {@link Setting#description} says what it does.
 *
 * @since 0.1
 */
public final class KeySettings {

    static final Group GROUP = new Group("Keys");

    public static final Setting<String> PREFIX = GROUP.add(
            "key.prefix",
            "CACHE_KEY_PREFIX",
            Rules.text("1 to 64 letters, digits, dots, underscores and hyphens", "[A-Za-z0-9._-]{1,64}"),
            null,
            "chat",
            "What the keys of the service's key space begin with.");

    public static final Setting<Integer> VERSION = GROUP.add(
            "key.version",
            "CACHE_KEY_VERSION",
            Rules.version(999_999),
            1,
            "What comes then: to be raised when what is stored changes.");

    public static final Setting<Character> SEPARATOR =
            GROUP.add("key.separator", "CACHE_KEY_SEPARATOR", separators(), ':', "What stands between the segments.");

    public static final Setting<Integer> MAX_LENGTH = GROUP.add(
            "key.max-length",
            "CACHE_MAX_KEY_LENGTH",
            Rules.intFrom(64, CacheKeys.MAX_BYTES),
            250,
            "Bytes from which a key ends in a hash; the prefix in Redis comes on top.");

    private static Rule<Character> separators() {
        return Rule.open(
                "one of : / | # ~ @ , ; = + & ! $",
                raw -> raw.matches("[:/|#~@,;=+&!$]") ? raw.charAt(0) : null,
                String::valueOf);
    }

    private KeySettings() {}
}
