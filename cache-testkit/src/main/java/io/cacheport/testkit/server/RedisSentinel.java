package io.cacheport.testkit.server;

import static java.util.stream.Collectors.joining;

import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A master with a replica, and three sentinels that watch over them, as processes on the loopback interface: the
 * sentinels know each other and the replica, which is in step, so that the master may be killed at once. The replica
 * takes a dead master's place after some seconds: it is missed for one, two sentinels have to agree, and the rest is
 * theirs. A dead master that is restarted becomes a replica.
 *
 * <p>Each node and sentinel is a {@link RedisServer} and dies with the JVM at the latest. Thread-safe.
 *
 * @since 0.1
 */
public final class RedisSentinel implements AutoCloseable {

    static final String MASTER_NAME = "mymaster";

    private static final int SENTINELS = 3;
    private static final int QUORUM = 2;
    private static final Duration DEADLINE = Duration.ofMinutes(1);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(1);

    private final List<RedisServer> nodes = new ArrayList<>();
    private final List<RedisServer> sentinels = new ArrayList<>();

    private RedisSentinel() {}

    /** Starts a master, its replica and their sentinels. */
    public static RedisSentinel start() {
        return start(new String[0]);
    }

    /**
     * Starts a master, its replica and their sentinels, and waits until each sentinel knows all others.
     *
     * @param serverOptions for the master and the replica, as on redis-server's command line. With {@code --requirepass}
     *     both need {@code --masterauth} too; the sentinels are given that password, and want none themselves
     * @throws IllegalStateException when it is not complete after a minute, naming what is missing
     */
    public static RedisSentinel start(String... serverOptions) {
        return start(DEADLINE, serverOptions);
    }

    static RedisSentinel start(Duration deadline, String... serverOptions) {
        String password = valueOf("--requirepass", serverOptions);
        List<String> options = new ArrayList<>(List.of("--repl-diskless-sync-delay", "0"));
        options.addAll(List.of(serverOptions));
        RedisSentinel all = new RedisSentinel();
        try {
            RedisServer master = RedisServer.start(options.toArray(String[]::new));
            all.nodes.add(master);
            options.addAll(List.of("--replicaof", master.host(), String.valueOf(master.port())));
            RedisServer replica = RedisServer.start(options.toArray(String[]::new));
            all.nodes.add(replica);
            // before there are sentinels, since they ask a replica how it is every ten seconds only
            SentinelSetup.awaitInStep(replica, password, deadline);
            String config = config(master, password);
            for (int i = 0; i < SENTINELS; i++) {
                all.sentinels.add(RedisServer.startWithConfig(config, "--sentinel"));
            }
            SentinelSetup.awaitAcquainted(all.sentinels, deadline);
            return all;
        } catch (RuntimeException e) {
            all.close();
            throw e;
        }
    }

    private static String config(RedisServer master, @Nullable String password) {
        List<String> lines = new ArrayList<>();
        lines.add("monitor " + MASTER_NAME + " " + master.host() + " " + master.port() + " " + QUORUM);
        lines.add("down-after-milliseconds " + MASTER_NAME + " 1000");
        lines.add("failover-timeout " + MASTER_NAME + " 5000");
        if (password != null) {
            lines.add("auth-pass " + MASTER_NAME + " \"" + password + "\"");
        }
        return lines.stream().map(line -> "sentinel " + line + "\n").collect(joining());
    }

    private static @Nullable String valueOf(String option, String... options) {
        int at = List.of(options).lastIndexOf(option);
        return at < 0 || at + 1 == options.length ? null : options[at + 1];
    }

    /** What the sentinels call the master, whichever node it is. */
    public String masterName() {
        return MASTER_NAME;
    }

    /** {@code redis-sentinel://127.0.0.1:PORT,127.0.0.1:PORT,127.0.0.1:PORT/mymaster}: every sentinel. */
    public String uri() {
        return sentinels.stream()
                .map(sentinel -> sentinel.host() + ":" + sentinel.port())
                .collect(joining(",", "redis-sentinel://", "/" + MASTER_NAME));
    }

    /**
     * The node that is the master now according to the first sentinel that answers within a second, as a client sees it;
     * the others may learn of a failover somewhat earlier or later.
     *
     * @throws IllegalStateException when no sentinel answers
     */
    public RedisServer master() {
        for (RedisServer sentinel : sentinels) {
            String port = masterPort(sentinel);
            for (RedisServer node : nodes) {
                if (String.valueOf(node.port()).equals(port)) {
                    return node;
                }
            }
        }
        throw new IllegalStateException("no sentinel names a master: " + this);
    }

    /** Both nodes, dead ones too: the one that was started as the master, then the other. */
    public List<RedisServer> nodes() {
        return List.copyOf(nodes);
    }

    /** The three sentinels, dead ones too. One that is restarted still knows what it knew. */
    public List<RedisServer> sentinels() {
        return List.copyOf(sentinels);
    }

    /** Ends all sentinels and nodes; doing it again is harmless. */
    @Override
    public void close() {
        sentinels.forEach(RedisServer::close);
        nodes.forEach(RedisServer::close);
    }

    @Override
    public String toString() {
        return uri();
    }

    private static @Nullable String masterPort(RedisServer sentinel) {
        try (RespClient client = RespClient.connect(sentinel.host(), sentinel.port(), ANSWER_TIMEOUT)) {
            Object reply = client.call("SENTINEL", "GET-MASTER-ADDR-BY-NAME", MASTER_NAME);
            return reply instanceof List<?> address ? String.valueOf(address.get(1)) : null;
        } catch (UncheckedIOException e) {
            return null;
        }
    }
}
