package io.cacheport.redis;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.MaintNotificationsConfig;
import io.lettuce.core.SocketOptions;
import io.lettuce.core.SocketOptions.KeepAliveOptions;
import io.lettuce.core.SslOptions;
import io.lettuce.core.TimeoutOptions;
import io.lettuce.core.TimeoutOptions.TimeoutSource;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.ClusterTopologyRefreshOptions;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode;
import io.lettuce.core.cluster.models.partitions.RedisClusterNode.NodeFlag;
import io.lettuce.core.protocol.CommandType;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.protocol.RedisCommand;
import java.time.Duration;

/** How Lettuce is set for a cache: fail fast, never queue without bound, never send again on its own. */
final class LettuceOptions {

    /** Commands without an answer, on one connection, after which new ones are refused. */
    private static final int QUEUE = 4_096;

    private LettuceOptions() {}

    static ClientOptions standalone(RedisSettings settings) {
        return common(ClientOptions.builder(), settings).build();
    }

    /** Of connections that are made anew by those who use them; over RESP3 or whatever the server speaks. */
    static ClientOptions feed(RedisSettings settings, boolean resp3) {
        ClientOptions.Builder options =
                common(ClientOptions.builder(), settings).autoReconnect(false);
        if (resp3) {
            options.protocolVersion(ProtocolVersion.RESP3);
        }
        return options.build();
    }

    static ClusterClientOptions cluster(RedisSettings settings) {
        ClusterClientOptions.Builder options = ClusterClientOptions.builder();
        common(options, settings);
        // the adaptive triggers are all on by default since Lettuce 7.0
        return options.topologyRefreshOptions(ClusterTopologyRefreshOptions.builder()
                        .enablePeriodicRefresh(Duration.ofSeconds(15))
                        .dynamicRefreshSources(true)
                        .closeStaleConnections(true)
                        .adaptiveRefreshTriggersTimeout(Duration.ofSeconds(2))
                        .refreshTriggersReconnectAttempts(2)
                        .build())
                .maxRedirects(3)
                .nodeFilter(LettuceOptions::isOfUse)
                .validateClusterNodeMembership(false)
                .build();
    }

    /** A replica that the cluster has given up would be connected to anew for the first read of each slot. */
    private static boolean isOfUse(RedisClusterNode node) {
        return !(node.is(NodeFlag.FAIL) && node.hasNoSlots());
    }

    private static <B extends ClientOptions.Builder> B common(B options, RedisSettings settings) {
        options.autoReconnect(true)
                .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
                .requestQueueSize(QUEUE)
                .timeoutOptions(TimeoutOptions.builder()
                        .timeoutCommands()
                        .timeoutSource(new Unawaited(Calls.stepTimeout(settings)))
                        .build())
                .pingBeforeActivateConnection(true)
                .suspendReconnectOnProtocolFailure(false)
                .publishOnScheduler(false)
                // they would make time-outs longer than a call may take, and cost each connect a command
                .maintNotificationsConfig(MaintNotificationsConfig.disabled())
                .socketOptions(SocketOptions.builder()
                        .connectTimeout(settings.connectTimeout())
                        .tcpNoDelay(true)
                        .keepAlive(KeepAliveOptions.builder()
                                .enable()
                                .idle(Duration.ofSeconds(5))
                                .interval(Duration.ofSeconds(1))
                                .count(3)
                                .build())
                        .build());
        if (settings.protocol() != null) { // else Lettuce asks each server, and falls back
            options.protocolVersion(settings.protocol());
        }
        if (settings.trustedCertificates() != null) {
            options.sslOptions(SslOptions.builder()
                    .jdkSslProvider()
                    .trustManager(settings.trustedCertificates().toFile())
                    .build());
        }
        return options;
    }

    /**
     * Frees what was given up on without being cancelled. A GET never is: its caller waits, for less than this, and cancels
     * it. A timer for each, which is made, handed to another thread and cancelled again, is a good part of what a hit costs.
     */
    private static final class Unawaited extends TimeoutSource {

        private final long millis;

        Unawaited(Duration timeout) {
            this.millis = timeout.toMillis();
        }

        @Override
        public long getTimeout(RedisCommand<?, ?, ?> command) {
            return command.getType() == CommandType.GET ? 0 : millis;
        }
    }
}
