package io.cacheport.admin;

import io.cacheport.CacheServicePort;
import io.cacheport.CacheStats;
import io.cacheport.aside.CacheAside;
import io.cacheport.guard.CircuitState;
import io.cacheport.guard.Guard;
import io.cacheport.guard.GuardedCache;
import io.cacheport.health.CacheHealth;
import io.cacheport.health.HealthCheck;
import io.cacheport.spi.KeySizes;
import io.cacheport.tiered.TieredCache;
import io.cacheport.warm.WarmReport;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What an operator may ask of a cache and do to it, to be put behind an endpoint or a console that knows who may.
 *
 * <pre>{@code
 * CacheAdmin admin = CacheAdmin.of(cache)
 *         .warming("popular events", hot::warm)
 *         .topKeys(20)
 *         .build();
 * admin.clear("user:*");
 * admin.warm("popular events");
 * }</pre>
 *
 * <p>Each call that removes something or steers the circuits leaves one line at INFO, with how many entries were removed and
 * neither keys, globs nor tags, which may name people. Who called is for the caller to log.
 *
 * <p>An ill cache throws nothing here: what cannot be removed now counts as nothing removed, and is removed later where the
 * cache keeps such removals (G4 in {@link io.cacheport.guard}). Thread-safe.
 *
 * @since 0.1
 */
public final class CacheAdmin implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(CacheAdmin.class);

    private final CacheServicePort cache;
    private final HealthCheck check;
    private final Map<String, NamedWarming> warmings = new LinkedHashMap<>();
    private final @Nullable TopKeys topKeys;

    private CacheAdmin(Builder settings) {
        this.cache = settings.cache;
        this.check = settings.check;
        settings.tasks.forEach((name, task) -> warmings.put(name, new NamedWarming(name, task)));
        this.topKeys = settings.top == 0 ? null : new TopKeys(cache, settings.top);
    }

    /** Begins the administration of a cache. */
    public static Builder of(CacheServicePort cache) {
        return new Builder(cache, HealthCheck.of(cache), Map.of(), 0);
    }

    /** The cache's counters. One round trip per node. */
    public CacheStats statistics() {
        return cache.getStats();
    }

    /** Whether it is well, and if not why; round trips as for {@link CacheHealth#of}. */
    public CacheHealth health() {
        return check.now();
    }

    /** Removes every entry; how many there were. Walks all keys, see {@link CacheServicePort#clear}. */
    public long clear() {
        long removed = cache.clear();
        log.atInfo().addKeyValue("removed", removed).log("the cache was cleared by its administration");
        return removed;
    }

    /**
     * Removes the entries that a glob names, such as {@code user:*}; how many there were. Walks all keys, see {@link
     * CacheServicePort#flush}.
     *
     * @throws IllegalArgumentException if it is no glob
     */
    public long clear(String glob) {
        long removed = cache.flush(glob);
        log.atInfo().addKeyValue("removed", removed).log("a part of the cache was cleared by its administration");
        return removed;
    }

    /**
     * Invalidates every value that has the tag, as {@link CacheAside#invalidateTag}: they are read no more, and how many they
     * were nobody knows. Two round trips.
     *
     * @throws IllegalArgumentException if it is no tag
     */
    public void invalidateTag(String tag) {
        CacheAside.invalidateTag(cache, tag);
        log.atInfo().log("a tag was invalidated by the cache's administration");
    }

    /**
     * Starts a warming, on a daemon thread of its own.
     *
     * @return false if that one runs already; it is not started a second time
     * @throws IllegalArgumentException if there is none of that name
     * @throws IllegalStateException if closed
     */
    public boolean warm(String name) {
        NamedWarming warming = warmings.get(name);
        if (warming == null) {
            throw new IllegalArgumentException("no warming is called \"" + name + "\"; there are " + warmings.keySet());
        }
        boolean started = warming.start();
        if (started) {
            log.atInfo().addKeyValue("warming", name).log("a warming was started by the cache's administration");
        }
        return started;
    }

    /** How each warming stands, by its name. No I/O; the map is the caller's. */
    public Map<String, WarmStatus> warmings() {
        Map<String, WarmStatus> all = new LinkedHashMap<>();
        warmings.forEach((name, warming) -> all.put(name, warming.status()));
        return all;
    }

    /** The state of each node's circuit, by {@code host:port}; empty for a cache without circuits. No I/O. */
    public Map<String, CircuitState> circuits() {
        Guard guard = guard();
        return guard == null ? Map.of() : guard.circuits();
    }

    /**
     * Opens every circuit until {@link #releaseCircuit}: the cache answers as if its store were away.
     *
     * @throws IllegalStateException if the cache has no circuits
     */
    public void openCircuit() {
        circuit().forceOpen();
        log.atInfo().log("all circuits were opened by the cache's administration");
    }

    /**
     * Closes every circuit until {@link #releaseCircuit}, whatever happens to calls.
     *
     * @throws IllegalStateException if the cache has no circuits
     */
    public void closeCircuit() {
        circuit().forceClosed();
        log.atInfo().log("all circuits were closed by the cache's administration");
    }

    /**
     * Leaves the circuits to themselves again.
     *
     * @throws IllegalStateException if the cache has no circuits
     */
    public void releaseCircuit() {
        circuit().release();
        log.atInfo().log("all circuits were released by the cache's administration");
    }

    private Guard circuit() {
        Guard guard = guard();
        if (guard == null) {
            throw new IllegalStateException(cache + " has no circuits to steer");
        }
        return guard;
    }

    /** Not that behind a part of a cache, which others share. */
    private @Nullable Guard guard() {
        CacheServicePort store = TieredCache.storeOf(cache);
        return store instanceof GuardedCache guarded ? guarded.guard() : null;
    }

    /**
     * The keys that the engine is asked for most, the most asked first: through {@link CacheAside} and {@link
     * io.cacheport.aside.Cache}, found near, far or loaded. Reads of the plain port are not among them. No I/O.
     *
     * @param most 0 or more; there are no more than {@link Builder#topKeys} watches
     * @throws IllegalStateException if top keys are off, which they are unless asked for
     */
    public List<KeyRequests> topKeysByTraffic(int most) {
        return watched(most).byTraffic(most);
    }

    /**
     * The keys of the largest values of those that this process has stored or read since this was made, the largest first.
     * Sizes are known where values are bytes: on Redis, and in memory when it copies; elsewhere, and behind views, there are none.
     * One round trip for each key; where the store does not answer, what was last known.
     *
     * @param most 0 or more; there are no more than {@link Builder#topKeys} watches
     * @throws IllegalStateException if top keys are off, which they are unless asked for
     */
    public List<KeyBytes> topKeysBySize(int most) {
        return watched(most).bySize(most);
    }

    private TopKeys watched(int most) {
        if (most < 0) {
            throw new IllegalArgumentException("most " + most + " is negative");
        }
        if (topKeys == null) {
            throw new IllegalStateException("top keys are off: call topKeys when the administration is made");
        }
        return topKeys;
    }

    /** Interrupts what is being warmed, and watches keys no more. Leaves the cache open. May be called twice. */
    @Override
    public void close() {
        warmings.values().forEach(NamedWarming::close);
        if (topKeys != null) {
            topKeys.close();
        }
    }

    @Override
    public String toString() {
        return "CacheAdmin[" + cache + "]";
    }

    /** Collects what there is to administer. Immutable; each method gives a changed copy. */
    public static final class Builder {

        private final CacheServicePort cache;
        private final HealthCheck check;
        private final Map<String, WarmTask> tasks;
        private final int top;

        private Builder(CacheServicePort cache, HealthCheck check, Map<String, WarmTask> tasks, int top) {
            this.cache = cache;
            this.check = check;
            this.tasks = tasks;
            this.top = top;
        }

        /** With a warming that may be started by this name: {@code warming("popular events", hot::warm)}. */
        public Builder warming(String name, Supplier<WarmReport> warming) {
            if (warming == null) {
                throw new IllegalArgumentException("warming is null");
            }
            return warming(name, progress -> warming.get());
        }

        /** The same with one that tells how far it has come. */
        public Builder warming(String name, WarmTask warming) {
            if (name == null || name.isBlank() || warming == null) {
                throw new IllegalArgumentException(
                        warming == null ? "warming is null" : "the name of a warming is " + name + ", not blank");
            }
            Map<String, WarmTask> more = new LinkedHashMap<>(tasks);
            if (more.put(name, warming) != null) {
                throw new IllegalArgumentException("two warmings are called \"" + name + "\"");
            }
            return new Builder(cache, check, more, top);
        }

        /** With a floor under the hit rate, as {@link HealthCheck#hitRateFloor}. */
        public Builder hitRateFloor(double rate, long requests) {
            return new Builder(cache, check.hitRateFloor(rate, requests), tasks, top);
        }

        /**
         * With the keys that are asked for most and those of the largest values: sampled from now on, in bounded memory. Off
         * unless said, since keys may name people and whoever reads this object then sees them. One administration of a cache
         * at a time may watch sizes: the last that was made does.
         *
         * @param most how many of each, 1 to {@value KeySizes#MAX_TOP}
         */
        public Builder topKeys(int most) {
            if (most < 1 || most > KeySizes.MAX_TOP) {
                throw new IllegalArgumentException("topKeys " + most + " is not from 1 to " + KeySizes.MAX_TOP);
            }
            return new Builder(cache, check, tasks, most);
        }

        /** The administration. No I/O. */
        public CacheAdmin build() {
            return new CacheAdmin(this);
        }
    }
}
