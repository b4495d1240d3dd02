package io.cacheport.benchmarks;

import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import java.net.URI;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/** Which commands a Redis has got since it was told to begin, without those by which it is asked. */
public final class CommandCounts implements AutoCloseable {

    private static final String PREFIX = "cmdstat_";

    private final RespClient redis;

    /** Of that server. */
    public CommandCounts(RedisServer server) {
        this(server.uri());
    }

    /** Of the server at {@code redis://HOST:PORT}. */
    public CommandCounts(String uri) {
        URI at = URI.create(uri);
        this.redis = RespClient.connect(at.getHost(), at.getPort());
    }

    /** From now on. */
    public void begin() {
        redis.call("CONFIG", "RESETSTAT");
    }

    /** How often each was called, by its name. A line reads {@code cmdstat_get:calls=7,usec=12,...}. */
    public Map<String, Long> calls() {
        Map<String, Long> calls = new TreeMap<>();
        String info = String.valueOf(Objects.requireNonNull(redis.call("INFO", "commandstats")));
        info.lines().filter(line -> line.startsWith(PREFIX)).forEach(line -> {
            String name = line.substring(PREFIX.length(), line.indexOf(':'));
            String count = line.substring(line.indexOf('=') + 1, line.indexOf(','));
            calls.put(name, Long.valueOf(count));
        });
        calls.remove("config|resetstat");
        calls.remove("info");
        return calls;
    }

    @Override
    public void close() {
        redis.close();
    }
}
