package io.cacheport.lock;

import io.cacheport.spi.CacheKeys;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** The rule for names, and the one order in which several are taken. */
final class LockNames {

    /** The longest name, in bytes of UTF-8. */
    static final int MAX_BYTES = 256;

    private static final int SHOWN = 64;

    private LockNames() {}

    static String require(String name) {
        if (name == null || name.isBlank()) {
            throw new IllegalArgumentException("lock name is " + (name == null ? "null" : "blank"));
        }
        if (name.indexOf('{') >= 0 || name.indexOf('}') >= 0) {
            throw new IllegalArgumentException("lock name \"" + shown(name)
                    + "\" has a brace: a store puts what belongs to a lock in one place by them");
        }
        int bytes = name.getBytes(StandardCharsets.UTF_8).length;
        if (bytes > MAX_BYTES) {
            throw new IllegalArgumentException("lock name \"" + shown(name) + "\" has " + bytes
                    + " bytes of UTF-8, more than the " + MAX_BYTES + " allowed");
        }
        return CacheKeys.require(name); // no control characters, no half of a surrogate pair
    }

    /** The names, each once, in the order of their characters. */
    static List<String> inOrder(Collection<String> names) {
        if (names == null || names.isEmpty()) {
            throw new IllegalArgumentException("lock names are " + (names == null ? "null" : "empty"));
        }
        names.forEach(LockNames::require);
        return List.copyOf(new TreeSet<>(names));
    }

    private static String shown(String name) {
        return name.length() > SHOWN ? name.substring(0, SHOWN) + "..." : name;
    }
}
