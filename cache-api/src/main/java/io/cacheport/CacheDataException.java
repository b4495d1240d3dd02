package io.cacheport;

import org.jspecify.annotations.Nullable;

/**
 * The entry is the trouble, not the store: unreadable, of the wrong type, or too large.
 *
 * @since 0.1
 */
public final class CacheDataException extends CacheException {

    private static final long serialVersionUID = 1L;

    CacheDataException(ErrorCause errorCause, String message, @Nullable Throwable cause) {
        super(errorCause, message, cause);
    }
}
