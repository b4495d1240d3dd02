package io.cacheport.testkit.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes one cluster of nodes that do not know each other: what {@code redis-cli --cluster create} does. */
final class ClusterSetup implements AutoCloseable {

    private static final int SLOTS = 16_384;
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final List<RespClient> clients = new ArrayList<>();
    private final List<RedisServer> nodes;
    private final int masters;

    private ClusterSetup(List<RedisServer> nodes, int masters) {
        this.nodes = nodes;
        this.masters = masters;
        nodes.forEach(node -> clients.add(node.client()));
    }

    /** Joins the nodes, the first of them as masters, and returns when the cluster is whole. */
    static void join(List<RedisServer> nodes, int masters) {
        try (ClusterSetup setup = new ClusterSetup(nodes, masters)) {
            setup.assignSlots();
            setup.meet();
            setup.replicate();
            Poll.until("Redis Cluster whole", DEADLINE, () -> setup.firstProblem(setup::whyNotWhole));
        }
    }

    @Override
    public void close() {
        clients.forEach(RespClient::close);
    }

    private void assignSlots() {
        for (int i = 0; i < masters; i++) {
            int first = SLOTS * i / masters;
            int last = SLOTS * (i + 1) / masters - 1;
            clients.get(i).call("CLUSTER", "ADDSLOTSRANGE", String.valueOf(first), String.valueOf(last));
        }
        for (int i = 0; i < clients.size(); i++) {
            // each its own from the start, else the nodes spend seconds on settling equal ones
            clients.get(i).call("CLUSTER", "SET-CONFIG-EPOCH", String.valueOf(i + 1));
        }
    }

    private void meet() {
        for (RedisServer node : nodes.subList(1, nodes.size())) {
            clients.get(0).call("CLUSTER", "MEET", node.host(), String.valueOf(node.port()));
        }
        Poll.until("Redis Cluster nodes acquainted", DEADLINE, () -> firstProblem(this::whyNotAcquainted));
    }

    private void replicate() {
        for (int i = masters; i < clients.size(); i++) {
            String master = String.valueOf(clients.get(i % masters).call("CLUSTER", "MYID"));
            clients.get(i).call("CLUSTER", "REPLICATE", master);
        }
    }

    private interface Check {
        @Nullable
        String problem(RespClient client, int index);
    }

    private @Nullable String firstProblem(Check check) {
        for (int i = 0; i < clients.size(); i++) {
            String problem = check.problem(clients.get(i), i);
            if (problem != null) {
                return nodes.get(i) + " says " + problem;
            }
        }
        return null;
    }

    private @Nullable String whyNotAcquainted(RespClient client, int index) {
        String view = String.valueOf(client.call("CLUSTER", "NODES"));
        long known = view.lines().count();
        return known == nodes.size() && !view.contains("handshake") ? null : "CLUSTER NODES:\n" + view;
    }

    private @Nullable String whyNotWhole(RespClient client, int index) {
        String info = String.valueOf(client.call("CLUSTER", "INFO"));
        if (!info.contains("cluster_state:ok") || !info.contains("cluster_slots_ok:" + SLOTS)) {
            return "CLUSTER INFO:\n" + info;
        }
        String view = String.valueOf(client.call("CLUSTER", "NODES"));
        // a node may know another and not have heard yet that it became a replica
        long replicas = view.lines().filter(line -> line.contains("slave")).count();
        if (replicas != nodes.size() - masters || view.contains("fail")) {
            return "CLUSTER NODES:\n" + view;
        }
        String replication = String.valueOf(client.call("INFO", "replication"));
        return index < masters || replication.contains("master_link_status:up") ? null : replication;
    }
}
