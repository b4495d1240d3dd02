package io.cacheport.metrics;

import io.cacheport.lock.LockStats;
import io.cacheport.lock.Locks;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.util.function.ToLongFunction;

/** The meters of locks. */
final class LockMeters {

    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofMinutes(1);

    private LockMeters() {}

    static void bindTo(Meters<Locks> meters, Locks locks) {
        meters.gauge("cache.locks.active", "locks held now", all -> all.stats().active());
        attempts(meters, "acquired", LockStats::acquired);
        attempts(meters, "busy", LockStats::busy);
        attempts(meters, "unavailable", LockStats::unavailable);
        attempts(meters, "interrupted", LockStats::interrupted);
        ended(meters, "released", LockStats::released);
        ended(meters, "lost", LockStats::lost);
        meters.counter(
                "cache.locks.renewals",
                "renewals and extensions",
                all -> all.stats().renewals());
        Timer wait = meters.timer(
                "cache.lock.wait",
                "from the first try for a lock to the end of the attempt, however it ended",
                Tags.empty(),
                SHORTEST,
                LONGEST);
        locks.observe((outcome, waited) -> wait.record(waited));
    }

    private static void attempts(Meters<Locks> meters, String result, ToLongFunction<LockStats> value) {
        meters.counter(
                "cache.locks.attempts",
                "attempts to get a lock, by how they ended",
                Tags.of("result", result),
                all -> value.applyAsLong(all.stats()));
    }

    private static void ended(Meters<Locks> meters, String how, ToLongFunction<LockStats> value) {
        meters.counter(
                "cache.locks.ended",
                "locks that are held no more",
                Tags.of("how", how),
                all -> value.applyAsLong(all.stats()));
    }
}
