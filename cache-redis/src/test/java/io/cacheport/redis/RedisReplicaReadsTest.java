package io.cacheport.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Who answers reads in a cluster, with the setting and without. */
class RedisReplicaReadsTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int KEYS = 100;

    private final RedisCluster cluster = RedisCluster.shared();
    private final List<RespClient> masters = clients(cluster.masters());
    private final List<RespClient> replicas = clients(cluster.replicas());

    private static List<RespClient> clients(List<RedisServer> servers) {
        return servers.stream().map(RedisServer::client).toList();
    }

    @AfterEach
    void close() {
        List<RespClient> all = new ArrayList<>(masters);
        all.addAll(replicas);
        all.forEach(RespClient::close);
    }

    private RedisCacheBuilder builder() {
        return RedisCacheAdapter.builder(cluster.uri())
                .connectTimeout(Duration.ofSeconds(5))
                .commandTimeout(Duration.ofSeconds(10));
    }

    @Test
    void readsGoToReplicasAndWritesToMasters() {
        masters.forEach(master -> master.call("FLUSHALL"));
        try (RedisCacheAdapter cache = builder().replicaReads().build()) {
            RedisTestCommands onMasters = count(masters);
            Map<String, Integer> values = new LinkedHashMap<>();
            for (int i = 0; i < KEYS; i++) {
                values.put("k" + i, i);
                cache.set("k" + i, i, MINUTE);
            }
            await().until(() -> cache.getAll(values.keySet(), Integer.class).equals(values)); // replicated by then
            RedisTestCommands onReplicas = count(replicas);

            values.forEach(
                    (key, value) -> assertThat(cache.get(key, Integer.class)).isEqualTo(value));
            assertThat(cache.getAll(values.keySet(), Integer.class)).isEqualTo(values);
            cache.del("k0");

            assertThat(onReplicas.counts()).containsEntry("get", (long) KEYS).containsKey("mget");
            assertThat(onMasters.counts()).containsEntry("set", (long) KEYS).containsEntry("unlink", 1L);
            assertThat(onMasters.counts()).doesNotContainKeys("get", "mget");
            assertThat(cache.getStats().errors()).isZero();
        }
    }

    @Test
    void withoutTheSettingMastersAnswer() {
        try (RedisCacheAdapter cache = builder().build()) {
            RedisTestCommands onMasters = count(masters);
            RedisTestCommands onReplicas = count(replicas);

            for (int i = 0; i < KEYS; i++) {
                cache.get("k" + i, Integer.class);
            }

            assertThat(onMasters.counts()).containsEntry("get", (long) KEYS);
            assertThat(onReplicas.counts()).doesNotContainKey("get");
        }
    }

    /** As docs/operations.md says. */
    @Test
    void theLeastUserNeedsOneRightMore() {
        createUser("+readonly");
        try (RedisCacheAdapter cache = ofLeastUser()) {
            RedisTestCommands onReplicas = count(replicas);
            assertThat(cache.strict().get("k", String.class)).isNull();
            assertThat(onReplicas.counts()).containsEntry("get", 1L);
        }
        createUser();
        try (RedisCacheAdapter cache = ofLeastUser()) {
            RedisTestCommands onReplicas = count(replicas);
            cache.get("k", String.class);
            assertThat(onReplicas.counts()).doesNotContainKey("get");
        }
    }

    /** Connecting to it in vain for each slot anew would cost a rejected read each time. */
    @Test
    void aReplicaThatIsGoneCostsNothing() {
        try (RedisCluster own = RedisCluster.start()) {
            RedisServer gone = own.replicas().get(0);
            String port = ":" + gone.port() + "@";
            gone.kill();
            await("noticed by all")
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> own.masters().stream().allMatch(master -> {
                        try (RespClient client = master.client()) {
                            return String.valueOf(client.call("CLUSTER", "NODES"))
                                    .lines()
                                    .anyMatch(line -> line.contains(port) && line.contains("slave,fail "));
                        }
                    }));
            try (RedisCacheAdapter cache = RedisCacheAdapter.builder(own.uri())
                    .connectTimeout(Duration.ofSeconds(5))
                    .replicaReads()
                    .build()) {
                for (int i = 0; i < KEYS; i++) {
                    cache.get("k" + i, Integer.class);
                }
                assertThat(cache.getStats().errors()).isZero();
            }
        }
    }

    private RedisCacheAdapter ofLeastUser() {
        return RedisCacheAdapter.builder(cluster.uri().replace("//", "//" + RedisLeastUser.LOGIN))
                .connectTimeout(Duration.ofSeconds(5))
                .replicaReads()
                .build();
    }

    private void createUser(String... more) {
        List<RespClient> all = new ArrayList<>(masters);
        all.addAll(replicas);
        for (RespClient node : all) {
            RedisLeastUser.ofACluster().create(node);
            for (String permission : more) {
                node.call("ACL", "SETUSER", "cacheport", permission);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"redis://:s3cret@127.0.0.1:1", "redis-sentinel://:s3cret@127.0.0.1:1/m"})
    void onlyAClusterHasThem(String uri) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RedisCacheAdapter.builder(uri).replicaReads().build())
                .withMessageContaining(
                        "replicaReads given for " + uri.replace("s3cret", "***") + ", which is not a cluster")
                .satisfies(refusal -> assertThat(refusal.toString()).doesNotContain("s3cret"));
    }

    private static RedisTestCommands count(List<RespClient> servers) {
        return RedisTestCommands.countFromNow(servers.toArray(RespClient[]::new));
    }
}
