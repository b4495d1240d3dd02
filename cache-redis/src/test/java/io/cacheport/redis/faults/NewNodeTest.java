package io.cacheport.redis.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheport.redis.RedisCacheAdapter;
import io.cacheport.testkit.server.RedisServer;
import io.lettuce.core.ClientOptions.DisconnectedBehavior;
import io.lettuce.core.RedisException;
import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.ClusterClientOptions;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.SlotHash;
import io.lettuce.core.cluster.api.sync.RedisAdvancedClusterCommands;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** The first commands to a node: when the cache was just made, and when the node has just joined the cluster. */
@FaultRow(41)
class NewNodeTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    /** So that nothing but a rejection is an error, however busy the machine. */
    private static final Duration PATIENT = Duration.ofSeconds(5);

    private static final String KEYS = LogWatch.KEY + ":41:";
    private static final int COUNT = 300;
    private static final int STARTS = 5;
    private static final int CALLERS = 5;

    private final Row row = FaultMatrix.row(41, "cluster: the first command to a new node");

    @Test
    void afterTheStart() {
        try (Shards shards = Shards.start(0)) {
            int naively = 0;
            for (int i = 0; i < STARTS; i++) {
                naively += rejectedByPlainLettuce(shards);
            }
            assertThat(naively).isPositive();
            row.naive("set to reject while disconnected, it rejects " + naively + " of " + STARTS * COUNT + " reads in "
                    + STARTS + " cold starts, of a healthy cluster");
            long errors = 0;
            for (int i = 0; i < STARTS; i++) {
                try (RedisCacheAdapter cache = open(shards)) {
                    read(cache);
                    errors += cache.getStats().errors();
                }
            }
            row.ours("build() connects to every master before it returns")
                    .figure(errors + " of " + STARTS * COUNT + " reads rejected in " + STARTS + " cold starts", "0");
            assertThat(errors).isZero();
        }
    }

    @Test
    void whenTheClusterGrows() {
        try (Shards shards = Shards.start(0);
                RedisServer fresh = newNode();
                RedisServer another = newNode();
                RedisCacheAdapter cache = open(shards)) {
            for (int i = 0; i < COUNT; i++) {
                cache.strict().set(KEYS + i, LogWatch.VALUE, MINUTE);
            }
            List<RedisServer> nodes = new ArrayList<>(shards.cluster().masters());

            long alone = rejectedWhile(cache, () -> grow(nodes, 0, fresh, () -> read(cache)));
            long together = rejectedWhile(cache, () -> {
                try (Load load = new Load(Load.through(cache))
                        .keyPrefix(KEYS)
                        .threads(CALLERS - 1)
                        .start()) {
                    grow(nodes, 1, another, () -> read(cache));
                    LoadResult all = load.stop();
                    assertThat(all.exceptions()).isEmpty();
                } catch (InterruptedException interrupted) {
                    throw new IllegalStateException(interrupted);
                }
            });
            assertThat(alone).isLessThanOrEqualTo(1);
            assertThat(together).isLessThanOrEqualTo(CALLERS * 2);
            row.ours("the first command that is sent on to a node that joined is a miss and makes the connection")
                    .figure(alone + " rejected by a node that joined", "<= 1")
                    .figure(
                            together + " rejected, with " + CALLERS + " callers as fast as they can",
                            together <= 1 ? "<= 1" : "<= 1 (missed: those who come while it connects)");
        }
    }

    private static RedisServer newNode() {
        return RedisServer.start("--cluster-enabled", "yes", "--cluster-node-timeout", "2000");
    }

    private static RedisCacheAdapter open(Shards shards) {
        return Profile.builder(shards.uri()).retries(0).commandTimeout(PATIENT).build();
    }

    private static long rejectedWhile(RedisCacheAdapter cache, Runnable growth) {
        long before = cache.getStats().errors();
        growth.run();
        return cache.getStats().errors() - before;
    }

    /** Gives a master's slots to a new node, reading after each step: when it is asked by ASK, and by MOVED. */
    private static void grow(List<RedisServer> nodes, int master, RedisServer fresh, Runnable reads) {
        SlotMove.meet(nodes, fresh);
        try (SlotMove move = new SlotMove(nodes, nodes.get(master), fresh, slotsOf(master))) {
            move.begin();
            reads.run();
            move.end();
            reads.run();
        }
        nodes.add(fresh);
        assertThat(Shards.info(fresh, "commandstats", "cmdstat_get:calls=")).isPositive();
    }

    private static Set<Integer> slotsOf(int master) {
        Set<Integer> slots = new TreeSet<>();
        for (int i = 0; i < COUNT; i++) {
            int slot = SlotHash.getSlot("cache:" + KEYS + i);
            if (slot * Shards.MASTERS / SlotHash.SLOT_COUNT == master) {
                slots.add(slot);
            }
        }
        return slots;
    }

    private static void read(RedisCacheAdapter cache) {
        for (int i = 0; i < COUNT; i++) {
            cache.get(KEYS + i, String.class);
        }
    }

    private static int rejectedByPlainLettuce(Shards shards) {
        int rejected = 0;
        RedisClusterClient client =
                RedisClusterClient.create(RedisURI.create(shards.master(0).uri()));
        try {
            client.setOptions(ClusterClientOptions.builder()
                    .disconnectedBehavior(DisconnectedBehavior.REJECT_COMMANDS)
                    .build());
            RedisAdvancedClusterCommands<String, String> commands =
                    client.connect().sync();
            for (int i = 0; i < COUNT; i++) {
                try {
                    String unused = commands.get("naive:" + i);
                } catch (RedisException failure) {
                    rejected++;
                }
            }
        } finally {
            client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
        }
        return rejected;
    }
}
