package io.cacheport.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Many single reads at once: each has its own answer, and the server fewer commands. */
class GatheredReadsTest {

    private static final int READERS = 30;
    private static final int ALONE = 8;
    private static final Duration HOUR = Duration.ofHours(1);

    private final RedisServer server = RedisServer.start();
    private final RespClient client = server.client();
    private final ConcurrentLinkedQueue<Thread> readers = new ConcurrentLinkedQueue<>();
    private final ExecutorService threads = Executors.newFixedThreadPool(READERS, task -> {
        Thread thread = new Thread(task);
        readers.add(thread);
        return thread;
    });

    @AfterEach
    void close() {
        server.resume();
        threads.shutdownNow();
        client.close();
        server.close();
    }

    private RedisCacheBuilder builder(Duration timeout) {
        return RedisCacheAdapter.builder(server.uri()).commandTimeout(timeout).retries(0);
    }

    /** Keys, each holding itself. */
    private List<String> fill(RedisCacheAdapter cache) {
        Map<String, String> values = new LinkedHashMap<>();
        IntStream.range(0, READERS).forEach(i -> values.put("k" + i, "k" + i));
        cache.setAll(values, HOUR);
        return List.copyOf(values.keySet());
    }

    /** Reads all at once while the server stands still; what each gets, in order. */
    private List<CompletableFuture<String>> readWhileStopped(RedisCacheAdapter cache, List<String> keys) {
        server.pause();
        int reading = readers.size() + keys.size();
        List<CompletableFuture<String>> answers = new ArrayList<>();
        for (String key : keys) {
            answers.add(CompletableFuture.supplyAsync(() -> String.valueOf(cache.get(key, String.class)), threads));
        }
        await().pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(2))
                .until(() -> readers.size() == reading
                        && readers.stream().allMatch(reader -> reader.getState() == Thread.State.TIMED_WAITING));
        return answers;
    }

    private static List<String> joined(List<CompletableFuture<String>> answers) {
        return answers.stream()
                .map(answer -> answer.orTimeout(20, TimeUnit.SECONDS).join())
                .toList();
    }

    @Test
    void whatComesWhileEightAreUnderWayGoesTogether() {
        try (RedisCacheAdapter cache = builder(Duration.ofSeconds(10)).build()) {
            List<String> keys = fill(cache);
            RedisTestCommands commands = RedisTestCommands.countFromNow(client);
            List<CompletableFuture<String>> answers = readWhileStopped(cache, keys);
            server.resume();

            assertThat(joined(answers)).isEqualTo(keys);
            assertThat(commands.counts()).isEqualTo(Map.of("get", (long) ALONE, "mget", 1L));
        }
    }

    @Test
    void eachForItselfWithoutSharedFlushes() {
        try (RedisCacheAdapter cache =
                builder(Duration.ofSeconds(10)).sharedFlushes(false).build()) {
            List<String> keys = fill(cache);
            RedisTestCommands commands = RedisTestCommands.countFromNow(client);
            List<CompletableFuture<String>> answers = readWhileStopped(cache, keys);
            server.resume();

            assertThat(joined(answers)).isEqualTo(keys);
            assertThat(commands.counts()).isEqualTo(Map.of("get", (long) READERS));
        }
    }

    @Test
    void aMissIsAMissOfItsOwn() {
        try (RedisCacheAdapter cache = builder(Duration.ofSeconds(10)).build()) {
            List<String> keys = fill(cache);
            cache.del(keys.get(READERS - 1));
            List<CompletableFuture<String>> answers = readWhileStopped(cache, keys);
            server.resume();

            List<String> expected = new ArrayList<>(keys);
            expected.set(READERS - 1, "null");
            assertThat(joined(answers)).isEqualTo(expected);
        }
    }

    /** The server refuses the whole command because of the one. */
    @Test
    void aKeyThatMayNotBeReadIsNoMatterOfTheOthers() {
        client.call("ACL", "SETUSER", "narrow", "on", ">pw", "+@all", "~cache:k1*", "~cache:k2*");
        try (RedisCacheAdapter all = builder(Duration.ofSeconds(10)).build();
                RedisCacheAdapter cache = RedisCacheAdapter.builder(
                                server.uri().replace("redis://", "redis://narrow:pw@"))
                        .commandTimeout(Duration.ofSeconds(10))
                        .build()) {
            List<String> keys = fill(all);
            List<CompletableFuture<String>> answers = readWhileStopped(cache, keys);
            server.resume();

            assertThat(joined(answers))
                    .isEqualTo(keys.stream()
                            .map(key -> key.matches("k[12].*") ? key : "null")
                            .toList());
        }
    }

    /** Nobody waits for them any more, so the server is not asked. */
    @Test
    void whoseCallersHaveGivenUpAreNotSent() {
        try (RedisCacheAdapter cache = builder(Duration.ofSeconds(10)).build()) {
            List<String> keys = fill(cache);
            RedisTestCommands commands = RedisTestCommands.countFromNow(client);
            List<CompletableFuture<String>> first = readWhileStopped(cache, keys.subList(0, ALONE));
            List<CompletableFuture<String>> others = readWhileStopped(cache, keys.subList(ALONE, READERS));
            readers.stream().skip(ALONE).forEach(Thread::interrupt);
            assertThat(joined(others)).containsOnly("null");
            server.resume();

            assertThat(joined(first)).isEqualTo(keys.subList(0, ALONE));
            assertThat(commands.counts()).isEqualTo(Map.of("get", (long) ALONE));
        }
    }

    @Test
    void aCutConnectionIsAMissForAllAtOnceAndTheNextReadsAreServed() {
        try (RedisCacheAdapter cache = builder(Duration.ofSeconds(10)).build()) {
            List<String> keys = fill(cache);
            List<CompletableFuture<String>> answers = readWhileStopped(cache, keys);
            long start = System.nanoTime();
            server.kill();

            assertThat(joined(answers)).containsOnly("null");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
            server.restart();
            await().until(() -> {
                cache.set("k0", "k0", HOUR);
                return "k0".equals(cache.get("k0", String.class));
            });
        }
    }
}
