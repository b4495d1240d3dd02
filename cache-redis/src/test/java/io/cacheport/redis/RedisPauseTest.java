package io.cacheport.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cacheport.testkit.server.RedisServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Answers that come late, or never, are nobody else's answers. */
class RedisPauseTest {

    private static final int KEYS = 1_000;
    private static final int THREADS = 24; // so many that reads are gathered too

    private final Queue<String> wrong = new ConcurrentLinkedQueue<>();
    private final AtomicLong hits = new AtomicLong();
    private final AtomicLong misses = new AtomicLong();
    private final AtomicBoolean done = new AtomicBoolean();

    @Test
    void noValueIsReadUnderAnotherKey() throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try (RedisServer server = RedisServer.start("--appendonly", "yes", "--appendfsync", "always");
                RedisCacheAdapter cache = RedisCacheAdapter.builder(server.uri())
                        .commandTimeout(Duration.ofMillis(50))
                        .build()) {
            Map<String, String> values = new LinkedHashMap<>();
            for (int i = 0; i < KEYS; i++) {
                values.put("k" + i, "k" + i);
            }
            await().until(() -> {
                cache.setAll(values, Duration.ofMinutes(10));
                return cache.getAll(values.keySet(), String.class).size() == KEYS;
            });

            List<Future<?>> readers = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                readers.add(threads.submit(() -> read(cache)));
            }
            awaitMore(hits);
            for (int i = 0; i < 3; i++) {
                server.pause();
                awaitMore(misses);
                server.resume();
                awaitMore(hits);
            }
            server.kill();
            awaitMore(misses);
            server.restart();
            awaitMore(hits);
            done.set(true);
            for (Future<?> reader : readers) {
                reader.get(10, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
        assertThat(wrong).isEmpty();
    }

    /** Some rounds of all threads. */
    private static void awaitMore(AtomicLong counter) {
        long enough = counter.get() + THREADS * 4;
        await().atMost(Duration.ofSeconds(10)).until(() -> counter.get() > enough);
    }

    private void read(RedisCacheAdapter cache) {
        while (!done.get()) {
            int first = ThreadLocalRandom.current().nextInt(KEYS - 3);
            check("k" + first, cache.get("k" + first, String.class));
            Map<String, String> several = cache.getAll(List.of("k" + (first + 1), "k" + (first + 2)), String.class);
            several.forEach(this::check);
        }
    }

    private void check(String key, @Nullable String value) {
        if (value == null) {
            misses.incrementAndGet();
        } else if (value.equals(key)) {
            hits.incrementAndGet();
        } else {
            wrong.add(key + " read as " + value);
        }
    }
}
