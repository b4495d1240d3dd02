package io.cacheport.testkit.server;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Waits until servers under sentinels are what a failover needs. */
final class SentinelSetup {

    private SentinelSetup() {}

    /** Returns when the replica has its master's data. */
    static void awaitInStep(RedisServer replica, @Nullable String password, Duration deadline) {
        try (RespClient client = replica.client()) {
            if (password != null) {
                client.call("AUTH", password);
            }
            Poll.until("replica in step", deadline, () -> whyNotInStep(replica, client));
        }
    }

    private static @Nullable String whyNotInStep(RedisServer replica, RespClient client) {
        String info = String.valueOf(client.call("INFO", "replication"));
        return info.contains("master_link_status:up") ? null : replica + " says\n" + info;
    }

    /** Returns when each sentinel knows the others and the replica. */
    static void awaitAcquainted(List<RedisServer> sentinels, Duration deadline) {
        List<RespClient> clients = new ArrayList<>();
        try {
            sentinels.forEach(sentinel -> clients.add(sentinel.client()));
            Poll.until("sentinels acquainted", deadline, () -> {
                for (int i = 0; i < clients.size(); i++) {
                    String problem = whyNotAcquainted(clients.get(i), clients.size() - 1);
                    if (problem != null) {
                        return "sentinel " + sentinels.get(i) + " says " + problem;
                    }
                }
                return null;
            });
        } finally {
            clients.forEach(RespClient::close);
        }
    }

    private static @Nullable String whyNotAcquainted(RespClient client, int others) {
        Map<String, String> master = fields(client.call("SENTINEL", "MASTER", RedisSentinel.MASTER_NAME));
        if (!String.valueOf(others).equals(master.get("num-other-sentinels"))
                || !"1".equals(master.get("num-slaves"))
                || !"master".equals(master.get("flags"))) {
            return "of the master: " + master;
        }
        Object replicas = client.call("SENTINEL", "REPLICAS", RedisSentinel.MASTER_NAME);
        Map<String, String> replica = fields(replicas instanceof List<?> all && !all.isEmpty() ? all.get(0) : null);
        return "ok".equals(replica.get("master-link-status")) && "slave".equals(replica.get("flags"))
                ? null
                : "of the replica: " + replica;
    }

    /** Names and values by turns, as a map. */
    private static Map<String, String> fields(@Nullable Object reply) {
        Map<String, String> fields = new LinkedHashMap<>();
        if (reply instanceof List<?> flat) {
            for (int i = 0; i + 1 < flat.size(); i += 2) {
                fields.put(String.valueOf(flat.get(i)), String.valueOf(flat.get(i + 1)));
            }
        }
        return fields;
    }
}
