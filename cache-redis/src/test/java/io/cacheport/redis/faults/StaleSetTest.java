package io.cacheport.redis.faults;

import static io.cacheport.aside.CacheAside.withCache;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheport.CacheServicePort;
import io.cacheport.redis.RedisCacheAdapter;
import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** A reader loads, a writer updates and removes, the reader stores what it had loaded. */
class StaleSetTest {

    private static final Duration TTL = Duration.ofMinutes(10);
    private static final int CALLS = 1_000_000;
    private static final int CALLS_NAIVELY = 50_000;

    /** Who removes the key while it is loaded, and how. */
    private interface Removal {
        void run(CacheServicePort cache, CacheServicePort another, RespClient admin, RedisServer server);
    }

    private static Map<String, Removal> removals() {
        Map<String, Removal> removals = new LinkedHashMap<>();
        removals.put("del", (cache, another, admin, server) -> cache.del(LogWatch.KEY));
        removals.put("del by another", (cache, another, admin, server) -> another.del(LogWatch.KEY));
        removals.put("flush by another", (cache, another, admin, server) -> another.flush("*"));
        removals.put("redis-cli DEL", (cache, another, admin, server) -> admin.call("DEL", "cache:" + LogWatch.KEY));
        removals.put("redis-cli FLUSHALL", (cache, another, admin, server) -> admin.call("FLUSHALL"));
        removals.put(
                "redis-cli SET and DEL",
                (cache, another, admin, server) -> admin.pipeline(List.of(
                        new String[] {"SET", "cache:" + LogWatch.KEY, "1"},
                        new String[] {"DEL", "cache:" + LogWatch.KEY})));
        removals.put("a restart", (cache, another, admin, server) -> {
            server.kill();
            server.restart();
        });
        return removals;
    }

    @FaultRowAlways(42)
    @Test
    void whatWasLoadedBeforeARemovalIsNotStoredAfterIt() throws Exception {
        Row row = FaultMatrix.row(42, "stale set: a value loaded before an update is stored after it");
        try (RedisServer server = RedisServer.start();
                NaiveCache naive = NaiveCache.connect(server.uri())) {
            naive.read("row42", () -> {
                naive.del("row42");
                return "old";
            });
            assertThat(naive.read("row42", () -> "new")).isEqualTo("old");
        }
        row.naive("the old value is served for its TTL");
        List<String> stale = new ArrayList<>();
        for (Map.Entry<String, Removal> removal : removals().entrySet()) {
            try (RedisServer server = RedisServer.start();
                    RespClient admin = server.client();
                    RedisCacheAdapter cache = Profile.open(server.uri());
                    RedisCacheAdapter another = Profile.open(server.uri())) {
                withCache(cache, LogWatch.KEY, TTL, String.class, () -> {
                    removal.getValue().run(cache, another, admin, server);
                    return "old";
                });
                if (!"new".equals(withCache(cache, LogWatch.KEY, TTL, String.class, () -> "new"))) {
                    stale.add(removal.getKey());
                }
            }
        }
        assertThat(stale).isEmpty();
        row.ours("the fill is refused, whoever removed the key: "
                + String.join(", ", removals().keySet()));
        row.figure("0 stale after " + removals().size() + " kinds of removal", "0");
    }

    @FaultRow(42)
    @Test
    void norInAMillionCallsOfThreeCachesWhoseConnectionsAreKilled() throws Exception {
        Row row = FaultMatrix.row(42, "stale set: a value loaded before an update is stored after it");
        try (RedisServer server = RedisServer.start();
                NaiveCache naive = NaiveCache.connect(server.uri())) {
            StaleReads naively = StaleReads.of(List.of(StaleReads.Cached.of(naive)), server, CALLS_NAIVELY);
            assertThat(naively.stale()).isPositive();
            row.naive(naively.stale() + " stale reads of " + naively.reads());
        }
        try (RedisServer server = RedisServer.start();
                RedisCacheAdapter first = Profile.open(server.uri());
                RedisCacheAdapter second = Profile.open(server.uri());
                RedisCacheAdapter third = Profile.open(server.uri())) {
            StaleReads ours = LogWatch.quietly(() -> StaleReads.of(
                    List.of(StaleReads.Cached.of(first), StaleReads.Cached.of(second), StaleReads.Cached.of(third)),
                    server,
                    CALLS));
            assertThat(ours.stale()).isZero();
            assertThat(ours.hits()).isGreaterThan(ours.reads() / 10);
            row.figure(
                    "0 stale of " + ours.reads() + " reads beside " + ours.removals() + " removals by 3 caches, "
                            + ours.kills() + " times all connections killed, " + ours.hits() + " hits",
                    "0");
        }
    }
}
