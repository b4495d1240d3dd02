package io.cacheport.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cacheport.aside.Cache;
import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import io.cacheport.warm.KeyFormat;
import io.cacheport.warm.PopularKeys;
import io.cacheport.warm.PopularWarming;
import io.cacheport.warm.WarmReport;
import io.cacheport.warm.Warming;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntConsumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What warming is worth after the cache has lost its data; and that it respects what others do to it meanwhile. */
class WarmingTest {

    private static final int KEYS = 20_000;
    private static final int LEARNT_FROM = 1_000_000;
    private static final int REQUESTS = 10_000;
    private static final int FIRST = 1_000;
    private static final RedisServer SERVER = RedisServer.start();

    @TempDir
    private Path folder;

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @BeforeEach
    void empty() {
        flushAll();
    }

    private static void flushAll() {
        try (RespClient admin = SERVER.client()) {
            admin.call("FLUSHALL");
        }
    }

    private static RedisCacheAdapter redis() {
        return RedisCacheAdapter.builder(SERVER.uri())
                .connectTimeout(Duration.ofSeconds(10))
                .build();
    }

    private static Cache<Integer, String> events(RedisCacheAdapter cache) {
        return Cache.named("event", String.class).ttl(Duration.ofHours(1)).over(cache);
    }

    private static Map<Integer, String> find(Collection<Integer> ids) {
        return ids.stream().collect(Collectors.toMap(id -> id, id -> "event " + id));
    }

    /** Zipf's law, exponent 1: the n-th key is asked for 1/n as often as the first. */
    private static void ask(int requests, long seed, IntConsumer request) {
        double[] upTo = new double[KEYS];
        double sum = 0;
        for (int i = 0; i < KEYS; i++) {
            sum += 1.0 / (i + 1);
            upTo[i] = sum;
        }
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < requests; i++) {
            int found = Arrays.binarySearch(upTo, random.nextDouble(sum));
            request.accept(found < 0 ? -found - 1 : found);
        }
    }

    /** Of the first thousand requests, and of all. */
    private static double[] hitRates(Cache<Integer, String> view) {
        AtomicInteger asked = new AtomicInteger();
        AtomicInteger loads = new AtomicInteger();
        double[] rates = new double[2];
        ask(REQUESTS, 2, key -> {
            view.get(key, id -> {
                loads.incrementAndGet();
                return "event " + id;
            });
            if (asked.incrementAndGet() == FIRST) {
                rates[0] = 100 - loads.get() * 100.0 / FIRST;
            }
        });
        rates[1] = 100 - loads.get() * 100.0 / REQUESTS;
        return rates;
    }

    @Test
    void aLossIsNoticedAndThePopularKeysAreBackBeforeTheyAreAskedFor() {
        PopularKeys<Integer> popular = PopularKeys.top(2_000);
        try (RedisCacheAdapter cache = redis();
                RedisTestLog log = RedisTestLog.open()) {
            Cache<Integer, String> view = events(cache);
            ask(LEARNT_FROM, 1, popular::accept);
            double[] without = hitRates(view);

            try (PopularWarming<Integer, String> keeping = PopularWarming.of(view, popular, WarmingTest::find)
                    .format(KeyFormat.integers())
                    .savedIn(cache)
                    .every(Duration.ofMillis(50))
                    .warming(warming -> warming.perSecond(100_000))
                    .start()) {
                assertThat(keeping).isNotNull();
                await().until(() -> !log.lines(" event values in ").isEmpty());
                flushAll();
                await().until(() -> !log.lines("lost its data").isEmpty());
                await().until(() -> log.lines(" event values in ").size() == 2);
            }
            double[] with = hitRates(view);

            System.out.printf(
                    "hits after FLUSHALL, Zipf over %,d keys: %.1f %% of the first %,d requests, %.1f %% with warming;"
                            + " %.1f %% of the first %,d, %.1f %% with warming%n",
                    KEYS, without[0], FIRST, with[0], without[1], REQUESTS, with[1]);
            log.lines(" event values in ").forEach(System.out::println);
            assertThat(with[0]).isGreaterThan(without[0] + 20);
            assertThat(with[1]).isGreaterThan(without[1] + 10);
        }
    }

    @Test
    void aRestartOfBothFindsThePopularKeysInTheFile() {
        Path file = folder.resolve("popular");
        try (RedisCacheAdapter cache = redis()) {
            PopularKeys<Integer> popular = PopularKeys.top(2_000);
            try (PopularWarming<Integer, String> keeping = keeping(cache, popular, file)) {
                assertThat(keeping).isNotNull();
                ask(LEARNT_FROM, 1, popular::accept);
            }
        }
        SERVER.restart(); // without a disk
        try (RedisCacheAdapter cache = redis();
                RedisTestLog log = RedisTestLog.open()) {
            assertThat(events(cache).getIfPresent(0)).isNull();
            PopularKeys<Integer> popular = PopularKeys.top(2_000);
            try (PopularWarming<Integer, String> keeping = keeping(cache, popular, file)) {
                assertThat(popular.keys()).hasSizeGreaterThan(500).contains(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
                await().until(() -> !log.lines(" event values in ").isEmpty());
                assertThat(keeping.warm().loaded()).isZero();
            }
            double[] with = hitRates(events(cache));
            System.out.printf(
                    "hits after both were restarted: %.1f %% of the first %,d requests, %.1f %% of the first %,d%n",
                    with[0], FIRST, with[1], REQUESTS);
            assertThat(with[0]).isGreaterThan(70);
        }
    }

    private static PopularWarming<Integer, String> keeping(
            RedisCacheAdapter cache, PopularKeys<Integer> popular, Path file) {
        return PopularWarming.of(events(cache), popular, WarmingTest::find)
                .format(KeyFormat.integers())
                .savedIn(cache)
                .savedIn(file)
                .warming(warming -> warming.perSecond(100_000))
                .start();
    }

    @Test
    void processesThatWarmAtOnceLoadEachKeyOnce() throws Exception {
        try (RedisCacheAdapter one = redis();
                RedisCacheAdapter other = redis()) {
            AtomicInteger loaded = new AtomicInteger();
            var runs = IntStream.range(0, 4)
                    .mapToObj(i -> Warming.of(events(i % 2 == 0 ? one : other))
                            .batch(50)
                            .perSecond(1_000_000)
                            .inBackground()
                            .keys(IntStream.range(0, 2_000).boxed().toList(), ids -> {
                                loaded.addAndGet(ids.size());
                                return find(ids);
                            }))
                    .toList();
            long reported = 0;
            for (var run : runs) {
                WarmReport report = run.done().toCompletableFuture().get();
                assertThat(report.warm()).isEqualTo(2_000);
                reported += report.loaded();
            }

            assertThat(loaded).hasValue(2_000);
            assertThat(reported).isEqualTo(2_000);
        }
    }
}
