package io.cacheport.spi;

import io.cacheport.CacheException;
import io.cacheport.ErrorCause;
import org.jspecify.annotations.Nullable;

/**
 * What an adapter does when an operation fails, in one place: count it, then log it (P22) or, in a strict view, throw it
 * (P23). Immutable but for the counters it feeds.
 *
 * @since 0.1
 */
public final class FailureHandler {

    private final StatsCounter stats;
    private final FailureLog log;
    private final boolean strict;

    /** Counts, and logs rather than throws. */
    public FailureHandler(StatsCounter stats, FailureLog log) {
        this(stats, log, false);
    }

    private FailureHandler(StatsCounter stats, FailureLog log, boolean strict) {
        this.stats = stats;
        this.log = log;
        this.strict = strict;
    }

    /** Counts in the same place, and throws. */
    public FailureHandler strict() {
        return new FailureHandler(stats, log, true);
    }

    /** Whether it throws. */
    public boolean isStrict() {
        return strict;
    }

    /**
     * Counts and logs a failed operation of which the caller is to know, in the plain view too.
     *
     * @return what to throw
     */
    public CacheException toThrow(String operation, ErrorCause cause, @Nullable Throwable failure) {
        stats.error(cause);
        logged(operation, cause, failure);
        return exception(operation, cause, failure);
    }

    /** Logs what has been counted already, unless this is a strict view. */
    public void logged(String operation, ErrorCause cause, @Nullable Throwable failure) {
        if (!strict) {
            log.failed(operation, cause, failure);
        }
    }

    private static CacheException exception(String operation, ErrorCause cause, @Nullable Throwable failure) {
        return CacheException.of(cause, "cache " + operation + " failed: " + cause.tag(), failure);
    }

    /**
     * Handles a failed operation; a plain caller goes on to answer a miss.
     *
     * @throws CacheException in a strict view
     */
    public void failed(String operation, ErrorCause cause, @Nullable Throwable failure) {
        stats.error(cause);
        if (strict) {
            throw exception(operation, cause, failure);
        }
        log.failed(operation, cause, failure);
    }
}
