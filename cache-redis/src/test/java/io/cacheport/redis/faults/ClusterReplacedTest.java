package io.cacheport.redis.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cacheport.CacheException;
import io.cacheport.redis.RedisCacheAdapter;
import io.cacheport.testkit.server.RedisServer;
import io.lettuce.core.RedisURI;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.SocketAddressResolver;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** All nodes of a cluster are gone, and behind the name that was configured there is another cluster. */
@FaultRow(35)
class ClusterReplacedTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration RECOVERY = Duration.ofSeconds(20);
    private static final Duration NAIVE_LIMIT = Duration.ofSeconds(10);
    private static final String SEED = "seed.test";
    private static final String KEY = LogWatch.KEY + ":35:";
    private static final int KEYS = 100;

    private final Row row = FaultMatrix.row(35, "cluster: replaced by another behind the same name");

    /** What a name server would do: the seed's name leads to a node of the cluster that is current. */
    private static final class Names extends SocketAddressResolver {

        private volatile RedisServer current;

        Names(RedisServer first) {
            this.current = first;
        }

        @Override
        public SocketAddress resolve(RedisURI uri) {
            RedisServer node = current;
            return SEED.equals(uri.getHost()) ? new InetSocketAddress(node.host(), node.port()) : super.resolve(uri);
        }
    }

    /** What came of it: how long until keys of all slots could be stored and read, and what a naive read then said. */
    private record Seen(Duration recovery, String naive) {}

    /** So that connecting to the old nodes is refused. */
    @Test
    void theOldNodesEnd() throws Exception {
        Seen seen = replace(RedisServer::kill);

        row.naive("old nodes that refuse: follows too");
        assertThat(seen.naive).isEqualTo("loaded");
        recovered("ended", seen);
    }

    /** As when their machines are gone: whoever asks them waits. */
    @Test
    void theOldNodesFallSilent() throws Exception {
        Seen seen = replace(RedisServer::pause);

        row.naive("old nodes that are silent: " + seen.naive);
        assertThat(seen.naive).startsWith("hung");
        recovered("silent", seen);
    }

    private void recovered(String old, Seen seen) {
        row.ours("where no node that was known answers, the seeds are asked again, by name")
                .figure("old nodes " + old + ": " + Failover.seconds(seen.recovery.toNanos()), "<= 20 s");
        assertThat(seen.recovery).isLessThan(RECOVERY);
    }

    private static Seen replace(Consumer<RedisServer> end) throws Exception {
        try (Shards before = Shards.start(0);
                Shards after = Shards.start(0)) {
            Names names = new Names(before.master(1));
            ClientResources resources =
                    ClientResources.builder().socketAddressResolver(names).build();
            String uri = "redis-cluster://" + SEED + ":6379";
            try (RedisCacheAdapter cache =
                            Profile.builder(uri).clientResources(resources).build();
                    NaiveCache naive = NaiveCache.connect(uri, resources)) {
                assertThat(works(cache)).isTrue();
                naive.set("naive", "old", MINUTE);

                before.cluster().nodes().forEach(end);
                names.current = after.master(1);
                long start = System.nanoTime();
                await("recovery").atMost(MINUTE).until(() -> works(cache));
                Duration recovery = Duration.ofNanos(System.nanoTime() - start);

                return new Seen(recovery, Naive.attempt(NAIVE_LIMIT, () -> naive.read("naive", () -> "loaded")));
            } finally {
                resources.shutdown(0, 2, TimeUnit.SECONDS).get();
            }
        }
    }

    /** Traffic as there always is some; true if keys of all slots can be stored and read. */
    private static boolean works(RedisCacheAdapter cache) {
        try {
            for (int i = 0; i < KEYS; i++) {
                cache.strict().set(KEY + i, LogWatch.VALUE, MINUTE);
                assertThat(cache.strict().get(KEY + i, String.class)).isEqualTo(LogWatch.VALUE);
            }
            return true;
        } catch (CacheException stillDown) {
            return false;
        }
    }
}
