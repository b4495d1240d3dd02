package io.cacheport.spi;

import io.cacheport.LoadStats;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;

/**
 * The counters behind {@link LoadStats}, fed by the engine. Nothing of it is on the way of a plain hit. Thread-safe.
 *
 * @since 0.1
 */
public final class LoadCounter {

    private final LongAdder succeeded = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder rejected = new LongAdder();
    private final LongAdder timeouts = new LongAdder();
    private final LongAdder nanos = new LongAdder();
    private final LongAdder coalesced = new LongAdder();
    private final LongAdder waits = new LongAdder();
    private final LongAdder staleHits = new LongAdder();
    private final LongAdder negativeHits = new LongAdder();
    private final LongAdder refusedFills = new LongAdder();
    private final LongAdder refreshes = new LongAdder();

    LoadCounter() {}

    /** Counts a call of a loader. */
    public void loaded(long nanos, boolean successfully) {
        (successfully ? succeeded : failed).increment();
        this.nanos.add(nanos);
    }

    /** Counts a load that was not begun. */
    public void rejected() {
        rejected.increment();
    }

    /** Counts a caller who does not wait any longer. */
    public void timedOut() {
        timeouts.increment();
    }

    /** Counts a caller who shared another's result. */
    public void coalesced() {
        coalesced.increment();
    }

    /** Counts a caller who waited for another process. */
    public void waited() {
        waits.increment();
    }

    /** Counts a caller who was given a stale value. */
    public void staleHit() {
        staleHits.increment();
    }

    /** Counts a caller who was told that there is none. */
    public void negativeHit() {
        negativeHits.increment();
    }

    /** Counts loaded values that were not stored because of a change meanwhile. */
    public void refusedFills(long count) {
        refusedFills.add(count);
    }

    /** Counts values that are loaded anew while they are served. */
    public void refreshes(long count) {
        refreshes.add(count);
    }

    /** The counters now. No I/O. */
    public LoadStats snapshot() {
        return new LoadStats(
                succeeded.sum(),
                failed.sum(),
                rejected.sum(),
                timeouts.sum(),
                Duration.ofNanos(nanos.sum()),
                coalesced.sum(),
                waits.sum(),
                staleHits.sum(),
                negativeHits.sum(),
                refusedFills.sum(),
                refreshes.sum());
    }
}
