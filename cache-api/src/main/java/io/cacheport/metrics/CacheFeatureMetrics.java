package io.cacheport.metrics;

import io.cacheport.behind.BufferedCounters;
import io.cacheport.behind.BufferedValues;
import io.cacheport.events.Invalidations;
import io.cacheport.limit.RateLimit;
import io.cacheport.lock.Locks;
import io.cacheport.warm.Warming;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;

/**
 * Meters of what is built on a cache: locks, events, write-behind, warming and limits. Beside {@link CacheServiceMetrics},
 * which has those of the cache itself.
 *
 * <table>
 * <caption>Meters; all have the tag {@code cache} with the name given, and no other than those named</caption>
 * <tr><th>of</th><th>meters</th></tr>
 * <tr><td>{@link Locks}</td><td>{@code cache.locks.active}, {@code cache.locks.attempts} by {@code result}, {@code
 *     cache.locks.ended} by {@code how}, {@code cache.locks.renewals}, {@code cache.lock.wait} (timer with a histogram)</td></tr>
 * <tr><td>{@link Invalidations}</td><td>{@code cache.events.published} by {@code result}, {@code cache.events.pending},
 *     {@code .delivered}, {@code .failed}, {@code .unknown}, {@code .gaps}</td></tr>
 * <tr><td>write-behind</td><td>{@code cache.behind.changes} by {@code result}, {@code cache.behind.waiting}, {@code .batches},
 *     {@code .written}, {@code .failures}, {@code .dead.letters}</td></tr>
 * <tr><td>{@link Warming}</td><td>{@code cache.warm.keys} by {@code outcome}, {@code cache.warm.runs} by {@code state} (timer),
 *     {@code cache.warm.last.duration} and {@code cache.warm.last.age} (seconds)</td></tr>
 * <tr><td>{@link RateLimit}</td><td>{@code cache.limit.decisions} by {@code result}</td></tr>
 * </table>
 *
 * <p>No name of a lock, key or event is ever a tag, so the number of meters does not grow with them. What is monitored is held
 * weakly by the registry, and its counters are those that it has anyway. Give each its own name; of two with the same name in
 * one registry the first counts.
 *
 * @since 0.1
 */
@SuppressWarnings("exports") // whoever uses this class has Micrometer; whoever does not need not
public final class CacheFeatureMetrics {

    private CacheFeatureMetrics() {}

    private static <T> Meters<T> meters(MeterRegistry registry, T observed, String name) {
        if (registry == null || observed == null) {
            throw new IllegalArgumentException((registry == null ? "registry" : "what to monitor") + " is null");
        }
        return new Meters<>(registry, observed, tags(name));
    }

    static Tags tags(String name) {
        if (name == null || name.isBlank()) {
            throw new IllegalArgumentException("name " + name + " is blank: it is the tag \"cache\"");
        }
        return Tags.of("cache", name);
    }

    /** Registers the meters of locks, and returns them. */
    public static Locks monitor(MeterRegistry registry, Locks locks, String name) {
        LockMeters.bindTo(meters(registry, locks, name), locks);
        return locks;
    }

    /** Registers the meters of a channel of events, and returns it. */
    public static Invalidations monitor(MeterRegistry registry, Invalidations events, String name) {
        EventMeters.bindTo(meters(registry, events, name));
        return events;
    }

    /**
     * Registers the meters of counters that are written later, and returns them. For {@code cache.behind.waiting} the store is
     * asked, in one round trip, at most once a second.
     */
    public static BufferedCounters monitor(MeterRegistry registry, BufferedCounters counters, String name) {
        BehindMeters.bindTo(meters(registry, counters, name), BufferedCounters::stats, BufferedCounters::waiting);
        return counters;
    }

    /** The same of values. */
    public static <T> BufferedValues<T> monitor(MeterRegistry registry, BufferedValues<T> values, String name) {
        BehindMeters.bindTo(meters(registry, values, name), BufferedValues::stats, BufferedValues::waiting);
        return values;
    }

    /**
     * Registers the meters of a warming, and returns one that feeds them: use that one, on a schedule, by hand or in {@link
     * io.cacheport.warm.PopularWarming.Builder#warming}. A run counts when it ends.
     */
    public static <K, V> Warming<K, V> monitor(MeterRegistry registry, Warming<K, V> warming, String name) {
        return warming.onEnd(new WarmMeters(registry, name));
    }

    /** Registers the meters of a limit, and returns it. */
    public static RateLimit monitor(MeterRegistry registry, RateLimit limit, String name) {
        LimitMeters.bindTo(meters(registry, limit, name));
        return limit;
    }
}
