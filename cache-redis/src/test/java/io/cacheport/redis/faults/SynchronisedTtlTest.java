package io.cacheport.redis.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheport.aside.Cache;
import io.cacheport.aside.CachePolicy;
import io.cacheport.redis.RedisCacheAdapter;
import io.cacheport.testkit.server.RedisServer;
import java.time.Duration;
import java.util.Collections;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** What was stored at once expires at once. */
@FaultRow(59)
class SynchronisedTtlTest {

    private static final int KEYS = 50_000;
    private static final Duration TTL = Duration.ofMinutes(1);

    @Test
    void expireOneByOne() throws Exception {
        Row row = FaultMatrix.row(59, "synchronised TTLs");
        row.naive("all within the second or two in which they were stored");
        row.ours("each TTL is shortened by a random part of it: a tenth at most unless set");
        int byDefault = LogWatch.quietly(() -> busiestSecond(CachePolicy.ttl(TTL)));
        int wider = LogWatch.quietly(() -> busiestSecond(CachePolicy.ttl(TTL).jitter(0.2)));

        assertThat(byDefault).isLessThan(KEYS * 20 / 100);
        assertThat(wider).isLessThan(KEYS * 12 / 100);
        row.figure(percent(byDefault) + " in the busiest second of six", "12 % of twelve seconds (missed)");
        row.figure(percent(wider) + " with jitter(0.2), which is as wide as +-10 %", "12 %");
    }

    private static String percent(int count) {
        return count * 100 / KEYS + " %";
    }

    /** As if all had been stored at the same moment: each is asked for what it got. */
    private static int busiestSecond(CachePolicy policy) {
        try (RedisServer server = RedisServer.start();
                RedisCacheAdapter redis = Profile.builder(server.uri())
                        .commandTimeout(Duration.ofSeconds(5))
                        .build()) {
            Cache<Integer, Integer> cache =
                    Cache.named("row59", Integer.class).policy(policy).over(redis);
            Map<Long, Integer> seconds = new TreeMap<>();
            for (int i = 0; i < KEYS; i++) {
                cache.put(i, i);
                seconds.merge(redis.ttl(cache.keyOf(i)).orElseThrow().toSeconds(), 1, Integer::sum);
            }
            return Collections.max(seconds.values());
        }
    }
}
