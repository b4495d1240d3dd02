package io.cacheport.benchmarks.process;

import io.cacheport.benchmarks.peer.Peer;
import io.cacheport.benchmarks.value.Product;
import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import java.util.List;
import java.util.Objects;

/** How much a server of its own stores. */
final class StoredBytes implements AutoCloseable {

    private static final String USED = "used_memory:";
    private static final String OF_CLIENTS = "mem_clients_normal:";

    private final RedisServer server = RedisServer.start();
    private final RespClient redis = server.client();
    private long before;

    String uri() {
        return server.uri();
    }

    /** Counts from now on, after the library has everything that it makes once. */
    void begin(Peer peer) throws Exception {
        redis.call("FLUSHALL");
        for (int i = 0; i < 100; i++) {
            peer.put("warm-up-" + i, Product.of(i));
            peer.remove("warm-up-" + i);
        }
        Thread.sleep(100); // some puts are still on their way
        redis.call("FLUSHALL");
        before = now();
    }

    /** What there is more than at the beginning, indexes of the server included, when everything has arrived. */
    long used() throws InterruptedException {
        long last = 0;
        long now = now();
        while (now != last) {
            Thread.sleep(200);
            last = now;
            now = now();
        }
        return now - before;
    }

    /** Without the buffers of connections. */
    private long now() {
        String info = String.valueOf(redis.call("INFO", "memory"));
        return number(info, USED) - number(info, OF_CLIENTS);
    }

    private static long number(String info, String name) {
        return info.lines()
                .filter(line -> line.startsWith(name))
                .mapToLong(line -> Long.parseLong(line.substring(name.length())))
                .sum();
    }

    /** Of all keys, what the server says of each. */
    long usage() {
        long sum = 0;
        String cursor = "0";
        do {
            List<?> step = (List<?>) Objects.requireNonNull(redis.call("SCAN", cursor, "COUNT", "1000"));
            cursor = String.valueOf(step.get(0));
            List<String[]> asked = ((List<?>) step.get(1))
                    .stream()
                            .map(key -> new String[] {"MEMORY", "USAGE", String.valueOf(key), "SAMPLES", "0"})
                            .toList();
            sum += redis.pipeline(asked).stream()
                    .mapToLong(bytes -> (Long) Objects.requireNonNull(bytes))
                    .sum();
        } while (!cursor.equals("0"));
        return sum;
    }

    @Override
    public void close() {
        redis.close();
        server.close();
    }
}
