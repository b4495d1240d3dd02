package io.cacheport.testkit.server;

import static java.util.stream.Collectors.joining;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A Redis Cluster of processes on the loopback interface: all slots covered, every node knowing all others, every
 * replica in step with its master, so that a node may be killed at once. A dead master is replaced after about two
 * seconds, the node timeout.
 *
 * <p>Each node is a {@link RedisServer} and dies with the JVM at the latest. Thread-safe.
 *
 * @since 0.1
 */
public final class RedisCluster implements AutoCloseable {

    private static final Duration ROLE_TIMEOUT = Duration.ofSeconds(1);

    private static @Nullable RedisCluster shared;

    private final List<RedisServer> nodes;

    private RedisCluster(List<RedisServer> nodes) {
        this.nodes = nodes;
    }

    /** Starts three masters with a replica each. */
    public static RedisCluster start() {
        return start(3, 1);
    }

    /**
     * Starts a cluster and waits until it is whole.
     *
     * @param masters how many masters, at least one; a failover needs three
     * @param replicasPerMaster how many replicas each of them has
     * @param options for every node, as on redis-server's command line
     * @throws IllegalStateException when it is not whole after a minute, naming what is missing
     */
    public static RedisCluster start(int masters, int replicasPerMaster, String... options) {
        if (masters < 1 || replicasPerMaster < 0) {
            throw new IllegalArgumentException(
                    "masters " + masters + ", replicas per master " + replicasPerMaster + ": at least 1 and 0");
        }
        List<String> all = new ArrayList<>(List.of("--cluster-enabled", "yes", "--cluster-config-file", "nodes.conf"));
        all.addAll(List.of("--cluster-node-timeout", "2000", "--repl-diskless-sync-delay", "0"));
        all.addAll(List.of(options));
        RedisCluster cluster = new RedisCluster(new ArrayList<>());
        try {
            for (int i = 0; i < masters * (1 + replicasPerMaster); i++) {
                cluster.nodes.add(RedisServer.start(all.toArray(String[]::new)));
            }
            ClusterSetup.join(cluster.nodes, masters);
            return cluster;
        } catch (RuntimeException e) {
            cluster.close();
            throw e;
        }
    }

    /**
     * The cluster of {@link #start()} that the tests of a JVM share, started by the first call and ended when the JVM
     * exits. Who kills nodes starts a cluster of their own.
     */
    public static synchronized RedisCluster shared() {
        if (shared == null) {
            shared = start();
        }
        return shared;
    }

    /** Every node, dead ones too: at first the masters in the order of their slots, then the replicas. */
    public List<RedisServer> nodes() {
        return List.copyOf(nodes);
    }

    /** The nodes that say now that they are masters; one that does not answer within a second is not among them. */
    public List<RedisServer> masters() {
        return withRole("master");
    }

    /** The nodes that say now that they are replicas; one that does not answer within a second is not among them. */
    public List<RedisServer> replicas() {
        return withRole("slave");
    }

    /** {@code redis-cluster://127.0.0.1:PORT,127.0.0.1:PORT,...}: every node. */
    public String uri() {
        return nodes.stream()
                .map(node -> node.host() + ":" + node.port())
                .collect(joining(",", "redis-cluster://", ""));
    }

    /** Ends all nodes; doing it again is harmless. */
    @Override
    public void close() {
        nodes.forEach(RedisServer::close);
    }

    @Override
    public String toString() {
        return uri();
    }

    private List<RedisServer> withRole(String role) {
        return nodes.stream().filter(node -> role.equals(roleOf(node))).toList();
    }

    private static @Nullable Object roleOf(RedisServer node) {
        try (RespClient client = RespClient.connect(node.host(), node.port(), ROLE_TIMEOUT)) {
            return client.call("ROLE") instanceof List<?> reply ? reply.get(0) : null;
        } catch (UncheckedIOException e) {
            return null;
        }
    }
}
