package io.cacheport;

import org.jspecify.annotations.Nullable;

/**
 * What {@link CacheServicePort#strict()} throws when the cache is ill. The plain methods never throw it. Messages name
 * the operation and the cause, never a value, a key or a credential.
 *
 * @since 0.1
 */
public abstract sealed class CacheException extends RuntimeException
        permits CacheUnavailableException, CacheTimeoutException, CacheRefusedException, CacheDataException {

    private static final long serialVersionUID = 1L;

    private final ErrorCause errorCause;

    CacheException(ErrorCause errorCause, String message, @Nullable Throwable cause) {
        super(message, cause);
        this.errorCause = errorCause;
    }

    /** Why, as one of a closed set. */
    public ErrorCause errorCause() {
        return errorCause;
    }

    /** The exception for a cause; the one place where causes become types. */
    public static CacheException of(ErrorCause errorCause, String message, @Nullable Throwable cause) {
        return switch (errorCause) {
            case TIMEOUT -> new CacheTimeoutException(message, cause);
            case REFUSED -> new CacheRefusedException(message, cause);
            case UNREADABLE, WRONG_TYPE, WRONG_KEY, TOO_LARGE, UNENCODABLE ->
                new CacheDataException(errorCause, message, cause);
            case UNAVAILABLE, CREDENTIALS, INTERRUPTED, CLOSED, OTHER ->
                new CacheUnavailableException(errorCause, message, cause);
        };
    }
}
