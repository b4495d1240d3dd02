package io.cacheport.spi;

import io.cacheport.TypeRef;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Turns values into bytes and back. Runs on the caller's thread, never on an I/O thread. Implementations are thread-safe
 * and treat bytes as untrusted: no class is chosen by what the bytes say.
 *
 * <p>Each value comes with the key that it is stored under, as the store has it: in UTF-8, with its prefix. Most codecs do
 * not look at it; one that encrypts binds the value to it. It is neither changed nor kept.
 *
 * @since 0.1
 */
public interface Codec {

    /**
     * The value's bytes, never empty; null is a value like any other.
     *
     * @throws io.cacheport.ValueEncodingException if it has no encoding, naming its class
     */
    byte[] encode(byte[] key, @Nullable Object value);

    /**
     * The value of these bytes, which were found under the key.
     *
     * @throws UnreadableValueException if they are not a value of that type, whatever they are
     */
    <T> @Nullable T decode(byte[] key, byte[] bytes, TypeRef<T> type) throws UnreadableValueException;

    /**
     * The value of a part of the bytes, which are neither changed nor kept: what {@link #decode(byte[], byte[], TypeRef)} gives
     * for a copy of the part. A store calls this one, since something of its own may stand before and behind a value; it copies
     * unless a codec can do without.
     *
     * @param start where the part begins
     * @param length how many bytes it has
     * @throws UnreadableValueException if they are not a value of that type, whatever they are
     */
    default <T> @Nullable T decode(byte[] key, byte[] bytes, int start, int length, TypeRef<T> type)
            throws UnreadableValueException {
        boolean whole = length == bytes.length;
        return decode(key, whole ? bytes : Arrays.copyOfRange(bytes, start, start + length), type);
    }
}
