package io.cacheport.testkit.server;

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A master, two replicas and three sentinels; a dead master is replaced after about two seconds. */
public final class RedisSentinel implements AutoCloseable {

    private static final Duration START_DEADLINE = Duration.ofSeconds(20);
    private static final String HOST = "127.0.0.1";

    private final List<RedisServer> nodes = new ArrayList<>();
    private final List<Integer> sentinelPorts = new ArrayList<>();
    private final List<Process> sentinels = new ArrayList<>();

    private RedisSentinel() {}

    public static RedisSentinel start() {
        RedisSentinel all = new RedisSentinel();
        RedisServer first = RedisServer.start("--repl-diskless-sync-delay", "0");
        all.nodes.add(first);
        for (int i = 0; i < 2; i++) {
            all.nodes.add(RedisServer.start("--replicaof", HOST, String.valueOf(first.port())));
        }
        for (int i = 0; i < 3; i++) {
            all.sentinelPorts.add(FreePort.find());
            all.sentinels.add(sentinel(all.sentinelPorts.get(i), first.port()));
        }
        Poll.until("sentinels know all", START_DEADLINE, all::whatIsMissing);
        return all;
    }

    private static Process sentinel(int port, int master) {
        try {
            Path dir = Files.createTempDirectory("cacheport-sentinel-");
            Path conf = Files.write(
                    dir.resolve("sentinel.conf"),
                    List.of(
                            "port " + port,
                            "bind " + HOST,
                            "sentinel monitor mymaster " + HOST + " " + master + " 2",
                            "sentinel down-after-milliseconds mymaster 1000",
                            "sentinel failover-timeout mymaster 5000"));
            return new ProcessBuilder(RedisBinary.path().toString(), conf.toString(), "--sentinel")
                    .directory(dir.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(dir.resolve("out.log").toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private @Nullable String whatIsMissing() {
        for (int port : sentinelPorts) {
            try (RespClient client = RespClient.connect(HOST, port)) {
                String master = String.valueOf(client.call("SENTINEL", "master", "mymaster"));
                if (!master.contains("num-slaves, 2") || !master.contains("num-other-sentinels, 2")) {
                    return master;
                }
            } catch (UncheckedIOException e) {
                return e.getMessage();
            }
        }
        return null;
    }

    public String uri() {
        return sentinelPorts.stream()
                .map(port -> HOST + ":" + port)
                .collect(joining(",", "redis-sentinel://", "/mymaster"));
    }

    /** Whom the sentinels name now. */
    public RedisServer master() {
        for (int port : sentinelPorts) {
            try (RespClient client = RespClient.connect(HOST, port)) {
                List<?> address = (List<?>) client.call("SENTINEL", "get-master-addr-by-name", "mymaster");
                for (RedisServer node : nodes) {
                    if (address != null && String.valueOf(node.port()).equals(address.get(1))) {
                        return node;
                    }
                }
            } catch (UncheckedIOException e) {
                // the next one may know
            }
        }
        throw new IllegalStateException("no sentinel answers");
    }

    public RespClient anySentinel() {
        return RespClient.connect(HOST, sentinelPorts.get(0));
    }

    @Override
    public void close() {
        sentinels.forEach(Process::destroyForcibly);
        nodes.forEach(RedisServer::close);
    }
}
