package io.cacheport.spi;

import io.cacheport.CacheStats;
import java.util.concurrent.atomic.LongAdder;

/**
 * The counters behind {@link io.cacheport.CacheServicePort#getStats} (P19, P20). Thread-safe and made for many writers;
 * a snapshot derives the total from the very hits and misses it shows, so they always add up.
 *
 * @since 0.1
 */
public final class StatsCounter {

    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private final LongAdder sets = new LongAdder();
    private final LongAdder deletes = new LongAdder();
    private final LongAdder errors = new LongAdder();

    /** All at zero. */
    public StatsCounter() {}

    /** Counts one key found. */
    public void hit() {
        hits.increment();
    }

    /** Counts one key not found. */
    public void miss() {
        misses.increment();
    }

    /** Counts keys not found. */
    public void misses(long count) {
        misses.add(count);
    }

    /** Counts values stored. */
    public void sets(long count) {
        sets.add(count);
    }

    /** Counts entries removed. */
    public void deletes(long count) {
        deletes.add(count);
    }

    /** Counts one operation gone wrong. */
    public void error() {
        errors.increment();
    }

    /** The counters now, with the number of entries given. */
    public CacheStats snapshot(long keys) {
        return new CacheStats(hits.sum(), misses.sum(), sets.sum(), deletes.sum(), errors.sum(), keys);
    }
}
