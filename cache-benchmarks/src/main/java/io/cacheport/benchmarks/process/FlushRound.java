package io.cacheport.benchmarks.process;

import io.cacheport.benchmarks.CommandCounts;
import io.cacheport.benchmarks.CommandCounts.Traffic;
import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import java.time.Duration;
import java.util.List;
import java.util.Objects;

/**
 * One flush, and what another client had of it.
 *
 * @param returned when the call came back, in nanoseconds
 * @param gone when nothing could be read any more
 * @param p50 of the other client's GETs meanwhile, in nanoseconds
 * @param longestGet a single one
 * @param longestCommand on the server, in microseconds; 0 if none took {@value #SLOW_MICROS}
 * @param traffic all commands, the other client's too
 */
record FlushRound(long returned, long gone, long p50, long p99, long longestGet, long longestCommand, Traffic traffic) {

    static final int SLOW_MICROS = 1_000;

    private static final Duration PATIENCE = Duration.ofMinutes(1);

    /** So that there are GETs to speak of. */
    private static final Duration SHORTEST = Duration.ofMillis(300);

    static FlushRound of(FlushWay way, RedisServer server, CommandCounts counts) throws Exception {
        try (RespClient redis = server.client();
                Ticker ticker = new Ticker(server)) {
            redis.call("SLOWLOG", "RESET");
            counts.begin();
            long start = System.nanoTime();
            way.run();
            long returned = System.nanoTime() - start;
            long gone = returned;
            Traffic atReturn = counts.traffic();
            while (!way.isGone()) {
                if (gone > PATIENCE.toNanos()) {
                    throw new IllegalStateException(way.name() + " has not removed all of them");
                }
                Thread.sleep(1);
                gone = System.nanoTime() - start;
            }
            Traffic traffic = gone == returned ? atReturn : counts.traffic();
            Thread.sleep(Math.max(0, SHORTEST.toMillis() - gone / 1_000_000));
            Times waits = ticker.waits();
            return new FlushRound(
                    returned,
                    gone,
                    waits.quantile(0.5),
                    waits.quantile(0.99),
                    ticker.longest(),
                    longestCommand(redis),
                    traffic);
        }
    }

    /** An entry of the log is an id, a time, its microseconds, and more. */
    private static long longestCommand(RespClient redis) {
        List<?> log = (List<?>) Objects.requireNonNull(redis.call("SLOWLOG", "GET", "-1"));
        return log.stream()
                .mapToLong(entry -> (Long) ((List<?>) entry).get(2))
                .max()
                .orElse(0);
    }
}
