package io.cacheport.redis.codec;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import javax.crypto.SecretKey;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * Keys to encrypt with, by id: the current one, and older ones that are only read. Immutable; each method gives a changed
 * copy, and the bytes given are copied. Its text has the ids and nothing of a key.
 *
 * <pre>{@code
 * EncryptionKeys.of("2026-11", key).alsoReading("2026-05", oldKey)
 * }</pre>
 *
 * <p>To change keys without a miss: first let every process read the new one, {@code of(old).alsoReading(new)}; then write it,
 * {@code of(new).alsoReading(old)}; and leave the old one out once the longest TTL is over. A key is to be changed before it has
 * encrypted 2<sup>32</sup> values.
 *
 * @since 0.1
 */
public final class EncryptionKeys {

    private static final Pattern ID = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Set<Integer> LENGTHS = Set.of(16, 24, 32);

    private final String current;
    private final Map<String, SecretKeySpec> keys;

    private EncryptionKeys(String current, Map<String, SecretKeySpec> keys) {
        this.current = current;
        this.keys = keys;
    }

    /**
     * One key, with which values are written and read.
     *
     * @param id 1 to 64 letters, digits, dots, underscores or hyphens; it is stored with each value, readable
     * @param key 16, 24 or 32 bytes, all of them random
     */
    public static EncryptionKeys of(String id, byte[] key) {
        return new EncryptionKeys(id, Map.of()).with(id, key);
    }

    /** {@link #of(String, byte[])} with an AES key. */
    public static EncryptionKeys of(String id, SecretKey key) {
        return of(id, encoded(key));
    }

    /**
     * These keys, with one more that values are read with.
     *
     * @param id as before, and not there yet
     * @param key as before
     */
    public EncryptionKeys alsoReading(String id, byte[] key) {
        return with(id, key);
    }

    /** {@link #alsoReading(String, byte[])} with an AES key. */
    public EncryptionKeys alsoReading(String id, SecretKey key) {
        return with(id, encoded(key));
    }

    private EncryptionKeys with(String id, byte[] key) {
        if (id == null || !ID.matcher(id).matches()) {
            throw new IllegalArgumentException(
                    "key id \"" + id + "\" is not 1 to 64 letters, digits, dots, underscores or hyphens");
        }
        if (key == null || !LENGTHS.contains(key.length)) {
            throw new IllegalArgumentException("key \"" + id + "\" of "
                    + (key == null ? "no" : String.valueOf(key.length)) + " bytes: AES keys have 16, 24 or 32");
        }
        Map<String, SecretKeySpec> all = new LinkedHashMap<>(keys);
        if (all.put(id, new SecretKeySpec(key, "AES")) != null) {
            throw new IllegalArgumentException("key id \"" + id + "\" is given twice");
        }
        return new EncryptionKeys(current, all);
    }

    private static byte[] encoded(SecretKey key) {
        byte[] bytes = key == null ? null : key.getEncoded();
        if (bytes == null || !"AES".equals(key.getAlgorithm())) {
            throw new IllegalArgumentException("key is no AES key that can be had as bytes");
        }
        return bytes;
    }

    /** The id of the key that values are written with. */
    public String currentId() {
        return current;
    }

    /** The ids of all keys that values are read with, the current one first. */
    public Set<String> ids() {
        return Collections.unmodifiableSet(keys.keySet());
    }

    @Nullable
    SecretKeySpec key(String id) {
        return keys.get(id);
    }

    @Override
    public String toString() {
        return "EncryptionKeys" + keys.keySet();
    }
}
