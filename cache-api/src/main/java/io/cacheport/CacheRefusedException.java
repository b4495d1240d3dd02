package io.cacheport;

import org.jspecify.annotations.Nullable;

/**
 * The store answered, and refused the write: out of memory, read-only or not permitted.
 *
 * @since 0.1
 */
public final class CacheRefusedException extends CacheException {

    private static final long serialVersionUID = 1L;

    CacheRefusedException(String message, @Nullable Throwable cause) {
        super(ErrorCause.REFUSED, message, cause);
    }
}
