package io.cacheport.behind;

/**
 * Where batches go: a database, as a rule.
 *
 * @param <T> {@code Long} for counters
 * @since 0.1
 */
@FunctionalInterface
public interface BatchTarget<T> {

    /**
     * Writes all of it or nothing. By one process at a time, as far as locks go, and for what could not wait by any; on a
     * thread that may block.
     *
     * @throws UnwritableChangeException if a change in it can never be written, however often it is tried
     * @throws Exception if it cannot be written now: it will be tried again
     */
    void write(Batch<T> batch) throws Exception;
}
