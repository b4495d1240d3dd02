package io.cacheport.spi;

import io.cacheport.CacheStats;
import io.cacheport.ErrorCause;
import io.cacheport.spi.RecentRates.Totals;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * The counters behind {@link io.cacheport.CacheServicePort#getStats} (P19, P20), and what they were in the last minutes.
 * Thread-safe and made for many writers; a snapshot derives the total from the very hits and misses it shows, so they
 * always add up.
 *
 * @since 0.1
 */
public final class StatsCounter {

    private final LongAdder hits = new LongAdder();
    private final LongAdder misses = new LongAdder();
    private final LongAdder sets = new LongAdder();
    private final LongAdder deletes = new LongAdder();
    private final LongAdder evictions = new LongAdder();
    private final LongAdder bytesRead = new LongAdder();
    private final LongAdder bytesWritten = new LongAdder();
    private final Map<ErrorCause, LongAdder> errors = new EnumMap<>(ErrorCause.class);
    private final @Nullable RecentRates rates;

    /** All at zero. */
    public StatsCounter() {
        this(new RecentRates(System::nanoTime));
        RecentRates.Looker.SHARED.add(this);
    }

    /** All at zero, and nothing known of the last minutes: no thread looks at it. */
    public static StatsCounter withoutRates() {
        return new StatsCounter(null);
    }

    StatsCounter(@Nullable RecentRates rates) {
        this.rates = rates;
        for (ErrorCause cause : ErrorCause.values()) {
            errors.put(cause, new LongAdder());
        }
    }

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
    public void error(ErrorCause cause) {
        adderOf(cause).increment();
    }

    /** Counts one entry that had to leave a bounded memory. */
    public void evicted() {
        evictions.increment();
    }

    /** Counts what came from the store. */
    public void read(int bytes) {
        bytesRead.add(bytes);
    }

    /** Counts what was sent to the store to be kept. */
    public void written(int bytes) {
        bytesWritten.add(bytes);
    }

    /** Operations gone wrong for this reason. */
    public long errors(ErrorCause cause) {
        return adderOf(cause).sum();
    }

    /** Bytes of values that came from the store, as they were kept there. */
    public long bytesRead() {
        return bytesRead.sum();
    }

    /** Bytes of values that were sent to the store. */
    public long bytesWritten() {
        return bytesWritten.sum();
    }

    private LongAdder adderOf(ErrorCause cause) {
        return Objects.requireNonNull(errors.get(cause));
    }

    /** The counters now, with the number of entries given. */
    public CacheStats snapshot(long keys) {
        Totals now = totals();
        return new CacheStats(
                now.hits(),
                now.misses(),
                now.sets(),
                now.deletes(),
                now.errors(),
                keys,
                evictions.sum(),
                rates == null ? List.of() : rates.windows(now));
    }

    /** Remembers what they are now. */
    void sample() {
        if (rates != null) {
            rates.add(totals());
        }
    }

    private Totals totals() {
        long failed = 0;
        for (LongAdder one : errors.values()) {
            failed += one.sum();
        }
        return new Totals(rates == null ? 0 : rates.now(), hits.sum(), misses.sum(), sets.sum(), deletes.sum(), failed);
    }
}
