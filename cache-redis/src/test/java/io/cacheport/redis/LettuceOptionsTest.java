package io.cacheport.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheport.redis.ReconnectPause.Refusals;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.RedisURI;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SslVerifyMode;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions.RefreshTrigger;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.resource.ClientResources;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.handler.flush.FlushConsolidationHandler;
import io.netty.handler.timeout.IdleStateHandler;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The values in force, whatever Lettuce's defaults become; docs/decisions/0005-lettuce-options.md says why each. */
@SuppressWarnings("NullAway.Init") // JUnit calls start first
class LettuceOptionsTest {

    private static ClientResources resources;

    @BeforeAll
    static void start() {
        resources = ClientResources.create();
    }

    @AfterAll
    static void stop() {
        resources.shutdown(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2_000);
    }

    private static RedisSettings settings(String uri) {
        return RedisCacheAdapter.builder(uri).settings();
    }

    @Test
    void ofOneServer() {
        StandaloneLink link = new StandaloneLink(settings("redis://localhost"), resources);

        assertCommon(link.client().getOptions());
        link.close();
    }

    @Test
    void ofACluster() {
        ClusterLink link = new ClusterLink(settings("redis-cluster://localhost"), resources);
        ClusterClientOptions options = (ClusterClientOptions) link.client().getOptions();
        ClusterTopologyRefreshOptions refresh = options.getTopologyRefreshOptions();

        assertCommon(options);
        assertThat(options.getMaxRedirects()).isEqualTo(3);
        assertThat(options.isValidateClusterNodeMembership()).isFalse();
        assertThat(refresh.isPeriodicRefreshEnabled()).isTrue();
        assertThat(refresh.getRefreshPeriod()).isEqualTo(Duration.ofSeconds(15));
        assertThat(refresh.useDynamicRefreshSources()).isTrue();
        assertThat(refresh.isCloseStaleConnections()).isTrue();
        assertThat(refresh.getAdaptiveRefreshTriggers()).containsExactlyInAnyOrder(RefreshTrigger.values());
        assertThat(refresh.getAdaptiveRefreshTimeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(refresh.getRefreshTriggersReconnectAttempts()).isEqualTo(2);
        link.close();
    }

    private static void assertCommon(ClientOptions options) {
        assertThat(options.isAutoReconnect()).isTrue();
        assertThat(options.getDisconnectedBehavior()).isEqualTo(DisconnectedBehavior.REJECT_COMMANDS);
        assertThat(options.getRequestQueueSize()).isEqualTo(4_096);
        assertThat(options.isPingBeforeActivateConnection()).isTrue();
        assertThat(options.isSuspendReconnectOnProtocolFailure()).isFalse();
        assertThat(options.isPublishOnScheduler()).isFalse();
        assertThat(options.getProtocolVersion()).isEqualTo(ProtocolVersion.RESP3);
        assertThat(options.getConfiguredProtocolVersion()).as("is asked for").isNull();
        assertThat(options.getMaintNotificationsConfig().maintNotificationsEnabled())
                .isFalse();
        TimeoutOptions timeouts = options.getTimeoutOptions();
        assertThat(timeouts.isTimeoutCommands()).isTrue();
        TimeoutOptions.TimeoutSource source = timeouts.getSource();
        assertThat(source.getTimeUnit().toMillis(source.getTimeout(new Command<>(CommandType.UNLINK, null))))
                .isEqualTo(2_000);
        assertThat(source.getTimeout(new Command<>(CommandType.GET, null)))
                .as("its caller cancels it, which takes no timer")
                .isZero();
        SocketOptions socket = options.getSocketOptions();
        assertThat(socket.getConnectTimeout()).isEqualTo(Duration.ofSeconds(1));
        assertThat(socket.isTcpNoDelay()).isTrue();
        assertThat(socket.isKeepAlive()).isTrue();
        assertThat(socket.getKeepAlive().getIdle()).isEqualTo(Duration.ofSeconds(5));
        assertThat(socket.getKeepAlive().getInterval()).isEqualTo(Duration.ofSeconds(1));
        assertThat(socket.getKeepAlive().getCount()).isEqualTo(3);
    }

    @Test
    void ofTheUri() {
        StandaloneLink link = new StandaloneLink(settings("rediss://user:secret@localhost/3"), resources);
        RedisURI uri = link.redisUri(new RedisTarget.Node("localhost", 6379));

        assertThat(uri.isSsl()).isTrue();
        assertThat(uri.getVerifyMode()).isEqualTo(SslVerifyMode.FULL);
        assertThat(uri.getTimeout()).isEqualTo(Duration.ofSeconds(2));
        assertThat(uri.getDatabase()).isEqualTo(3);
        assertThat(uri.getClientName()).isEqualTo("cacheport");
        link.close();
    }

    @Test
    void ofTheReconnectPause() {
        Refusals refusals = new Refusals();
        for (int attempt = 1; attempt < 60; attempt++) {
            assertThat(new ReconnectPause(refusals).createDelay(attempt))
                    .isBetween(Duration.ofMillis(50), Duration.ofSeconds(2));
        }
        refusals.add();
        for (int attempt = 1; attempt < 60; attempt++) {
            assertThat(new ReconnectPause(refusals).createDelay(attempt))
                    .isBetween(Duration.ofSeconds(2), Duration.ofMillis(2_500));
        }
    }

    @Test
    void ofEveryConnection() {
        EmbeddedChannel shared = new EmbeddedChannel();
        new ConnectionHandlers(null, true, () -> false).afterChannelInitialized(shared);
        EmbeddedChannel single = new EmbeddedChannel();
        new ConnectionHandlers(null, false, () -> false).afterChannelInitialized(single);

        assertThat(shared.pipeline().get(FlushConsolidationHandler.class)).isNotNull();
        assertThat(single.pipeline().get(FlushConsolidationHandler.class)).isNull();
        for (EmbeddedChannel channel : new EmbeddedChannel[] {shared, single}) {
            assertThat(channel.pipeline().get(IdleStateHandler.class).getReaderIdleTimeInMillis())
                    .isEqualTo(1_000);
            assertThat(channel.pipeline().get(Heartbeat.class)).isNotNull();
        }
    }
}
