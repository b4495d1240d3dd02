package io.cacheport.redis.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheport.redis.RedisCacheAdapter;
import io.cacheport.testkit.fault.FaultProxy;
import io.cacheport.testkit.server.RedisServer;
import java.time.Duration;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** Replies that take their time on the way. */
@FaultRow({9, 11})
class SlowReplyTest {

    private static final Duration SECOND = Duration.ofSeconds(1);
    private static final Duration LONG = Duration.ofSeconds(4);

    @FaultRow(9)
    @Test
    void trickling() throws Exception {
        Row row = FaultMatrix.row(9, "slow trickle");
        Consumer<FaultProxy> trickle = proxy -> proxy.trickle(1, Duration.ofMillis(20));
        naively(trickle, SECOND, naive -> assertThat(naive.percentile(50)).isGreaterThan(Lat.MAX), row);
        LogWatch.quietly(() -> {
            ours(row, "1 byte per 20 ms", trickle);
            return null;
        });
        touch(trickle, 9);
        row.ours("every call gets its own value; a late reply never becomes another call's");
        row.figure("0 wrong values", "0");
    }

    @FaultRow(11)
    @Test
    void spiking() throws Exception {
        Row row = FaultMatrix.row(11, "latency spike");
        Consumer<FaultProxy> latency = proxy -> proxy.latency(Duration.ofMillis(80), Duration.ofMillis(60));
        naively(latency, SECOND, naive -> assertThat(naive.percentile(50)).isGreaterThan(Profile.T.dividedBy(2)), row);
        LogWatch.quietly(() -> {
            ours(row, "80 +- 60 ms", latency);
            return null;
        });
        touch(latency, 11);
        row.ours("every call gets its value, by its loader once the circuit is open");
    }

    private static void naively(Consumer<FaultProxy> fault, Duration time, Consumer<LoadResult> check, Row row)
            throws Exception {
        try (RedisServer server = RedisServer.start();
                FaultProxy proxy = FaultProxy.to(server);
                NaiveCache naive = NaiveCache.connect(proxy.uri());
                Load load = new Load(naive::read)
                        .threads(4)
                        .keys(4)
                        .keyPrefix("naive:slow:")
                        .start()) {
            Lat.pass(load, SECOND);
            fault.accept(proxy);
            long began = load.now();
            Lat.pass(load, time.multipliedBy(3));
            proxy.heal();
            LoadResult slow =
                    load.stop().between(began, began + time.multipliedBy(2).toNanos());
            check.accept(slow);
            row.naive("4 threads had " + slow.calls().size() + " answers in 2 s, " + slow.latencies());
        }
    }

    private static void ours(Row row, String what, Consumer<FaultProxy> fault) throws Exception {
        try (RedisServer server = RedisServer.start();
                FaultProxy proxy = FaultProxy.to(server);
                RedisCacheAdapter cache = Profile.open(proxy.uri());
                Load load = Lat.startWarm(cache, SECOND)) {
            Lat.Fault slow = Lat.begin(cache, load, () -> fault.accept(proxy));
            Lat.open(row, what, cache);
            Lat.pass(load, LONG);
            long healed = load.now();
            proxy.heal();
            Duration recovery = Lat.passUntilHits(load, cache);
            LoadResult all = load.stop();
            Lat.everyCallServed(all);
            slow.check(row, what + " for 5 s, " + Lat.load(), all, healed);
            Lat.recovered(row, "quick again", recovery);
        }
    }

    private static void touch(Consumer<FaultProxy> fault, int number) throws Exception {
        try (RedisServer server = RedisServer.start();
                FaultProxy proxy = FaultProxy.to(server);
                RedisCacheAdapter cache = Profile.open(proxy.uri())) {
            fault.accept(proxy);
            String value = Load.through(cache).read(LogWatch.KEY + ":" + number, () -> LogWatch.VALUE);
            assertThat(value).isEqualTo(LogWatch.VALUE);
        }
    }
}
