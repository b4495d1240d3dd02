package io.cacheport.benchmarks;

import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import java.net.URI;
import java.util.Collection;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** Which commands a Redis has got since it was told to begin, without those by which it is asked. Those that scripts run count. */
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

    /**
     * What the server got and sent.
     *
     * @param calls how often each command was called, by its name
     * @param bytesIn that it received
     * @param bytesOut that it sent
     */
    public record Traffic(Map<String, Long> calls, long bytesIn, long bytesOut) {

        /** Of all commands. */
        public long total() {
            return calls.values().stream().mapToLong(Long::longValue).sum();
        }

        /** The commands, the most frequent first: {@code get 1,000, set 3}. */
        public String text() {
            return calls.entrySet().stream()
                    .sorted(Map.Entry.<String, Long>comparingByValue().reversed())
                    .map(call -> call.getKey() + String.format(" %,d", call.getValue()))
                    .collect(Collectors.joining(", "));
        }

        /** Without those commands, which somebody else has sent. */
        public Traffic without(Collection<String> names) {
            Map<String, Long> others = new TreeMap<>(calls);
            others.keySet().removeAll(names);
            return new Traffic(others, bytesIn, bytesOut);
        }
    }

    /** Forgets what was until now. */
    public void begin() {
        redis.call("CONFIG", "RESETSTAT");
    }

    /** How often each was called, by its name. */
    public Map<String, Long> calls() {
        return traffic().calls();
    }

    /** All of it. A line reads {@code cmdstat_get:calls=7,usec=12,...}, or {@code total_net_input_bytes:42}. */
    public Traffic traffic() {
        Map<String, Long> calls = new TreeMap<>();
        String stats = info("stats"); // first, for asking is traffic too
        info("commandstats").lines().filter(line -> line.startsWith(PREFIX)).forEach(line -> {
            String name = line.substring(PREFIX.length(), line.indexOf(':'));
            String count = line.substring(line.indexOf('=') + 1, line.indexOf(','));
            calls.put(name, Long.valueOf(count));
        });
        calls.remove("config|resetstat");
        calls.remove("info");
        return new Traffic(calls, number(stats, "total_net_input_bytes"), number(stats, "total_net_output_bytes"));
    }

    private String info(String section) {
        return String.valueOf(Objects.requireNonNull(redis.call("INFO", section)));
    }

    private static long number(String info, String name) {
        return info.lines()
                .filter(line -> line.startsWith(name + ":"))
                .mapToLong(line -> Long.parseLong(line.substring(name.length() + 1)))
                .sum();
    }

    @Override
    public void close() {
        redis.close();
    }
}
