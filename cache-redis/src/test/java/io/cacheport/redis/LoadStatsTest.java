package io.cacheport.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import io.cacheport.CacheServicePort;
import io.cacheport.LoadStats;
import io.cacheport.aside.Cache;
import io.cacheport.aside.CachePolicy;
import io.cacheport.aside.LoadTimeoutException;
import io.cacheport.inmemory.InMemoryCacheAdapter;
import io.cacheport.spi.CacheTelemetry;
import io.cacheport.testkit.server.RedisFixture;
import io.cacheport.tiered.Tiered;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the engine counts is the same over every cache. */
class LoadStatsTest {

    private static final Duration TTL = Duration.ofMinutes(1);

    private @Nullable CacheServicePort cache;

    enum Over {
        MEMORY,
        REDIS,
        NEAR
    }

    private CacheServicePort open(Over over) {
        CacheServicePort opened = switch (over) {
            case MEMORY -> InMemoryCacheAdapter.create();
            case REDIS -> redis();
            case NEAR -> Tiered.near(InMemoryCacheAdapter.create()).far(redis());
        };
        cache = opened;
        return opened;
    }

    private static CacheServicePort redis() {
        return redis("loads-" + UUID.randomUUID() + ":");
    }

    /** With time for a machine that has much to do: a call that timed out would be a load more. */
    private static CacheServicePort redis(String prefix) {
        return RedisCacheAdapter.builder(RedisFixture.shared().uri())
                .keyPrefix(prefix)
                .commandTimeout(Duration.ofSeconds(10))
                .build();
    }

    @AfterEach
    void close() {
        if (cache != null) {
            cache.close();
        }
    }

    private static LoadStats statsOf(CacheServicePort cache) {
        return Objects.requireNonNull(CacheTelemetry.of(cache)).loads().snapshot();
    }

    private static Cache<String, String> view(CacheServicePort cache, CachePolicy policy) {
        return Cache.named("v", String.class).policy(policy).over(cache);
    }

    @ParameterizedTest
    @EnumSource
    void loadsByOutcomeAndTheirTime(Over over) {
        Cache<String, String> view = view(open(over), CachePolicy.ttl(TTL));

        view.get("a", key -> "1");
        view.get("a", key -> "2"); // a hit: nothing of the engine's
        view.getAll(List.of("b", "c"), keys -> Map.of("b", "1", "c", "1"));
        assertThatIllegalStateException()
                .isThrownBy(() -> view.get("d", key -> {
                    throw new IllegalStateException();
                }));

        LoadStats stats = statsOf(Objects.requireNonNull(cache));
        assertThat(stats.succeeded()).isEqualTo(2);
        assertThat(stats.failed()).isEqualTo(1);
        assertThat(stats.loads()).isEqualTo(3);
        assertThat(stats.time()).isPositive();
        assertThat(stats.averageTime()).isLessThanOrEqualTo(stats.time());
        assertThat(stats.coalesced() + stats.staleHits() + stats.negativeHits() + stats.refusedFills())
                .isZero();
    }

    @ParameterizedTest
    @EnumSource
    void callersWhoShareALoad(Over over) throws Exception {
        Cache<String, String> view = view(open(over), CachePolicy.ttl(TTL));
        CountDownLatch loading = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        try {
            List<Future<@Nullable String>> calls = new ArrayList<>();
            calls.add(threads.submit(() -> view.get("k", key -> {
                loading.countDown();
                go.await();
                return "v";
            })));
            loading.await();
            List<Thread> waiting = new ArrayList<>();
            for (int i = 0; i < 3; i++) {
                calls.add(threads.submit(() -> {
                    synchronized (waiting) {
                        waiting.add(Thread.currentThread());
                    }
                    return view.get("k", key -> "another");
                }));
            }
            await("all wait").until(() -> {
                synchronized (waiting) {
                    return waiting.size() == 3
                            && waiting.stream().allMatch(thread -> thread.getState() == Thread.State.WAITING);
                }
            });
            go.countDown();
            for (Future<@Nullable String> call : calls) {
                assertThat(call.get()).isEqualTo("v");
            }
        } finally {
            threads.shutdownNow();
        }

        assertThat(statsOf(Objects.requireNonNull(cache)).loads()).isEqualTo(1);
        assertThat(statsOf(Objects.requireNonNull(cache)).coalesced()).isEqualTo(3);
    }

    @ParameterizedTest
    @EnumSource
    void staleAndNegativeHitsAndTimeouts(Over over) {
        CacheServicePort opened = open(over);
        Cache<String, String> negative = view(opened, CachePolicy.ttl(TTL).negativeTtl(TTL));
        negative.get("none", key -> null);
        negative.get("none", key -> "there");
        negative.get("none", key -> "there");

        assertThat(statsOf(opened).negativeHits()).isEqualTo(2);

        CountDownLatch never = new CountDownLatch(1);
        Cache<String, String> hard = view(opened, CachePolicy.ttl(TTL).hardTimeout(Duration.ofMillis(20)));
        assertThatExceptionOfType(LoadTimeoutException.class)
                .isThrownBy(() -> hard.get("slow", key -> {
                    never.await();
                    return "late";
                }));
        never.countDown();

        assertThat(statsOf(opened).timeouts()).isEqualTo(1);
        await("its load has ended").until(() -> statsOf(opened).succeeded() == 2);

        Cache<String, String> stale =
                view(opened, CachePolicy.ttl(Duration.ofMillis(1)).staleWhileRevalidate(TTL));
        AtomicLong loads = new AtomicLong();
        stale.get("old", key -> "v" + loads.incrementAndGet());
        await("a stale one was served and refreshed").until(() -> {
            stale.get("old", key -> "v" + loads.incrementAndGet());
            return statsOf(opened).staleHits() > 0 && statsOf(opened).refreshes() > 0 && loads.get() > 1;
        });
    }

    @ParameterizedTest
    @EnumSource
    void aFillThatCameTooLate(Over over) {
        CacheServicePort opened = open(over);
        Cache<String, String> view = view(opened, CachePolicy.ttl(TTL));

        view.get("k", key -> {
            view.invalidate(key);
            return "old";
        });
        view.getAll(List.of("a", "b"), keys -> {
            view.invalidate("a");
            return Map.of("a", "old", "b", "new");
        });

        assertThat(statsOf(opened).refusedFills()).isEqualTo(2);
        assertThat(view.getIfPresent("a")).isNull();
        assertThat(view.getIfPresent("b")).isEqualTo("new");
    }

    /** Two caches of one store are as two processes. */
    @ParameterizedTest
    @EnumSource(names = {"REDIS", "NEAR"})
    void callersWhoWaitForAnotherProcess(Over over) throws Exception {
        String prefix = "loads-" + UUID.randomUUID() + ":";
        CountDownLatch loading = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        ExecutorService thread = Executors.newSingleThreadExecutor();
        try (CacheServicePort one = redis(prefix);
                CacheServicePort far = redis(prefix)) {
            CacheServicePort other = over == Over.REDIS
                    ? far
                    : Tiered.near(InMemoryCacheAdapter.create()).far(far);
            Future<@Nullable String> first =
                    thread.submit(() -> view(one, CachePolicy.ttl(TTL)).get("k", key -> {
                        loading.countDown();
                        go.await();
                        return "v";
                    }));
            loading.await();
            Thread caller = Thread.currentThread();
            Future<?> opened = Executors.newSingleThreadExecutor(LoadStatsTest::daemon)
                    .submit(() -> {
                        await("the other waits").until(() -> caller.getState() == Thread.State.TIMED_WAITING);
                        go.countDown();
                    });
            assertThat(view(other, CachePolicy.ttl(TTL)).get("k", key -> "mine"))
                    .isEqualTo("v");
            opened.get();
            first.get();

            assertThat(statsOf(other).waits()).isEqualTo(1);
            assertThat(statsOf(one).waits()).isZero();
            assertThat(statsOf(other).loads()).isZero();
        } finally {
            thread.shutdownNow();
        }
    }

    private static Thread daemon(Runnable code) {
        Thread made = new Thread(code);
        made.setDaemon(true);
        return made;
    }
}
