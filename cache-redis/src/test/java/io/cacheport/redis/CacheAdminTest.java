package io.cacheport.redis;

import static io.cacheport.aside.CacheAside.withCache;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import io.cacheport.CacheServicePort;
import io.cacheport.admin.CacheAdmin;
import io.cacheport.admin.KeyBytes;
import io.cacheport.admin.KeyRequests;
import io.cacheport.admin.WarmStatus;
import io.cacheport.aside.Cache;
import io.cacheport.aside.CachePolicy;
import io.cacheport.behind.BufferedValues;
import io.cacheport.behind.WriteBehind;
import io.cacheport.guard.CircuitState;
import io.cacheport.inmemory.InMemoryCacheAdapter;
import io.cacheport.key.KeySpace;
import io.cacheport.key.ScopedCache;
import io.cacheport.lock.LockOptions;
import io.cacheport.lock.Locks;
import io.cacheport.testkit.server.RedisFixture;
import io.cacheport.tiered.Tiered;
import io.cacheport.tiered.TieredCache;
import io.cacheport.warm.WarmReport;
import io.cacheport.warm.Warming;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class CacheAdminTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final InMemoryCacheAdapter memory = InMemoryCacheAdapter.create();

    @AfterEach
    void close() {
        memory.close();
    }

    @Test
    void removesAndSaysHowMuchAndNotWhat() {
        try (CacheAdmin admin = CacheAdmin.of(memory).build();
                RedisTestLog log = RedisTestLog.open()) {
            memory.set("user:ada@example.org", 1, MINUTE);
            memory.set("user:2", 1, MINUTE);
            memory.set("job:1", 1, MINUTE);

            assertThat(admin.clear("user:ada@*")).isEqualTo(1);
            assertThat(admin.clear("user:*")).isEqualTo(1);
            assertThat(admin.clear()).isEqualTo(1);
            assertThat(admin.statistics().deletes()).isEqualTo(3);
            assertThat(admin.health().status()).isEqualTo("healthy");

            Cache<String, Integer> tagged = Cache.named("t", Integer.class)
                    .policy(CachePolicy.ttl(MINUTE).tags("ada"))
                    .over(memory);
            tagged.get("k", key -> 1);
            admin.invalidateTag("ada");
            assertThat(tagged.get("k", key -> 2)).isEqualTo(2);

            List<String> lines = log.lines("administration");
            assertThat(lines).hasSize(4).allMatch(line -> line.startsWith("INFO"));
            assertThat(lines.get(0)).endsWith(" removed=1");
            assertThat(log.lines()).noneMatch(line -> line.contains("ada") || line.contains("user"));
        }
    }

    @Test
    void steersCircuitsWhereThereAreSome() {
        try (RedisCacheAdapter redis =
                        RedisCacheAdapter.connect(RedisFixture.shared().uri());
                TieredCache tiered = Tiered.near(InMemoryCacheAdapter.create()).far(redis)) {
            for (CacheServicePort one : List.of(redis, tiered)) {
                CacheAdmin admin = CacheAdmin.of(one).build();
                admin.openCircuit();
                assertThat(admin.circuits().values()).containsOnly(CircuitState.FORCED_OPEN);
                admin.closeCircuit();
                assertThat(redis.guard().circuits().values()).containsOnly(CircuitState.FORCED_CLOSED);
                admin.releaseCircuit();
                assertThat(admin.circuits().values()).containsOnly(CircuitState.CLOSED);
            }
            CacheServicePort part = ScopedCache.over(redis, KeySpace.of("part"));
            for (CacheServicePort one : List.of(memory, part)) {
                CacheAdmin admin = CacheAdmin.of(one).build();
                assertThat(admin.circuits()).isEmpty();
                assertThatIllegalStateException().isThrownBy(admin::openCircuit);
                assertThatIllegalStateException().isThrownBy(admin::closeCircuit);
                assertThatIllegalStateException().isThrownBy(admin::releaseCircuit);
            }
            assertThat(redis.guard().circuits().values()).containsOnly(CircuitState.CLOSED);
        }
    }

    @Test
    void aWarmingRunsOnceAtATimeAndTellsHowFarItIs() throws Exception {
        Cache<Integer, String> view = Cache.named("event", String.class).over(memory);
        CountDownLatch secondBatch = new CountDownLatch(1);
        try (CacheAdmin admin = CacheAdmin.of(memory)
                .warming(
                        "events",
                        progress -> Warming.of(view)
                                .batch(1)
                                .onProgress(progress)
                                .keys(List.of(1, 2), keys -> {
                                    if (keys.contains(2)) {
                                        secondBatch.await();
                                    }
                                    Map<Integer, String> all = new HashMap<>();
                                    keys.forEach(key -> all.put(key, "event " + key));
                                    return all;
                                }))
                .build()) {
            assertThat(admin.warmings()).isEqualTo(Map.of("events", new WarmStatus(false, null, null)));

            assertThat(admin.warm("events")).isTrue();
            await().until(() -> loaded(admin) == 1);
            assertThat(status(admin).running()).isTrue();
            assertThat(admin.warm("events")).isFalse();
            secondBatch.countDown();
            await().until(() -> !status(admin).running());

            assertThat(loaded(admin)).isEqualTo(2);
            assertThat(view.getIfPresent(2)).isEqualTo("event 2");
            assertThat(admin.warm("events")).isTrue();
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> admin.warm("nothing"))
                    .withMessageContainingAll("nothing", "events");
        }
    }

    private static WarmStatus status(CacheAdmin admin) {
        return admin.warmings().values().iterator().next();
    }

    private static long loaded(CacheAdmin admin) {
        WarmReport report = status(admin).report();
        return report == null ? 0 : report.loaded();
    }

    @Test
    void aWarmingThatFailsIsToldByItsClassAndOneThatRunsIsInterruptedByClose() {
        CountDownLatch never = new CountDownLatch(1);
        CacheAdmin admin = CacheAdmin.of(memory)
                .warming("broken", progress -> {
                    throw new IllegalStateException("password");
                })
                .warming("endless", progress -> {
                    never.await();
                    throw new AssertionError("it ended");
                })
                .build();
        admin.warm("broken");
        admin.warm("endless");
        await().until(() -> "java.lang.IllegalStateException"
                .equals(statusOf(admin, "broken").failure()));
        assertThat(statusOf(admin, "endless").running()).isTrue();

        admin.close();
        await().until(() -> "java.lang.InterruptedException"
                .equals(statusOf(admin, "endless").failure()));
        assertThatIllegalStateException().isThrownBy(() -> admin.warm("broken"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CacheAdmin.of(memory)
                        .warming("x", progress -> nothing())
                        .warming("x", progress -> nothing()));
    }

    private static WarmReport nothing() {
        throw new IllegalStateException();
    }

    @Test
    void topKeysAreOffUnlessAskedFor() {
        try (CacheAdmin admin = CacheAdmin.of(memory).build()) {
            assertThatIllegalStateException().isThrownBy(() -> admin.topKeysByTraffic(1));
            assertThatIllegalStateException().isThrownBy(() -> admin.topKeysBySize(1));
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CacheAdmin.of(memory).topKeys(0));
    }

    @Test
    void theKeysThatAreAskedForMost() {
        CacheAdmin admin = CacheAdmin.of(memory).topKeys(3).build();
        try (InMemoryCacheAdapter other = InMemoryCacheAdapter.create()) {
            CacheServicePort part = ScopedCache.over(memory, KeySpace.of("part"));
            Cache<String, Integer> view = Cache.named("view", Integer.class).over(memory);
            for (int i = 0; i < 20_000; i++) {
                withCache(memory, "once:" + i, MINUTE, Integer.class, () -> 1);
                withCache(other, "other", MINUTE, Integer.class, () -> 1);
                if (i % 2 == 0) {
                    withCache(memory, "hot", MINUTE, Integer.class, () -> 1);
                }
                if (i % 3 == 0) {
                    view.getAll(List.of("warm"), keys -> Map.of("warm", 1));
                }
                if (i % 4 == 0) {
                    withCache(part, "scoped", MINUTE, Integer.class, () -> 1);
                }
            }

            List<KeyRequests> top = admin.topKeysByTraffic(10);
            assertThat(top)
                    .extracting(KeyRequests::key)
                    .containsExactly("hot", "view:warm", KeySpace.of("part").key("scoped"));
            assertThat(top.get(0).requests()).isBetween(8_000L, 12_000L);
            assertThat(admin.topKeysByTraffic(1)).hasSize(1);

            long before = admin.topKeysByTraffic(1).get(0).requests();
            admin.close();
            IntStream.range(0, 1_000).forEach(i -> withCache(memory, "hot", MINUTE, Integer.class, () -> 1));
            assertThat(admin.topKeysByTraffic(1).get(0).requests()).isEqualTo(before);
        }
    }

    @Test
    void everyWayOfAskingCounts() {
        Cache<String, Integer> view = Cache.named("v", Integer.class).over(memory);
        try (CacheAdmin admin = CacheAdmin.of(memory).topKeys(10).build()) {
            for (int i = 0; i < 400; i++) { // of which one in eight is looked at
                view.get("get", key -> 1);
                view.lookup("lookup", key -> 1);
                view.getWithContext("context", (key, context) -> 1);
                view.getIfPresent("present");
                view.getAll(List.of("all"), keys -> Map.of("all", 1));
            }
            assertThat(admin.topKeysByTraffic(10))
                    .extracting(KeyRequests::key)
                    .containsExactlyInAnyOrder("v:get", "v:lookup", "v:context", "v:present", "v:all");
        }
    }

    @Test
    void theKeysOfTheLargestValuesOnRedis() {
        try (RedisCacheAdapter redis = RedisCacheAdapter.builder(
                                RedisFixture.shared().uri())
                        .keyPrefix("admin-test:")
                        .build();
                CacheAdmin admin = CacheAdmin.of(redis).topKeys(2).build();
                BufferedValues<String> later = WriteBehind.named("admin").values(redis, String.class, batch -> {})) {
            await().until(redis::isConnected);
            redis.set("large", "x".repeat(10_000), MINUTE);
            redis.set("larger", "x".repeat(20_000), MINUTE);
            redis.set("gone", "x".repeat(30_000), MINUTE);
            for (int i = 0; i < 100; i++) {
                redis.set("small:" + i, i, MINUTE);
            }
            withCache(redis, "loaded", MINUTE, String.class, () -> "x".repeat(15_000));
            Locks.of(redis).withLock("l", LockOptions.lease(MINUTE), lock -> 1);
            redis.del("gone");

            assertThat(admin.topKeysBySize(5))
                    .containsExactly(new KeyBytes("larger", 20_002), new KeyBytes("loaded", 15_002));
            assertThat(admin.topKeysBySize(1)).containsExactly(new KeyBytes("larger", 20_002));

            redis.set("larger", "x", MINUTE);
            await().until(
                            () -> { // one read of eight is looked at
                                redis.get("larger", String.class);
                                return admin.topKeysBySize(1).equals(List.of(new KeyBytes("loaded", 15_002)));
                            });
            later.put("waits", "x".repeat(40_000)); // what is no entry, and not asked after now
            redis.guard().forceOpen();
            assertThat(admin.topKeysBySize(1)).containsExactly(new KeyBytes("loaded", 15_002));
            redis.guard().release();
            redis.clear();
            assertThat(admin.topKeysBySize(1)).isEmpty();
        }
    }

    @Test
    void sizesInMemoryAreKnownWhereItCopies() {
        try (InMemoryCacheAdapter copying =
                        InMemoryCacheAdapter.builder().copying().build();
                CacheAdmin admin = CacheAdmin.of(copying).topKeys(10).build();
                CacheAdmin ofReferences = CacheAdmin.of(memory).topKeys(10).build()) {
            copying.set("k", "xxx", MINUTE);
            memory.set("k", "xxx", MINUTE);

            assertThat(admin.topKeysBySize(10)).containsExactly(new KeyBytes("k", 5));
            assertThat(ofReferences.topKeysBySize(10)).isEmpty();
        }
    }

    private static WarmStatus statusOf(CacheAdmin admin, String warming) {
        return Objects.requireNonNull(admin.warmings().get(warming));
    }
}
