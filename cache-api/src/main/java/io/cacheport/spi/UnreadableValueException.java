package io.cacheport.spi;

import io.cacheport.TypeRef;

/**
 * Stored bytes are not a value of the type asked for: a miss to the caller. Carries no text of the decoder, which may
 * quote the bytes.
 *
 * @since 0.1
 */
public final class UnreadableValueException extends Exception {

    private static final long serialVersionUID = 1L;

    /** With the type asked for and the failure underneath. */
    public UnreadableValueException(TypeRef<?> type, Throwable cause) {
        this(type, cause.getClass().getName());
    }

    /** With the type asked for and why, which must quote nothing of the bytes. */
    public UnreadableValueException(TypeRef<?> type, String why) {
        super("not a value of type " + type + ": " + why);
    }
}
