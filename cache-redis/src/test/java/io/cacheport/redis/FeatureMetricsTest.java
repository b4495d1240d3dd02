package io.cacheport.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import io.cacheport.aside.Cache;
import io.cacheport.behind.BufferedCounters;
import io.cacheport.behind.BufferedValues;
import io.cacheport.behind.WriteBehind;
import io.cacheport.events.Invalidation;
import io.cacheport.events.Invalidations;
import io.cacheport.inmemory.InMemoryCacheAdapter;
import io.cacheport.limit.RateLimit;
import io.cacheport.lock.HeldLock;
import io.cacheport.lock.LockAttempt.Acquired;
import io.cacheport.lock.LockOptions;
import io.cacheport.lock.Locks;
import io.cacheport.metrics.CacheFeatureMetrics;
import io.cacheport.warm.Warming;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class FeatureMetricsTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final LockOptions ONCE = LockOptions.lease(MINUTE);

    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final InMemoryCacheAdapter cache = InMemoryCacheAdapter.create(1_000_000);

    @AfterEach
    void close() {
        cache.close();
    }

    private double counter(String name, String... tags) {
        return registry.get(name).tags(tags).tag("cache", "x").functionCounter().count();
    }

    private double gauge(String name) {
        return registry.get(name).tag("cache", "x").gauge().value();
    }

    @Test
    void locks() {
        Locks locks = CacheFeatureMetrics.monitor(registry, Locks.of(cache), "x");
        HeldLock held = ((Acquired) locks.tryLock("a", ONCE)).lock();
        locks.tryLock("a", ONCE.waitAtMost(Duration.ofMillis(20)));
        Thread.currentThread().interrupt();
        locks.tryLock("a", ONCE);
        assertThat(Thread.interrupted()).isTrue();

        assertThat(gauge("cache.locks.active")).isEqualTo(1);
        assertThat(counter("cache.locks.attempts", "result", "acquired")).isEqualTo(1);
        assertThat(counter("cache.locks.attempts", "result", "busy")).isEqualTo(1);
        assertThat(counter("cache.locks.attempts", "result", "interrupted")).isEqualTo(1);
        assertThat(counter("cache.locks.attempts", "result", "unavailable")).isZero();
        held.extend(MINUTE);
        held.close();
        assertThat(gauge("cache.locks.active")).isZero();
        assertThat(counter("cache.locks.ended", "how", "released")).isEqualTo(1);
        assertThat(counter("cache.locks.ended", "how", "lost")).isZero();
        assertThat(counter("cache.locks.renewals")).isEqualTo(1);
        Timer wait = registry.get("cache.lock.wait").tag("cache", "x").timer();
        assertThat(wait.count()).isEqualTo(3);
        assertThat(wait.max(TimeUnit.MILLISECONDS)).isBetween(20.0, 5_000.0);
    }

    private record Changed(int id) {}

    @Test
    void events() {
        try (Invalidations rules = CacheFeatureMetrics.monitor(
                registry,
                Invalidations.over(cache, "channel")
                        .on(Changed.class, "changed", changed -> Invalidation.keys("k:" + changed.id()))
                        .start(),
                "x")) {
            rules.publish(new Changed(1));

            assertThat(counter("cache.events.published", "result", "stored")).isEqualTo(1);
            assertThat(counter("cache.events.published", "result", "kept")).isZero();
            assertThat(counter("cache.events.published", "result", "refused")).isZero();
            assertThat(gauge("cache.events.pending")).isZero();
            await().until(() -> counter("cache.events.delivered") == 1);
            assertThat(counter("cache.events.failed")).isZero();
            assertThat(counter("cache.events.unknown")).isZero();
            assertThat(counter("cache.events.gaps")).isZero();
        }
    }

    @Test
    void writeBehind() {
        WriteBehind later =
                WriteBehind.named("views").every(Duration.ofHours(1)).limit(2);
        try (BufferedCounters views = CacheFeatureMetrics.monitor(registry, later.counters(cache, batch -> {}), "x");
                BufferedValues<String> names = CacheFeatureMetrics.monitor(
                        registry,
                        WriteBehind.named("names").every(Duration.ofHours(1)).values(cache, String.class, batch -> {}),
                        "values")) {
            views.add("a", 1);
            views.add("a", 1);
            views.add("b", 1);
            views.add("c", 1);
            names.put("n", "ada");

            assertThat(gauge("cache.behind.waiting")).isEqualTo(2);
            assertThat(counter("cache.behind.changes", "result", "buffered")).isEqualTo(3);
            assertThat(counter("cache.behind.changes", "result", "direct")).isEqualTo(1);
            assertThat(counter("cache.behind.changes", "result", "uncertain")).isZero();
            views.drain();
            assertThat(counter("cache.behind.batches")).isEqualTo(1);
            assertThat(counter("cache.behind.written")).isEqualTo(2);
            assertThat(counter("cache.behind.failures")).isZero();
            assertThat(counter("cache.behind.dead.letters")).isZero();
            assertThat(gauge("cache.behind.waiting")).as("asked once a second").isEqualTo(2);
            assertThat(registry.get("cache.behind.waiting")
                            .tag("cache", "values")
                            .gauge()
                            .value())
                    .isEqualTo(1);
        }
    }

    @Test
    void aStoreThatDoesNotSayWhatWaitsIsNoNumber() {
        try (BufferedCounters views =
                CacheFeatureMetrics.monitor(registry, WriteBehind.named("v").counters(cache, batch -> {}), "x")) {
            cache.close();
            assertThat(gauge("cache.behind.waiting")).isNaN();
            assertThat(views.stats().buffered()).isZero();
        }
    }

    @Test
    void warming() {
        Cache<Integer, String> view = Cache.named("event", String.class).over(cache);
        Warming<Integer, String> warming = CacheFeatureMetrics.monitor(registry, Warming.of(view), "x");
        assertThat(gauge("cache.warm.last.age")).isNaN();

        List<Integer> ids = List.of(1, 2, 3);
        for (int i = 0; i < 2; i++) {
            warming.keys(
                    ids,
                    keys -> keys.stream()
                            .filter(key -> key < 3)
                            .collect(Collectors.toMap(key -> key, key -> "event " + key)));
        }
        warming.giveUpAfter(1).keys(List.of(9), keys -> {
            throw new IllegalStateException();
        });

        assertThat(keys("loaded")).isEqualTo(2);
        assertThat(keys("found")).isEqualTo(2);
        assertThat(keys("absent")).isEqualTo(2);
        assertThat(keys("refused")).isZero();
        assertThat(keys("failed")).isEqualTo(1);
        assertThat(runs("complete")).isEqualTo(2);
        assertThat(runs("gave_up")).isEqualTo(1);
        assertThat(runs("cancelled")).isZero();
        assertThat(gauge("cache.warm.last.duration")).isBetween(0.0, 30.0);
        assertThat(gauge("cache.warm.last.age")).isBetween(0.0, 30.0);
    }

    private double keys(String outcome) {
        return registry.get("cache.warm.keys")
                .tags("cache", "x", "outcome", outcome)
                .counter()
                .count();
    }

    private long runs(String state) {
        return registry.get("cache.warm.runs")
                .tags("cache", "x", "state", state)
                .timer()
                .count();
    }

    @Test
    void limits() {
        RateLimit limit = CacheFeatureMetrics.monitor(
                registry, RateLimit.of(cache).allow(1).per(MINUTE), "x");
        limit.tryAcquire("a");
        limit.tryAcquire("a");
        limit.tryAcquire("a");
        cache.close();
        limit.tryAcquire("a");

        assertThat(counter("cache.limit.decisions", "result", "allowed")).isEqualTo(1);
        assertThat(counter("cache.limit.decisions", "result", "denied")).isEqualTo(2);
        assertThat(counter("cache.limit.decisions", "result", "unknown")).isEqualTo(1);
    }

    @Test
    void noNumberOfKeysMakesMoreMeters() {
        Locks locks = CacheFeatureMetrics.monitor(registry, Locks.of(cache), "x");
        RateLimit limit = CacheFeatureMetrics.monitor(
                registry, RateLimit.of(cache).allow(1).per(MINUTE), "x");
        Cache<Integer, Integer> view = Cache.named("event", Integer.class).over(cache);
        Warming<Integer, Integer> warming = CacheFeatureMetrics.monitor(
                registry, Warming.of(view).batch(10_000).perSecond(Integer.MAX_VALUE), "x");
        try (BufferedCounters views =
                CacheFeatureMetrics.monitor(registry, WriteBehind.named("v").counters(cache, batch -> {}), "x")) {
            use(0, locks, limit, views);
            int before = registry.getMeters().size();

            for (int i = 0; i < 100_000; i++) {
                use(i, locks, limit, views);
            }
            warming.keys(
                    IntStream.range(0, 100_000).boxed().toList(),
                    keys -> keys.stream().collect(Collectors.toMap(key -> key, key -> key)));

            assertThat(registry.getMeters()).hasSize(before);
            assertThat(keys("loaded")).isEqualTo(100_000);
            assertThat(registry.getMeters().stream()
                            .flatMap(meter -> meter.getId().getTags().stream())
                            .map(tag -> Map.entry(tag.getKey(), tag.getValue()))
                            .distinct())
                    .hasSizeLessThan(30);
        }
    }

    private static void use(int i, Locks locks, RateLimit limit, BufferedCounters views) {
        locks.withLock("lock:" + i, ONCE.withoutRenewal(), lock -> i);
        limit.tryAcquire("limit:" + i);
        if (i % 10 == 0) {
            views.add("view:" + i, 1);
        }
    }

    @Test
    void aNameIsWanted() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CacheFeatureMetrics.monitor(registry, Locks.of(cache), " "));
    }
}
