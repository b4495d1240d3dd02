package io.cacheport;

import org.jspecify.annotations.Nullable;

/**
 * A value cannot be encoded, so it was not stored (P9). A mistake in the program, not an illness of the cache: plain
 * methods throw it too. The message names the value's class and where inside it the trouble is, never its contents.
 *
 * @since 0.1
 */
public final class ValueEncodingException extends IllegalArgumentException {

    private static final long serialVersionUID = 1L;

    /** With the class of the value and the reason in {@code message}. */
    public ValueEncodingException(String message, @Nullable Throwable cause) {
        super(message, cause);
    }
}
