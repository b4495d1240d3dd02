package io.cacheport.redis.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheport.redis.RedisCacheAdapter;
import io.cacheport.testkit.fault.FaultProxy;
import io.cacheport.testkit.server.RedisServer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import org.junit.jupiter.api.Test;

/** Something accepts connections and never says a word, from the start. */
class SilentProxyTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    /** The connect timeout, and half a second for the making of the adapter. */
    private static final Duration BUILT = Duration.ofMillis(2_500);

    @FaultRowAlways(8)
    @Test
    void isWaitedForOnlyByWhoeverOpensTheCache() throws Exception {
        Row row = FaultMatrix.row(8, "proxy accepts, never answers");
        try (RedisServer server = RedisServer.start();
                FaultProxy proxy = FaultProxy.to(server)) {
            proxy.blackhole();
            CompletableFuture<String> naively = CompletableFuture.supplyAsync(() -> connectNaively(proxy.uri()));
            LogWatch.quietly(() -> {
                underLoad(row, proxy);
                return null;
            });
            assertThat(proxy.swallowed()).isPositive();
            assertThat(naively.get()).isEqualTo("hung over 3 s");
            row.naive("connect " + naively.get() + ", so the service does not start");
            proxy.blackhole();
            try (RedisCacheAdapter cache =
                    Profile.builder(proxy.uri()).connectTimeout(Profile.T).build()) {
                assertThat(Load.through(cache).read(LogWatch.KEY + ":8", () -> LogWatch.VALUE))
                        .isEqualTo(LogWatch.VALUE);
            }
        } catch (ExecutionException failed) {
            throw new AssertionError(failed);
        }
        row.ours("the cache opens without it, and every call gets its value by its loader");
    }

    private static String connectNaively(String uri) {
        try {
            return Naive.attempt(Duration.ofSeconds(3), () -> {
                NaiveCache.connect(uri).close();
                return "connected";
            });
        } catch (InterruptedException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static void underLoad(Row row, FaultProxy proxy) throws Exception {
        long start = System.nanoTime();
        try (RedisCacheAdapter cache = Profile.open(proxy.uri());
                Load load = Lat.start(cache)) {
            Duration built = Duration.ofNanos(System.nanoTime() - start);
            row.figure("opened after " + Lat.seconds(built) + ", of which 2 s are the connect timeout", "2.5 s");
            assertThat(built).isLessThanOrEqualTo(BUILT);
            Lat.pass(load, SECOND);
            long healed = load.now();
            proxy.heal();
            Duration recovery = Lat.passUntilHits(load, cache);
            LoadResult all = load.stop();
            Lat.everyCallServed(all);
            Lat.cheap(row, "never connected, " + Lat.load(), all.between(0, healed));
            Lat.recovered(row, "answers", recovery);
        }
    }
}
