package io.cacheport.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cacheport.testkit.server.RedisCluster;
import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Keys of all slots, and a master that dies. */
class RedisClusterTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int KEYS = 1_000;

    private final RedisCluster cluster = RedisCluster.shared();
    private final List<RespClient> masters =
            cluster.masters().stream().map(RedisServer::client).toList();

    @BeforeEach
    void empty() {
        masters.forEach(master -> master.call("FLUSHALL"));
    }

    @AfterEach
    void close() {
        masters.forEach(RespClient::close);
    }

    private static RedisCacheBuilder builder(RedisCluster cluster) {
        return RedisCacheAdapter.builder(cluster.uri()).connectTimeout(Duration.ofSeconds(5));
    }

    private RedisCacheAdapter patient() {
        return builder(cluster).commandTimeout(Duration.ofSeconds(10)).build();
    }

    private static Map<String, Integer> values() {
        Map<String, Integer> values = new LinkedHashMap<>();
        for (int i = 0; i < KEYS; i++) {
            values.put("k" + i, i);
        }
        return values;
    }

    private static List<Long> sizes(List<RespClient> masters) {
        return masters.stream().map(master -> (Long) master.call("DBSIZE")).toList();
    }

    @Test
    void bulksOverAllSlots() {
        Map<String, Integer> values = values();
        List<String> keys = List.copyOf(values.keySet());
        try (RedisCacheAdapter cache = patient()) {
            cache.setAll(values, MINUTE);
            assertThat(sizes(masters)).allMatch(size -> size > KEYS / 5);
            assertThat(cache.getStats().keys()).isEqualTo(KEYS);
            RedisTestCommands commands = RedisTestCommands.countFromNow(masters.toArray(RespClient[]::new));

            Map<String, Integer> found = cache.getAll(keys, Integer.class);

            assertThat(found).containsExactlyEntriesOf(values);
            assertThat(commands.counts()).containsOnlyKeys("mget");
            assertThat(commands.counts().get("mget")).isLessThanOrEqualTo(KEYS);

            assertThat(cache.del(keys)).isEqualTo(KEYS);
            assertThat(sizes(masters)).containsOnly(0L);
            assertThat(cache.getStats().errors()).isZero();
        }
    }

    @Test
    void aFlushWalksEveryMaster() {
        for (RespClient master : masters) {
            for (int i = 0; i < 30; i++) {
                master.pipeline(List.<String[]>of(new String[] {"SET", "other:" + i, "1"}));
            }
        }
        try (RedisCacheAdapter cache = patient()) {
            cache.setAll(values(), MINUTE);
            RedisTestCommands commands = RedisTestCommands.countFromNow(masters.toArray(RespClient[]::new));

            assertThat(cache.flush("k1*")).isEqualTo(111);
            assertThat(cache.clear()).isEqualTo(KEYS - 111);

            assertThat(commands.counts()).containsOnlyKeys("scan", "unlink");
            assertThat(sizes(masters).stream().mapToLong(Long::longValue).sum()).isEqualTo(30);
        }
    }

    /** Each adapter has yet to meet every node but the one it asks for the others. */
    @Test
    void theFirstCommandsAreNotRejected() {
        for (int i = 0; i < 5; i++) {
            try (RedisCacheAdapter cache = builder(cluster)
                    .retries(0)
                    .commandTimeout(Duration.ofSeconds(10))
                    .build()) {
                values().keySet().forEach(key -> cache.get(key, Integer.class));

                assertThat(cache.getStats().errors()).isZero();
                assertThat(cache.getStats().misses()).isEqualTo(KEYS);
            }
        }
    }

    @Test
    void aDeadMasterCostsOnlyItsOwnKeysAndOnlyForAWhile() {
        try (RedisCluster own = RedisCluster.start();
                RedisCacheAdapter cache = builder(own).build()) {
            Map<String, Integer> values = values();
            await().until(() -> {
                cache.setAll(values, Duration.ofMinutes(10));
                return cache.getAll(values.keySet(), Integer.class).size() == KEYS;
            });
            RedisServer victim = own.masters().get(0);
            List<String> lost = keysOn(victim, values);
            List<String> left = new ArrayList<>(values.keySet());
            left.removeAll(lost);
            assertThat(lost).hasSizeGreaterThan(KEYS / 5);

            victim.kill();

            for (String key : left) {
                assertThat(cache.get(key, Integer.class)).as(key).isEqualTo(values.get(key));
            }
            assertThat(cache.getAll(values.keySet(), Integer.class)).containsOnlyKeys(left);
            long start = System.nanoTime();
            assertThat(cache.get(lost.get(0), Integer.class)).isNull();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(1));
            await("failover").atMost(Duration.ofSeconds(30)).until(() -> {
                cache.set(lost.get(0), -1, MINUTE);
                return Integer.valueOf(-1).equals(cache.get(lost.get(0), Integer.class));
            });
            for (String key : left) {
                assertThat(cache.get(key, Integer.class)).as(key).isEqualTo(values.get(key));
            }
            await("bulks")
                    .atMost(Duration.ofSeconds(30))
                    .until(() -> cache.getAll(values.keySet(), Integer.class).size() == KEYS);
            assertThat(cache.flush("*")).isEqualTo(KEYS);
        }
    }

    private static List<String> keysOn(RedisServer master, Map<String, Integer> values) {
        try (RespClient client = master.client()) {
            return values.keySet().stream()
                    .filter(key -> client.pipeline(List.<String[]>of(new String[] {"GET", "cache:" + key}))
                                    .get(0)
                            instanceof String)
                    .toList();
        }
    }

    /** What the others were asked to forget they forgot, so what is stored there afterwards is read. */
    @Test
    void aFlushThatOneNodeDidNotHearOfWaitsForThatNodeOnly() {
        try (RedisCluster own = RedisCluster.start(3, 0);
                RedisCacheAdapter cache = builder(own).build()) {
            Map<String, String> values = new LinkedHashMap<>();
            for (int i = 0; i < 30; i++) {
                values.put("k" + i, "v");
            }
            RedisServer hung = own.nodes().get(0);
            hung.pause();
            cache.flush("k*");
            cache.setAll(values, MINUTE);

            assertThat(cache.getAll(values.keySet(), String.class)).isNotEmpty();
            assertThat(cache.guard().stats().pending()).isPositive();
            hung.resume();
        }
    }
}
