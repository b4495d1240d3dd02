package io.cacheport.metrics;

import io.cacheport.CacheServicePort;
import io.cacheport.CacheStats;
import io.cacheport.guard.GuardedCache;
import io.cacheport.spi.CacheTelemetry;
import io.cacheport.tiered.TieredCache;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.cache.CacheMeterBinder;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

/**
 * A cache as meters and spans. {@link #monitor} registers Micrometer's standard cache meters and what there is beside them,
 * {@link #observe} a span for each load and each call to the store. All meters carry the tag {@code cache} with the name
 * given; no key and no tenant is ever a tag, so their number does not depend on what is cached.
 *
 * <table>
 *   <caption>Meters</caption>
 *   <tr><th>of</th><th>meters</th></tr>
 *   <tr><td>every cache</td><td>{@code cache.gets} by {@code result}, {@code cache.puts}, {@code cache.size}, {@code
 *       cache.removals}; {@code cache.evictions} where this process evicts</td></tr>
 *   <tr><td>every cache that keeps count, which all of CachePort's do</td><td>{@code cache.load} by {@code result}, {@code
 *       cache.load.timeouts}, {@code cache.coalesced}, {@code cache.stale.hits}, {@code cache.negative.hits}, {@code
 *       cache.fills.refused}, {@code cache.refreshes}, {@code cache.errors} by {@code cause}, {@code cache.bytes} by {@code
 *       direction}, {@code cache.memory.bytes} where it is known; the timers {@code cache.load.duration}, {@code
 *       cache.flight.wait} and {@code cache.lease.wait}</td></tr>
 *   <tr><td>{@link GuardedCache}: Redis</td><td>{@code cache.far.duration} by {@code operation}, a timer; {@code
 *       cache.circuit.open}, {@code .state} by {@code state}, {@code .transitions} by {@code to}, {@code .openings}, {@code
 *       .rejections}; {@code cache.invalidations.pending}, {@code .replayed}, {@code .overflows}, {@code .lost}</td></tr>
 *   <tr><td>{@link TieredCache}</td><td>those of its store, and {@code cache.near.gets} by {@code result}, {@code .copies},
 *       {@code .drops}, {@code .evictions}, {@code .size}, {@code .staleness}, {@code .staleness.bound}, {@code .nodes}, {@code
 *       .losses}, {@code .coherence}</td></tr>
 * </table>
 *
 * <p>Timers have percentile histograms, for p95 and p99 over all processes; a {@code MeterFilter} switches them off or adds
 * percentiles of this process. {@code cache.far.duration} is of single waits for the store: the walk of a {@code flush} is not in
 * it. A hit in memory is counted and not timed: a timer takes longer than it does. Counters are
 * read at the scrape, which asks the cache once, one round trip for its size.
 *
 * @since 0.1
 */
@SuppressWarnings("exports") // whoever uses this class has Micrometer; whoever does not need not
public final class CacheServiceMetrics extends CacheMeterBinder<CacheServicePort> {

    private final Tags tags;
    private final Remembered<CacheStats> stats = new Remembered<>();

    private CacheServiceMetrics(CacheServicePort cache, String name) {
        super(cache, name, Tags.empty());
        this.tags = Tags.of("cache", name);
    }

    /**
     * Registers the meters of {@code cache}, which the registry holds weakly, and returns the cache.
     *
     * @param name what tells its meters from another cache's: a name of your code's, never a tenant's or a user's
     */
    public static <C extends CacheServicePort> C monitor(MeterRegistry registry, C cache, String name) {
        new CacheServiceMetrics(cache, requireName(name)).bindTo(registry);
        return cache;
    }

    /**
     * Makes a span {@code cacheport.load} for each call of a loader, within which is what the loader does, and {@code
     * cacheport.far} for each call to the store, of one command or of several sent together; with the low-cardinality values
     * {@code cache}, {@code operation} (read, write, removal, lease) and {@code outcome}. Loads in the background are within
     * the span of the caller who started them. Returns the cache.
     *
     * @param name see {@link #monitor}
     * @throws IllegalArgumentException if the cache keeps no count of what it does: not one of CachePort's, or a decorator
     *     that hides it
     */
    public static <C extends CacheServicePort> C observe(ObservationRegistry registry, C cache, String name) {
        CacheTelemetry telemetry = CacheTelemetry.of(cache);
        if (telemetry == null) {
            throw new IllegalArgumentException(
                    cache + " tells nobody what it does: implement io.cacheport.spi.ObservedCache in it");
        }
        telemetry.observe(new Spans(registry, requireName(name)));
        return cache;
    }

    private static String requireName(String name) {
        if (name == null || name.isBlank()) {
            throw new IllegalArgumentException(
                    "name " + name + " is blank: it tells one cache's meters from another's");
        }
        return name;
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

    /** Null for a store that evicts by itself: a zero would be believed. */
    @Override
    protected @Nullable Long evictionCount() {
        return guarded() == null ? stats().evictions() : null;
    }

    @Override
    protected long putCount() {
        return stats().sets();
    }

    private @Nullable GuardedCache guarded() {
        CacheServicePort cache = getCache();
        if (cache == null) {
            return null;
        }
        return TieredCache.storeOf(cache) instanceof GuardedCache guarded ? guarded : null;
    }

    @Override
    protected void bindImplementationSpecificMetrics(MeterRegistry registry) {
        CacheServicePort cache = getCache();
        if (cache == null) {
            return;
        }
        Meters<CacheServicePort> meters = new Meters<>(registry, cache, tags);
        meters.counter("cache.removals", "entries removed by del, flush and clear", c -> stats().deletes());
        GuardedCache guarded = guarded();
        CacheTelemetry telemetry = CacheTelemetry.of(cache);
        if (telemetry == null) {
            meters.counter(
                    "cache.errors",
                    "cache operations that went wrong",
                    Tags.of("cause", "unknown"),
                    c -> stats().errors());
        } else {
            LoadMeters.bind(registry, telemetry, tags);
            telemetry.observe(new Timers(registry, tags, guarded != null));
        }
        if (cache instanceof TieredCache tiered) {
            NearMeters.bind(registry, tiered, tags);
        }
        if (guarded != null) {
            GuardMeters.bind(registry, guarded, tags);
        }
    }

    private CacheStats stats() {
        return stats.get(() -> {
            CacheServicePort cache = getCache();
            return cache == null ? new CacheStats(0, 0, 0, 0, 0, 0) : cache.getStats();
        });
    }
}
