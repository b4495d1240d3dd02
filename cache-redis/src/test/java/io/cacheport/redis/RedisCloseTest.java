package io.cacheport.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DefaultClientResources;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** P25: what is left after close. */
class RedisCloseTest {

    private static final Duration SOON = Duration.ofSeconds(5);
    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final RedisServer server = RedisServer.start();
    private final Set<Thread> before = Thread.getAllStackTraces().keySet();

    @AfterEach
    void stop() {
        server.close();
    }

    private void awaitNoThread() {
        await().atMost(SOON)
                .untilAsserted(() ->
                        assertThat(RedisTestThreads.ofLettuceSince(before)).isEmpty());
    }

    private static long connections(RespClient client) {
        return String.valueOf(client.call("CLIENT", "LIST"))
                .lines()
                .filter(line -> line.contains(" name=cacheport "))
                .count();
    }

    private static Duration timeToClose(RedisCacheAdapter cache) {
        long start = System.nanoTime();
        cache.close();
        return Duration.ofNanos(System.nanoTime() - start);
    }

    @Test
    void nothingIsLeftAfterManyCycles() {
        try (RespClient client = server.client()) {
            for (int i = 0; i < 20; i++) {
                RedisCacheAdapter cache = RedisCacheAdapter.connect(server.uri());
                cache.set("k", "v", MINUTE);
                assertThat(RedisTestThreads.ofLettuceSince(before)).isNotEmpty();
                assertThat(connections(client)).isPositive();

                assertThat(timeToClose(cache)).isLessThan(Duration.ofSeconds(2));
                cache.close();

                await().atMost(SOON).until(() -> connections(client) == 0);
            }
        }
        awaitNoThread();
    }

    @Test
    void closeWhileRedisIsDead() {
        RedisCacheAdapter cache = RedisCacheAdapter.connect(server.uri());
        server.kill();
        await().atMost(SOON).until(() -> !cache.isConnected());

        assertThat(timeToClose(cache)).isLessThan(Duration.ofSeconds(3));
        awaitNoThread();
    }

    @Test
    void closeWhileRedisHangs() {
        RedisCacheAdapter cache = RedisCacheAdapter.connect(server.uri());
        server.pause();
        cache.get("k", String.class);

        assertThat(timeToClose(cache)).isLessThan(Duration.ofSeconds(3));
        awaitNoThread();
        server.resume();
        try (RespClient client = server.client()) {
            await().atMost(SOON).until(() -> connections(client) == 0);
        }
    }

    @Test
    void closeWithoutEverHavingBeenConnected() {
        server.kill();
        RedisCacheAdapter absent = RedisCacheAdapter.connect(server.uri());
        assertThat(timeToClose(absent)).isLessThan(Duration.ofSeconds(3));
        server.restart();
        server.pause();
        RedisCacheAdapter hanging = RedisCacheAdapter.connect(server.uri());
        assertThat(timeToClose(hanging)).isLessThan(Duration.ofSeconds(3));
        awaitNoThread();
        server.resume();
        try (RespClient client = server.client()) {
            await().atMost(SOON).until(() -> connections(client) == 0);
        }
    }

    @Test
    void closeByAnInterruptedThread() {
        RedisCacheAdapter cache = RedisCacheAdapter.connect(server.uri());
        Thread.currentThread().interrupt();

        cache.close();

        assertThat(Thread.interrupted()).as("interrupted still").isTrue();
        awaitNoThread();
    }

    @Test
    void closeByAThreadInterruptedMeanwhile() throws Exception {
        RedisCacheAdapter cache = RedisCacheAdapter.connect(server.uri());
        CompletableFuture<Boolean> flag = new CompletableFuture<>();
        Thread closing = new Thread(() -> {
            cache.close();
            flag.complete(Thread.currentThread().isInterrupted());
        });
        closing.start();
        await().pollInterval(Duration.ofMillis(1))
                .atMost(SOON)
                .until(() -> closing.getState() != Thread.State.RUNNABLE);

        closing.interrupt();

        closing.join(SOON.toMillis());
        assertThat(flag).isCompleted();
        awaitNoThread();
    }

    @Test
    void closeUnderLoadThrowsAtNobody() throws Exception {
        int count = 4;
        ExecutorService threads = Executors.newFixedThreadPool(count);
        try {
            RedisCacheAdapter cache = RedisCacheAdapter.connect(server.uri());
            List<Future<?>> users = new ArrayList<>();
            for (int i = 0; i < count; i++) {
                users.add(threads.submit(() -> {
                    while (!cache.getStats().toString().contains("keys=-1")) {
                        RedisTestCall.ALL.forEach(call -> call.on(cache));
                    }
                }));
            }
            await().atMost(SOON).until(() -> cache.getStats().sets() > 100);

            assertThat(timeToClose(cache)).isLessThan(Duration.ofSeconds(3));

            for (Future<?> user : users) {
                user.get(5, TimeUnit.SECONDS);
            }
        } finally {
            threads.shutdownNow();
        }
        awaitNoThread();
    }

    @Test
    void resourcesGivenStayTheCallers() throws Exception {
        ClientResources resources = DefaultClientResources.create();
        try (RespClient client = server.client()) {
            for (int i = 0; i < 3; i++) {
                RedisCacheAdapter cache = RedisCacheAdapter.builder(server.uri())
                        .clientResources(resources)
                        .build();
                cache.set("k", "v", MINUTE);
                assertThat(cache.get("k", String.class)).isEqualTo("v");
                cache.close();
                await().atMost(SOON).until(() -> connections(client) == 0);
                assertThat(resources.eventExecutorGroup().isShuttingDown()).isFalse();
            }
            server.kill();
            RedisCacheAdapter trying = RedisCacheAdapter.builder(server.uri())
                    .clientResources(resources)
                    .build();
            trying.close();
        } finally {
            resources.shutdown(0, 2, TimeUnit.SECONDS).get(5, TimeUnit.SECONDS);
        }
        server.restart();
        awaitNoThread();
        try (RespClient client = server.client()) {
            assertThat(connections(client)).isZero();
        }
    }
}
