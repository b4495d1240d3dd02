package io.cacheport.benchmarks.growth;

import io.cacheport.redis.RedisCacheAdapter;
import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;

/** What an entry takes of the memory of Redis, with its key, whoever wrote it: more with each size, in a server for each. */
final class RedisMemory {

    private RedisMemory() {}

    /** For 1,000 keys and ten times as many, up to the argument. */
    public static void main(String... arguments) {
        int most = Integer.parseInt(arguments[0]);
        try (RedisServer ours = RedisServer.start();
                RedisServer plain = RedisServer.start();
                RespClient oursAdmin = ours.client();
                RespClient plainAdmin = plain.client();
                RedisCacheAdapter cache = Stored.connect(ours.uri())) {
            Stored.byCache(cache, 0, 1, Figures::key, Stored.VALUE); // so that the connection's buffers are there
            long oursBefore = Stored.usedMemory(oursAdmin);
            long plainBefore = Stored.usedMemory(plainAdmin);
            int there = 1;
            for (int keys = 1_000; keys <= most; keys *= 10) {
                Stored.byCache(cache, there, keys, Figures::key, Stored.VALUE);
                Stored.byHand(plainAdmin, there - 1, keys - 1, Figures::key, Stored.VALUE);
                there = keys;
                if (Stored.size(oursAdmin) != keys || Stored.size(plainAdmin) != keys - 1) {
                    throw new IllegalStateException("not all " + keys + " keys were stored");
                }
                Forked.print(
                        keys,
                        (double) (Stored.usedMemory(oursAdmin) - oursBefore) / (keys - 1),
                        (double) (Stored.usedMemory(plainAdmin) - plainBefore) / (keys - 1));
            }
        }
    }
}
