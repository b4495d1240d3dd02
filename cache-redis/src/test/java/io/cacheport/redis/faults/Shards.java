package io.cacheport.redis.faults;

import static org.awaitility.Awaitility.await;

import io.cacheport.CacheServicePort;
import io.cacheport.testkit.server.RedisCluster;
import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import io.lettuce.core.cluster.SlotHash;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

/**
 * A cluster of three masters, and for each a hash tag whose slot it owned when the cluster was made: keys with a tag are
 * all on one master, so that traffic can be told apart by master.
 */
final class Shards implements AutoCloseable {

    static final int MASTERS = 3;

    /** How many keys a {@link Load} over one master has. */
    static final int KEYS = 200;

    private static final Duration TTL = Duration.ofMinutes(10);
    private static final Duration DEADLINE = Duration.ofSeconds(60);

    private final RedisCluster cluster;
    private final List<String> tags;

    private Shards(RedisCluster cluster) {
        this.cluster = cluster;
        this.tags = IntStream.range(0, MASTERS).mapToObj(Shards::tagOf).toList();
    }

    /** A cluster whose replicas, if any, are in step. */
    static Shards start(int replicasPerMaster, String... options) {
        return new Shards(RedisCluster.start(MASTERS, replicasPerMaster, options));
    }

    private static String tagOf(int master) {
        return IntStream.iterate(0, i -> i + 1)
                .mapToObj(i -> "{" + i + "}")
                .filter(tag -> SlotHash.getSlot(tag) * MASTERS / SlotHash.SLOT_COUNT == master)
                .findFirst()
                .orElseThrow();
    }

    RedisCluster cluster() {
        return cluster;
    }

    String uri() {
        return cluster.uri();
    }

    /** As the cluster was made; a failover is not seen here. */
    RedisServer master(int number) {
        return cluster.nodes().get(number);
    }

    /** Of that master, the first one. */
    RedisServer replica(int number) {
        return cluster.nodes().get(MASTERS + number);
    }

    /** What keys begin with that are on that master. */
    String keys(int master) {
        return LogWatch.KEY + tags.get(master) + ":";
    }

    /** The same without a canary. */
    String naiveKeys(int master) {
        return "naive" + tags.get(master) + ":";
    }

    /** Stores the keys of a load over that master; none of the first calls misses. */
    void fill(CacheServicePort cache, int master) {
        for (int i = 0; i < KEYS; i++) {
            String key = keys(master) + i + ":";
            cache.strict().set(key, key + LogWatch.VALUE + ":0", TTL);
        }
    }

    /** As {@link #fill}, for the naive cache. */
    void fill(NaiveCache naive, int master) throws Exception {
        for (int i = 0; i < KEYS; i++) {
            String key = naiveKeys(master) + i + ":";
            naive.set(key, key + "value:0", TTL);
        }
    }

    /** Traffic over the keys of some masters. */
    Load load(Load.Reader reader, String keyPrefix, int perSecond, int threads) {
        return new Load(reader)
                .keyPrefix(keyPrefix)
                .keys(KEYS)
                .threads(threads)
                .perSecond(perSecond)
                .start();
    }

    /** Returns when the replica of that master has everything that was written so far. */
    void awaitInStep(int master) {
        try (RespClient client = master(master).client()) {
            client.pipeline(List.<String[]>of(new String[] {"SET", "step" + tags.get(master), "1"}));
            await("replica in step")
                    .atMost(DEADLINE)
                    .until(() -> Long.valueOf(1).equals(client.call("WAIT", "1", "1000")));
        }
    }

    /** The moment of {@link System#nanoTime} at which that replica says that it is a master. */
    CompletableFuture<Long> promotion(int replica) {
        CompletableFuture<Long> promoted = new CompletableFuture<>();
        Thread thread = new Thread(
                () -> {
                    try (RespClient client = replica(replica).client()) {
                        await("promotion")
                                .atMost(DEADLINE)
                                .pollDelay(Duration.ZERO)
                                .pollInterval(Duration.ofMillis(10))
                                .until(() -> "master".equals(roleOf(client)));
                        promoted.complete(System.nanoTime());
                    } catch (RuntimeException failure) {
                        promoted.completeExceptionally(failure);
                    }
                },
                "promotion");
        thread.setDaemon(true);
        thread.start();
        return promoted;
    }

    private static Object roleOf(RespClient client) {
        return Objects.requireNonNull(((List<?>) Objects.requireNonNull(client.call("ROLE"))).get(0));
    }

    /** So that {@link #callsOf} counts from now on. */
    void resetStats() {
        for (RedisServer node : cluster.masters()) {
            try (RespClient client = node.client()) {
                client.call("CONFIG", "RESETSTAT");
            }
        }
    }

    /** How often that master was sent the command, in lower case, such as {@code cluster|nodes}. */
    long callsOf(RedisServer master, String command) {
        return info(master, "commandstats", "cmdstat_" + command + ":calls=");
    }

    /** The number behind that text in a section of {@code INFO}; 0 if it is not there. */
    static long info(RedisServer node, String section, String text) {
        try (RespClient client = node.client()) {
            return String.valueOf(client.call("INFO", section))
                    .lines()
                    .filter(line -> line.startsWith(text))
                    .mapToLong(
                            line -> Long.parseLong(line.substring(text.length()).replaceAll("\\D.*", "")))
                    .sum();
        }
    }

    @Override
    public void close() {
        cluster.close();
    }
}
