package io.cacheport.aside;

import io.cacheport.spi.LoadLimit;
import java.time.Duration;

/**
 * The cache is degraded and as many loads as it allows already run (A10): the source is spared, and the loader was not
 * called. What to do is the caller's choice: an old value, a smaller answer, "try again later".
 *
 * @since 0.1
 */
public final class LoadRejectedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int running;
    private final int limit;
    private final Duration waited;

    LoadRejectedException(LoadLimit limit) {
        this(limit.running(), limit.concurrent(), limit.longestWait());
    }

    private LoadRejectedException(int running, int limit, Duration waited) {
        super("the cache is degraded: " + running + " loads run, the limit is " + limit + ", waited "
                + waited.toMillis() + " ms");
        this.running = running;
        this.limit = limit;
        this.waited = waited;
    }

    /** So many loads that others no longer wait for run that no thread is left for one more. */
    static LoadRejectedException tooManyInBackground() {
        return new LoadRejectedException(SystemTime.MOST_LOADS);
    }

    private LoadRejectedException(int background) {
        super(background + " loads run on threads of their own, which is as many as may: their source is slow");
        this.running = background;
        this.limit = background;
        this.waited = Duration.ZERO;
    }

    /** How many loads ran when this caller was turned away. */
    public int running() {
        return running;
    }

    /** How many may. */
    public int limit() {
        return limit;
    }

    /** How long the caller had waited for its turn. */
    public Duration waited() {
        return waited;
    }
}
