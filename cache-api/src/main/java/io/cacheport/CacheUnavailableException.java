package io.cacheport;

import org.jspecify.annotations.Nullable;

/**
 * The store cannot be reached or used: not connected, loading, credentials refused, or closed.
 *
 * @since 0.1
 */
public final class CacheUnavailableException extends CacheException {

    private static final long serialVersionUID = 1L;

    CacheUnavailableException(ErrorCause errorCause, String message, @Nullable Throwable cause) {
        super(errorCause, message, cause);
    }
}
