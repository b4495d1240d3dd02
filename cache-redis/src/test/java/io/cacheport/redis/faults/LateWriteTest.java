package io.cacheport.redis.faults;

import static io.cacheport.aside.CacheAside.withCache;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cacheport.redis.RedisCacheAdapter;
import io.cacheport.testkit.fault.FaultProxy;
import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** A store that its caller gave up on, and that Redis executes after somebody else has removed the key. */
class LateWriteTest {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration TTL = Duration.ofMinutes(10);

    @FaultRowAlways(43)
    @Test
    void aStoreThatComesLateIsRefused() throws Exception {
        Row row = FaultMatrix.row(43, "late write after a timeout");
        try (RedisServer server = RedisServer.start();
                RespClient admin = server.client()) {
            assertThat(naively(server, admin)).isTrue();
            row.naive("the old value is stored after it was removed, and served for its TTL");

            assertThat(ours(server, admin)).isFalse();
            row.ours("refused, since its lease went with the removal");
            row.figure("nothing under the key once the store had come", "nothing");
        }
    }

    /** Whether the old value is there in the end. */
    private static boolean naively(RedisServer server, RespClient admin) throws Exception {
        try (FaultProxy proxy = FaultProxy.to(server);
                NaiveCache naive = NaiveCache.connect(proxy.uri())) {
            Naive.attempt(
                    Duration.ofMillis(300),
                    () -> naive.read("row43", () -> {
                        proxy.holdRequests();
                        return "old";
                    }));
            return isStoredLate(proxy, admin, "row43", "setex");
        }
    }

    private static boolean ours(RedisServer server, RespClient admin) {
        try (FaultProxy proxy = FaultProxy.to(server);
                RedisCacheAdapter cache = Profile.open(proxy.uri())) {
            withCache(cache, LogWatch.KEY, TTL, String.class, () -> LogWatch.VALUE); // so the server knows the script
            String value = withCache(cache, LogWatch.KEY + "43", TTL, String.class, () -> {
                proxy.holdRequests();
                return LogWatch.VALUE;
            });
            assertThat(value).isEqualTo(LogWatch.VALUE);
            return isStoredLate(proxy, admin, "cache:" + LogWatch.KEY + "43", "evalsha");
        }
    }

    private static boolean isStoredLate(FaultProxy proxy, RespClient admin, String key, String store) {
        admin.call("DEL", key);
        admin.call("CONFIG", "RESETSTAT");
        proxy.heal();
        await().atMost(SOON)
                .until(() -> String.valueOf(admin.call("INFO", "commandstats")).contains("cmdstat_" + store + ":"));
        return Long.valueOf(1).equals(admin.call("EXISTS", key));
    }
}
