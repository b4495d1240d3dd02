package io.cacheport.spi;

import io.cacheport.CacheServicePort;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * What is known of one cache in this process: its adapter's counters, the engine's, and who is told of what takes time.
 * Thread-safe.
 *
 * @since 0.1
 */
public final class CacheTelemetry {

    private final StatsCounter stats;
    private final LoadCounter loads = new LoadCounter();
    private final @Nullable LongSupplier memoryBytes;
    private volatile @Nullable Observers observers;

    /** Of a cache with these counters. */
    public CacheTelemetry(StatsCounter stats) {
        this(stats, null);
    }

    /**
     * Of a cache that knows how much memory of this process its entries take.
     *
     * @param memoryBytes null if it does not
     */
    public CacheTelemetry(StatsCounter stats, @Nullable LongSupplier memoryBytes) {
        this.stats = stats;
        this.memoryBytes = memoryBytes;
    }

    /** That of the cache, if it has one. */
    public static @Nullable CacheTelemetry of(CacheServicePort cache) {
        return cache instanceof ObservedCache observed ? observed.telemetry() : null;
    }

    /** The adapter's counters. */
    public StatsCounter stats() {
        return stats;
    }

    /** The engine's. */
    public LoadCounter loads() {
        return loads;
    }

    /** What the entries take of this process's memory, about; null if that is not known. */
    public @Nullable Long memoryBytes() {
        return memoryBytes == null ? null : memoryBytes.getAsLong();
    }

    /** Tells {@code observer} too, from now on. */
    public synchronized void observe(CacheObserver observer) {
        if (observer == null) {
            throw new IllegalArgumentException("observer is null");
        }
        Observers there = observers;
        List<CacheObserver> all = new ArrayList<>(there == null ? List.of() : there.all());
        all.add(observer);
        observers = new Observers(List.copyOf(all));
    }

    /** Who is told; null for nobody, so that a call of which nobody is told costs no clock. */
    public @Nullable CacheObserver observer() {
        return observers;
    }
}
