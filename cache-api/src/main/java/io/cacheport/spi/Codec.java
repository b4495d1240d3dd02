package io.cacheport.spi;

import io.cacheport.TypeRef;
import org.jspecify.annotations.Nullable;

/**
 * Turns values into bytes and back. Runs on the caller's thread, never on an I/O thread. Implementations are thread-safe
 * and treat bytes as untrusted: no class is chosen by what the bytes say.
 *
 * @since 0.1
 */
public interface Codec {

    /**
     * The value's bytes, never empty; null is a value like any other.
     *
     * @throws io.cacheport.ValueEncodingException if it has no encoding, naming its class
     */
    byte[] encode(@Nullable Object value);

    /**
     * The value of these bytes.
     *
     * @throws UnreadableValueException if they are not a value of that type, whatever they are
     */
    <T> @Nullable T decode(byte[] bytes, TypeRef<T> type) throws UnreadableValueException;
}
