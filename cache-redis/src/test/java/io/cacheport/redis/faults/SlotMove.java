package io.cacheport.redis.faults;

import static org.awaitility.Awaitility.await;

import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Moves slots with their keys from one master to another as an operator does, in two steps: between them the old owner
 * sends whoever asks for a key on with ASK, after them with MOVED.
 */
final class SlotMove implements AutoCloseable {

    private static final Duration DEADLINE = Duration.ofSeconds(30);

    private final RedisServer target;
    private final RespClient from;
    private final RespClient to;
    private final List<RespClient> others = new ArrayList<>();
    private final Collection<Integer> slots;

    SlotMove(List<RedisServer> masters, RedisServer source, RedisServer target, Collection<Integer> slots) {
        this.target = target;
        this.slots = slots;
        this.from = source.client();
        this.to = target.client();
        masters.stream()
                .filter(master -> master != source && master != target)
                .forEach(master -> others.add(master.client()));
    }

    /** Announces the move, and moves the keys. */
    void begin() {
        String source = idOf(from);
        String destination = idOf(to);
        for (int slot : slots) {
            to.call("CLUSTER", "SETSLOT", String.valueOf(slot), "IMPORTING", source);
            from.call("CLUSTER", "SETSLOT", String.valueOf(slot), "MIGRATING", destination);
            migrate(slot);
        }
    }

    private void migrate(int slot) {
        List<?> keys = list(from.call("CLUSTER", "GETKEYSINSLOT", String.valueOf(slot), "1000"));
        if (keys.isEmpty()) {
            return;
        }
        List<String> migrate = new ArrayList<>(
                List.of("MIGRATE", target.host(), String.valueOf(target.port()), "", "0", "5000", "KEYS"));
        keys.forEach(key -> migrate.add((String) key));
        from.call(migrate.toArray(String[]::new));
    }

    /** Tells all masters who owns the slots now. */
    void end() {
        String destination = idOf(to);
        for (int slot : slots) {
            migrate(slot); // what was stored where it used to be, before the move was announced
            String[] owner = {"CLUSTER", "SETSLOT", String.valueOf(slot), "NODE", destination};
            to.call(owner);
            from.call(owner);
            others.forEach(master -> master.call(owner));
        }
    }

    /** Makes a new node known to a cluster, and returns when each knows it and it finds the cluster well. */
    static void meet(List<RedisServer> masters, RedisServer fresh) {
        List<RedisServer> all = new ArrayList<>(masters);
        all.add(fresh);
        try (RespClient client = masters.get(0).client()) {
            client.call("CLUSTER", "MEET", fresh.host(), String.valueOf(fresh.port()));
        }
        for (RedisServer node : all) {
            try (RespClient client = node.client()) {
                await("acquainted").atMost(DEADLINE).until(() -> {
                    String view = String.valueOf(client.call("CLUSTER", "NODES"));
                    return view.lines().count() == all.size()
                            && !view.contains("handshake")
                            && String.valueOf(client.call("CLUSTER", "INFO")).contains("cluster_state:ok");
                });
            }
        }
    }

    private static String idOf(RespClient node) {
        return String.valueOf(node.call("CLUSTER", "MYID"));
    }

    private static List<?> list(@Nullable Object reply) {
        return (List<?>) Objects.requireNonNull(reply);
    }

    @Override
    public void close() {
        from.close();
        to.close();
        others.forEach(RespClient::close);
    }
}
