package io.cacheport.metrics;

import io.cacheport.CacheServicePort;
import io.cacheport.CacheStats;
import io.cacheport.guard.CircuitState;
import io.cacheport.guard.Guard;
import io.cacheport.guard.GuardStats;
import io.cacheport.guard.GuardedCache;
import io.cacheport.tiered.TieredCache;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.cache.CacheMeterBinder;
import java.util.concurrent.TimeUnit;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A cache's statistics as Micrometer's standard cache meters: {@code cache.gets} by result, {@code cache.puts}, {@code
 * cache.size}, and beside them {@code cache.removals} and {@code cache.errors}; for a {@link GuardedCache} also {@code
 * cache.circuit.open}, {@code .openings} and {@code .rejections}, and {@code cache.invalidations.pending}, {@code
 * .replayed}, {@code .overflows} and {@code .lost}; for a {@link TieredCache} also those of the near tier, {@code
 * cache.near.gets} by result, {@code .copies}, {@code .drops}, {@code .size}, {@code .staleness}, {@code .nodes}, {@code .losses} and
 * {@code .coherence}. All carry the tag {@code cache} with the name given; no key is ever a
 * tag. One scrape asks the cache once.
 *
 * @since 0.1
 */
@SuppressWarnings("exports") // whoever uses this class has Micrometer; whoever does not need not
public final class CacheServiceMetrics extends CacheMeterBinder<CacheServicePort> {

    private static final long SNAPSHOT_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final Tags tags;
    private volatile @Nullable Snapshot snapshot;

    private record Snapshot(CacheStats stats, long takenAt) {}

    private CacheServiceMetrics(CacheServicePort cache, String name) {
        super(cache, name, Tags.empty());
        this.tags = Tags.of(Tag.of("cache", name));
    }

    /** Registers the meters of {@code cache}, which the registry holds weakly, and returns the cache. */
    public static <C extends CacheServicePort> C monitor(MeterRegistry registry, C cache, String name) {
        new CacheServiceMetrics(cache, name).bindTo(registry);
        return cache;
    }

    @Override
    protected @Nullable Long size() {
        return stats().keys();
    }

    @Override
    protected long hitCount() {
        return stats().hits();
    }

    @Override
    protected @Nullable Long missCount() {
        return stats().misses();
    }

    @Override
    protected @Nullable Long evictionCount() {
        return null;
    }

    @Override
    protected long putCount() {
        return stats().sets();
    }

    @Override
    protected void bindImplementationSpecificMetrics(MeterRegistry registry) {
        CacheServicePort cache = getCache();
        if (cache == null) {
            return;
        }
        FunctionCounter.builder("cache.removals", cache, c -> stats().deletes())
                .tags(tags)
                .description("entries removed by del, flush and clear")
                .register(registry);
        FunctionCounter.builder("cache.errors", cache, c -> stats().errors())
                .tags(tags)
                .description("cache operations that went wrong")
                .register(registry);
        if (cache instanceof TieredCache tiered) {
            new NearMeters(tiered, tags).bindTo(registry);
        }
        CacheServicePort store = cache instanceof TieredCache tiered ? tiered.far() : cache;
        if (store instanceof GuardedCache guarded) {
            bindGuard(registry, guarded);
        }
    }

    private void bindGuard(MeterRegistry registry, GuardedCache cache) {
        gauge(
                registry,
                cache,
                "cache.circuit.open",
                "nodes that are not asked now",
                guard -> guard.circuits().values().stream()
                        .filter(state -> state != CircuitState.CLOSED && state != CircuitState.FORCED_CLOSED)
                        .count());
        counter(registry, cache, "cache.circuit.openings", "times a circuit opened", GuardStats::opened);
        counter(registry, cache, "cache.circuit.rejections", "calls answered without asking", GuardStats::rejected);
        gauge(
                registry,
                cache,
                "cache.invalidations.pending",
                "invalidations kept for later",
                guard -> guard.stats().pending());
        counter(registry, cache, "cache.invalidations.replayed", "invalidations made later", GuardStats::replayed);
        counter(registry, cache, "cache.invalidations.overflows", "times the journal was full", GuardStats::overflows);
        counter(registry, cache, "cache.invalidations.lost", "invalidations given up", GuardStats::lost);
    }

    private void gauge(
            MeterRegistry registry, GuardedCache cache, String name, String what, ToLongFunction<Guard> value) {
        Gauge.builder(name, cache, c -> value.applyAsLong(c.guard()))
                .tags(tags)
                .description(what)
                .register(registry);
    }

    private void counter(
            MeterRegistry registry, GuardedCache cache, String name, String what, ToLongFunction<GuardStats> value) {
        FunctionCounter.builder(name, cache, c -> value.applyAsLong(c.guard().stats()))
                .tags(tags)
                .description(what)
                .register(registry);
    }

    /** A scrape reads every meter within moments; without this each would cost a round trip. */
    private CacheStats stats() {
        Snapshot last = snapshot;
        long now = System.nanoTime();
        if (last != null && now - last.takenAt < SNAPSHOT_NANOS) {
            return last.stats;
        }
        CacheServicePort cache = getCache();
        CacheStats stats = cache == null ? new CacheStats(0, 0, 0, 0, 0, 0) : cache.getStats();
        snapshot = new Snapshot(stats, now);
        return stats;
    }
}
