package io.cacheport.redis.faults;

import static io.cacheport.aside.CacheAside.withCache;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheport.CacheStats;
import io.cacheport.redis.RedisCacheAdapter;
import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import io.lettuce.core.ScriptOutputType;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

/** Servers forget scripts: on a restart, a failover, or when they are told to. */
@FaultRow(24)
class NoScriptTest {

    private static final int FLUSHES = 1_000;
    private static final int CALLS = 100_000;
    private static final int THREADS = 8;

    @Test
    void anUnknownScriptIsSentAgainAsText() throws Exception {
        Row row = FaultMatrix.row(24, "NOSCRIPT");
        try (RedisServer server = RedisServer.start();
                RespClient client = server.client();
                NaiveCache naive = NaiveCache.connect(server.uri());
                RedisCacheAdapter cache = Profile.builder(server.uri())
                        .commandTimeout(Duration.ofSeconds(5)) // what is asked is whether, not how fast
                        .build()) {
            row.naive("by digest alone: "
                    + Naive.attempt(
                            Duration.ofSeconds(2),
                            () -> naive.commands()
                                    .evalsha("0".repeat(40), ScriptOutputType.INTEGER, new String[] {"row24"})));

            LogWatch.quietly(() -> load(cache, client));

            CacheStats stats = cache.getStats();
            assertThat(stats.errors()).isZero();
            assertThat(stats.sets()).isEqualTo(CALLS);
            row.ours("the text is sent at once; no caller notices");
            row.figure("0 errors in " + CALLS + " stores by script, forgotten " + FLUSHES + " times meanwhile", "0");
        }
    }

    private static Void load(RedisCacheAdapter cache, RespClient client) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try {
            boolean done = false;
            List<Future<?>> callers = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                int first = i;
                callers.add(threads.submit(() -> {
                    for (int key = first; key < CALLS; key += THREADS) {
                        withCache(cache, LogWatch.KEY + key, Duration.ofMinutes(1), String.class, () -> LogWatch.VALUE);
                    }
                }));
            }
            int flushed = 0;
            while (flushed < FLUSHES || !done) {
                client.call("SCRIPT", "FLUSH");
                flushed++;
                done = callers.stream().allMatch(Future::isDone);
            }
            for (Future<?> caller : callers) {
                caller.get();
            }
            return null;
        } finally {
            threads.shutdownNow();
        }
    }
}
