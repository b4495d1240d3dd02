package io.cacheport.redis.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheport.aside.Cache;
import io.cacheport.aside.CachePolicy;
import io.cacheport.redis.RedisCacheAdapter;
import io.cacheport.testkit.server.RedisServer;
import java.time.Duration;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** Two write the source, one after the other, and store what they wrote in whatever order. */
class TwoUpdatersTest {

    private static final int ROUNDS = 1_000;
    private static final Duration TTL = Duration.ofMinutes(10);

    private interface Put {
        void put(String key, long version) throws Exception;
    }

    private interface Read {
        long read(String key) throws Exception;
    }

    @FaultRowAlways(52)
    @Test
    void theNewerStays() throws Exception {
        Row row = FaultMatrix.row(52, "two updaters race");
        try (RedisServer server = RedisServer.start()) {
            try (NaiveCache naive = NaiveCache.connect(server.uri())) {
                int older = roundsInWhichTheOlderStays(
                        (key, version) -> naive.set(key, String.valueOf(version), TTL),
                        key -> Long.parseLong(naive.read(key, () -> "-1")));
                assertThat(older).isPositive();
                row.naive("the older value stays in " + older + " of " + ROUNDS + " rounds");
            }
            try (RedisCacheAdapter one = Profile.open(server.uri());
                    RedisCacheAdapter other = Profile.open(server.uri())) {
                Cache<String, Long> first = view(one);
                Cache<String, Long> second = view(other);
                int older = roundsInWhichTheOlderStays(
                        (key, version) -> (version % 2 == 0 ? first : second).put(key, version, version),
                        key -> Objects.requireNonNull(first.get(key, asked -> -1L)));
                row.ours("put with a version: the newest stays, whoever comes last");
                row.figure("the older stays in " + older + " of " + ROUNDS + " rounds", "0");
                assertThat(older).isZero();
            }
        }
    }

    private static Cache<String, Long> view(RedisCacheAdapter cache) {
        return Cache.named(LogWatch.KEY + "52", Long.class)
                .policy(CachePolicy.ttl(TTL))
                .over(cache);
    }

    private static int roundsInWhichTheOlderStays(Put updater, Read reader) throws Exception {
        SplittableRandom random = new SplittableRandom(52);
        int olderStayed = 0;
        for (int round = 0; round < ROUNDS; round++) {
            String key = "row52-" + round;
            boolean inOrder = random.nextBoolean();
            updater.put(key, inOrder ? 1 : 2);
            updater.put(key, inOrder ? 2 : 1);
            olderStayed += reader.read(key) == 1 ? 1 : 0;
        }
        return olderStayed;
    }
}
