package io.cacheport.redis.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cacheport.redis.RedisCacheAdapter;
import io.cacheport.testkit.fault.FaultProxy;
import io.cacheport.testkit.server.RedisServer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** One reply too many or too few on a connection, after which each caller is given its neighbour's. */
@FaultRowAlways(70)
class MixedUpRepliesTest {

    private static final Duration LIMIT = Duration.ofSeconds(10);

    @Test
    void areNobodysValue() throws Exception {
        Row row = FaultMatrix.row(70, "replies mixed up on the way");
        try (RedisServer server = RedisServer.start()) {
            long naively = naively(server);
            assertThat(naively).as("values of other keys, without a check").isPositive();
            row.naive("hands out values of other keys (" + naively + " in 0.3 s), for as long as the connection lasts");

            LoadResult result = LogWatch.quietly(() -> ours(server));

            assertThat(result.wrong()).isZero();
            assertThat(result.exceptions()).isEmpty();
            assertThat(result.hits()).isPositive();
            row.ours("a miss, cause wrong_key, and the connection is replaced");
            row.figure("0 wrong of " + result.calls().size() + " reads, after one reply doubled and one dropped", "0");
        }
    }

    private static long naively(RedisServer server) throws Exception {
        try (FaultProxy proxy = FaultProxy.to(server);
                NaiveCache naive = NaiveCache.connect(proxy.uri());
                Load load = new Load(naive::read).keyPrefix("row70:").keys(50).start()) {
            await().atMost(LIMIT).until(() -> load.loads() >= 50);
            proxy.doubleReply();
            long doubled = load.now();
            await().atMost(LIMIT)
                    .until(() -> load.now() - doubled > Duration.ofMillis(300).toNanos());
            return load.stop().wrong();
        }
    }

    private static LoadResult ours(RedisServer server) throws Exception {
        try (FaultProxy proxy = FaultProxy.to(server);
                RedisCacheAdapter cache = Profile.open(proxy.uri());
                Load load = new Load(Load.through(cache)).keys(50).start()) {
            await().atMost(LIMIT).until(() -> load.loads() >= 50);
            hitsAgainAfter(proxy::doubleReply, cache);
            hitsAgainAfter(proxy::dropReply, cache);
            return load.stop();
        }
    }

    /** When what was mixed up has been found out. */
    private static void hitsAgainAfter(Runnable fault, RedisCacheAdapter cache) {
        long before = cache.getStats().errors();
        fault.run();
        await().atMost(LIMIT).until(() -> cache.getStats().errors() > before);
        await().atMost(LIMIT).until(() -> {
            long hits = cache.getStats().hits();
            long errors = cache.getStats().errors();
            await().until(() -> cache.getStats().hits() > hits + 500);
            return cache.getStats().errors() == errors;
        });
    }
}
