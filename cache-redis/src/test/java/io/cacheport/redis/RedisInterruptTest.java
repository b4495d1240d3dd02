package io.cacheport.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.cacheport.CacheException;
import io.cacheport.ErrorCause;
import io.cacheport.testkit.server.RedisServer;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** With Redis paused, so that no answer is there before the interrupt is noticed. */
class RedisInterruptTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final RedisServer server = RedisServer.start();
    private final RedisCacheAdapter cache = RedisCacheAdapter.builder(server.uri())
            .commandTimeout(Duration.ofSeconds(10))
            .build();

    @AfterEach
    void stop() {
        cache.close();
        server.close();
    }

    /** On this thread with its flag set, which must be set afterwards too. */
    private static <R extends @Nullable Object> R interrupted(Supplier<R> code) {
        Thread.currentThread().interrupt();
        try {
            return code.get();
        } finally {
            assertThat(Thread.interrupted()).as("interrupted still").isTrue();
        }
    }

    @Test
    void anInterruptedCallerGetsAMissAtOnce() {
        cache.set("k", "v", MINUTE);
        server.pause();
        long start = System.nanoTime();

        for (RedisTestCall call : RedisTestCall.ALL) {
            assertThat(interrupted(() -> call.on(cache))).as(call.name()).isEqualTo(call.whenIll());
        }
        assertThat(interrupted(cache::isConnected)).isFalse();
        assertThat(interrupted(cache::getStats).keys()).isEqualTo(-1);

        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(2));
        server.resume();
        assertThat(cache.getStats().errors()).isEqualTo(RedisTestCall.ALL.size());
    }

    @Test
    void strictNamesTheInterrupt() {
        server.pause();

        for (RedisTestCall call : RedisTestCall.ALL) {
            assertThatExceptionOfType(CacheException.class)
                    .as(call.name())
                    .isThrownBy(() -> interrupted(() -> call.on(cache.strict())))
                    .satisfies(thrown -> assertThat(thrown.errorCause()).isEqualTo(ErrorCause.INTERRUPTED));
        }
        server.resume();
    }

    @Test
    void theCacheIsFineAfterwards() {
        for (int i = 0; i < 200; i++) {
            cache.set("k" + i, "k" + i, MINUTE);
        }
        server.pause();
        for (int i = 0; i < 200; i++) {
            String key = "k" + i;
            assertThat(interrupted(() -> cache.get(key, String.class))).isNull();
        }
        server.resume();

        for (int i = 0; i < 200; i++) {
            assertThat(cache.get("k" + i, String.class)).isEqualTo("k" + i);
        }
    }

    @Test
    void anInterruptEndsTheWait() throws Exception {
        server.pause();
        CompletableFuture<Boolean> flag = new CompletableFuture<>();
        Thread waiting = new Thread(() -> {
            cache.get("k", String.class);
            flag.complete(Thread.currentThread().isInterrupted());
        });
        waiting.start();
        await().atMost(MINUTE).until(() -> waiting.getState() == Thread.State.TIMED_WAITING);

        waiting.interrupt();

        assertThat(flag.get(2, TimeUnit.SECONDS)).isTrue();
        server.resume();
        assertThat(cache.getStats().misses()).isEqualTo(1);
    }

    @Test
    void anAdapterBuiltByAnInterruptedThreadConnectsAllTheSame() {
        RedisCacheAdapter built = interrupted(() -> RedisCacheAdapter.connect(server.uri()));
        try (built) {
            await().atMost(Duration.ofSeconds(5)).until(built::isConnected);
        }
    }
}
