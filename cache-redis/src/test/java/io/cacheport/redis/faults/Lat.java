package io.cacheport.redis.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cacheport.guard.CircuitState;
import io.cacheport.redis.RedisCacheAdapter;
import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;

/**
 * What a fault may cost a caller, whichever it is: LAT, REC, FB and WRONG in the list of faults. The loaders take no
 * time, so what a call takes is what the cache adds.
 */
final class Lat {

    /** 99.9 percent of the calls, from the fault until the circuit is open. */
    static final Duration CLOSED = Profile.T.plusMillis(50);

    /** 99 percent of the calls once it is. */
    static final Duration OPEN = Duration.ofMillis(2);

    /** Any call at any time. */
    static final Duration MAX = Profile.T.multipliedBy(2).plusMillis(100);

    /** From the moment the server or the way to it is back until a call hits. */
    static final Duration REC = Duration.ofSeconds(3);

    /** From the fault to an open circuit; not in the list of faults, which bounds only what a call takes. */
    static final Duration SOON = Duration.ofSeconds(1);

    /** From the moment nothing is answered to the end of the connection. */
    static final Duration HEARTBEAT = Duration.ofSeconds(4);

    private static final int PER_SECOND = 1_000;

    /** So many that a thread whose call waits for a timeout is back before its next one is due. */
    private static final int THREADS = 128;

    private static final Duration GIVE_UP = Duration.ofSeconds(20);

    private Lat() {}

    /** Open loop, so that no call is left out because an earlier one took its time. */
    static Load start(RedisCacheAdapter cache) {
        return new Load(Load.through(cache))
                .threads(THREADS)
                .keys(200)
                .perSecond(PER_SECOND)
                .start();
    }

    /** The same, when it has run for so long and nothing is wrong. */
    static Load startWarm(RedisCacheAdapter cache, Duration time) {
        Load load = start(cache);
        pass(load, time);
        await().atMost(GIVE_UP)
                .until(() ->
                        cache.guard().circuits().values().stream().allMatch(state -> state == CircuitState.CLOSED));
        return load;
    }

    /** Brings a fault about and lets the load run on until the circuit has opened, and a little longer. */
    static Fault begin(RedisCacheAdapter cache, Load load, Runnable fault) {
        AtomicLong opened = new AtomicLong();
        cache.guard().onTransition(change -> {
            if (change.to() == CircuitState.OPEN) {
                opened.compareAndSet(0, load.now());
            }
        });
        LogWatch.forgetWarnings();
        long began = load.now();
        fault.run();
        await().atMost(GIVE_UP).pollInterval(Duration.ofMillis(5)).until(() -> opened.get() > 0);
        pass(load, MAX);
        return new Fault(load, began, opened.get());
    }

    /** The moments of {@link Load#now} when a fault was brought about and when the circuit opened. */
    record Fault(Load load, long began, long opened) {

        /** The calls until that moment, those included that had to find out for themselves. */
        void check(Row row, String what, LoadResult all, long until) {
            cheap(row, what, all.between(began, until));
            row.figure("circuit open after " + ms(Duration.ofNanos(opened - began)), ms(SOON));
            assertThat(Duration.ofNanos(opened - began)).isLessThanOrEqualTo(SOON);
        }

        /** The connection over which nothing comes is closed. */
        void awaitHeartbeat(Row row, String what) {
            await().atMost(GIVE_UP)
                    .pollInterval(Duration.ofMillis(5))
                    .until(() -> LogWatch.warnings().stream()
                            .anyMatch(warning -> warning.contains("connection to Redis is lost")));
            Duration found = Duration.ofNanos(load.now() - began);
            row.figure(what + ", connection closed by heartbeat or probe after " + seconds(found), seconds(HEARTBEAT));
            assertThat(found).isLessThanOrEqualTo(HEARTBEAT);
        }
    }

    /** What the load of {@link #start} is, for a figure. */
    static String load() {
        return String.format(Locale.ROOT, "%,d calls/s by %d threads", PER_SECOND, THREADS);
    }

    /** Lets the load run on for so long. */
    static void pass(Load load, Duration time) {
        long end = load.now() + time.toNanos();
        await().atMost(GIVE_UP).pollInterval(Duration.ofMillis(5)).until(() -> load.now() >= end);
    }

    /**
     * Lets the load run on until the cache has hit, and a little longer; from this call to the hit. By the cache's count: a
     * call that shares another's load may well get what was loaded before it began.
     */
    static Duration passUntilHits(Load load, RedisCacheAdapter cache) {
        long start = load.now();
        long before = cache.getStats().hits();
        await().atMost(GIVE_UP)
                .pollInterval(Duration.ofMillis(5))
                .until(() -> cache.getStats().hits() > before);
        Duration recovery = Duration.ofNanos(load.now() - start);
        pass(load, Duration.ofMillis(300));
        return recovery;
    }

    /** FB and WRONG: every call of the run got its own value. */
    static void everyCallServed(LoadResult all) {
        assertThat(all.exceptions()).isEmpty();
        assertThat(all.wrong()).isZero();
        assertThat(all.hung()).isZero();
        assertThat(all.calls()).isNotEmpty();
    }

    /** No call took longer than it may while its circuit is closed. */
    static void cheap(Row row, String what, LoadResult calls) {
        row.figure(what + ", " + text(calls), ms(CLOSED) + " for p99.9, " + ms(MAX) + " at most");
        assertThat(calls.percentile(99.9)).as("%s", calls.latencies()).isLessThanOrEqualTo(CLOSED);
        assertThat(calls.max()).as("%s", calls.latencies()).isLessThanOrEqualTo(MAX);
    }

    /** One thread that asks without pause while the circuit is open. */
    static void open(Row row, String fault, RedisCacheAdapter cache) throws InterruptedException {
        assertThat(cache.guard().circuits().values()).allMatch(state -> state != CircuitState.CLOSED);
        try (Load load = new Load(Load.through(cache)).threads(1).start()) {
            pass(load, Duration.ofMillis(300));
            LoadResult calls = load.stop();
            everyCallServed(calls);
            row.figure(
                    fault + ", circuit open, " + text(calls)
                            + String.format(
                                    Locale.ROOT, ", %,d calls", calls.calls().size()),
                    ms(OPEN) + " for p99, " + ms(MAX) + " at most");
            assertThat(calls.percentile(99)).as("%s", calls.latencies()).isLessThanOrEqualTo(OPEN);
            assertThat(calls.max()).as("%s", calls.latencies()).isLessThanOrEqualTo(MAX);
        }
    }

    /** REC. */
    static void recovered(Row row, String what, Duration recovery) {
        row.figure(what + ", first hit after " + seconds(recovery), seconds(REC));
        assertThat(recovery).isLessThanOrEqualTo(REC);
    }

    /** How many connections of adapters the server has. */
    static long connections(RedisServer server) {
        try (RespClient client = server.client()) {
            return String.valueOf(client.call("CLIENT", "LIST"))
                    .lines()
                    .filter(line -> line.contains("name=cacheport"))
                    .count();
        }
    }

    static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1e3);
    }

    private static String text(LoadResult calls) {
        return String.format(
                Locale.ROOT,
                "p99 %.1f ms, max %.1f ms (p50 %.2f, p99.9 %.1f)",
                calls.percentile(99).toNanos() / 1e6,
                calls.max().toNanos() / 1e6,
                calls.percentile(50).toNanos() / 1e6,
                calls.percentile(99.9).toNanos() / 1e6);
    }

    private static String ms(Duration time) {
        return time.toMillis() + " ms";
    }
}
