package io.cacheport;

import org.jspecify.annotations.Nullable;

/**
 * The store did not answer within the time budget; whether a write took effect is unknown.
 *
 * @since 0.1
 */
public final class CacheTimeoutException extends CacheException {

    private static final long serialVersionUID = 1L;

    CacheTimeoutException(String message, @Nullable Throwable cause) {
        super(ErrorCause.TIMEOUT, message, cause);
    }
}
