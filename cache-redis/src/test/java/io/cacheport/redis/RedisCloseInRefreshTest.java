package io.cacheport.redis;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import io.cacheport.testkit.server.RedisCluster;
import io.cacheport.testkit.server.RedisServer;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** Closing while Lettuce connects is nothing to tell the user of: it was he who closed. */
class RedisCloseInRefreshTest {

    private static final int TIMES = 50;

    /** What one refresh takes here, and some more. */
    private static final long SPREAD_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    @Test
    void nothingIsLoggedByACloseInTheMiddleOfALookAtTheCluster() {
        try (RedisCluster cluster = RedisCluster.start(3, 0)) {
            RedisSettings settings = RedisLinkTestSettings.of(cluster.uri());
            String node = nameOf(cluster.nodes().get(0));
            try (RedisTestLog log = RedisTestLog.ofEverybody(Level.WARN)) {
                for (int i = 0; i < TIMES; i++) {
                    RedisLink link = RedisLink.open(settings, null);
                    link.reconsider(node, false);
                    spin(i * SPREAD_NANOS / TIMES);
                    link.close();
                }
                assertThat(log.lines()).isEmpty();
            }
        }
    }

    /** What is cut off in the middle of it may be said in a line; nothing is begun that can only fail. */
    @Test
    void norIsAnErrorWhileTheClusterHangs() {
        try (RedisCluster cluster = RedisCluster.start(3, 0)) {
            RedisSettings settings = RedisLinkTestSettings.of(cluster.uri());
            try (RedisTestLog log = RedisTestLog.ofEverybody(Level.WARN)) {
                for (int i = 0; i < 10; i++) {
                    RedisLink link = RedisLink.open(settings, null);
                    cluster.nodes().forEach(RedisServer::pause);
                    link.reconsider(nameOf(cluster.nodes().get(0)), true);
                    spin(i * SPREAD_NANOS);
                    long start = System.nanoTime();
                    link.close();
                    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
                    cluster.nodes().forEach(RedisServer::resume);
                }
                assertThat(log.lines()).noneMatch(line -> line.startsWith("ERROR") || line.contains("\tat "));
            }
        }
    }

    @Test
    void norWhileItConnectsForTheFirstTime() {
        try (RedisCluster cluster = RedisCluster.start(3, 0)) {
            RedisSettings settings = RedisCacheAdapter.builder(cluster.uri())
                    .connectTimeout(Duration.ofMillis(5))
                    .settings();
            try (RedisTestLog log = RedisTestLog.ofEverybody(Level.ERROR)) {
                for (int i = 0; i < TIMES; i++) {
                    RedisLink link = RedisLink.open(settings, null);
                    spin(i * SPREAD_NANOS / TIMES);
                    link.close();
                }
                assertThat(log.lines()).isEmpty();
            }
        }
    }

    /** One who still asks for a connection, of a link whose resources are not its own: not all threads have ended. */
    @Test
    void norByAConnectThatCameTooLate() throws Exception {
        ClientResources resources = DefaultClientResources.create();
        try (RedisServer server = RedisServer.start();
                RedisTestLog log = RedisTestLog.ofEverybody(Level.WARN)) {
            RedisLink link = RedisLink.open(RedisLinkTestSettings.of(server.uri()), resources);
            link.close();

            assertThat(link.connectOnce().toCompletableFuture()).failsWithin(Duration.ofSeconds(5));

            assertThat(log.lines()).isEmpty();
        } finally {
            resources.shutdown(0, 2, TimeUnit.SECONDS).get(5, TimeUnit.SECONDS);
        }
    }

    private static String nameOf(RedisServer server) {
        return server.host() + ":" + server.port();
    }

    /** So that each close meets another moment of the refresh. */
    private static void spin(long nanos) {
        long end = System.nanoTime() + nanos;
        while (System.nanoTime() - end < 0) {
            Thread.onSpinWait();
        }
    }
}
