package io.cacheport.redis;

import static io.cacheport.aside.CacheAside.withCache;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheport.TypeRef;
import io.cacheport.aside.Cache;
import io.cacheport.aside.CacheAside;
import io.cacheport.aside.CacheLoader;
import io.cacheport.aside.CachePolicy;
import io.cacheport.lease.Sighting;
import io.cacheport.lock.HeldLock;
import io.cacheport.lock.HeldLock.Extension;
import io.cacheport.lock.HeldLock.Release;
import io.cacheport.lock.LockAttempt.Acquired;
import io.cacheport.lock.LockOptions;
import io.cacheport.lock.Locks;
import io.cacheport.testkit.server.RedisAge;
import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What each operation costs the server. */
class RedisCommandsTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final RedisServer SERVER = RedisServer.start();

    private final RespClient client = SERVER.client();
    private final RedisCacheAdapter cache = RedisCacheAdapter.builder(SERVER.uri())
            .commandTimeout(Duration.ofSeconds(10))
            .build();

    @BeforeEach
    void empty() {
        client.call("FLUSHALL");
    }

    @AfterEach
    void close() {
        cache.close();
        client.close();
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    private Map<String, Long> commandsOf(Runnable operations) {
        RedisTestCommands commands = RedisTestCommands.countFromNow(client);
        operations.run();
        return commands.counts();
    }

    private static Map<String, Integer> values(int count) {
        Map<String, Integer> values = new LinkedHashMap<>();
        for (int i = 0; i < count; i++) {
            values.put("k" + i, i);
        }
        return values;
    }

    @Test
    void oneCommandForOneKey() {
        assertThat(commandsOf(() -> cache.get("k", String.class))).isEqualTo(Map.of("get", 1L));
        assertThat(commandsOf(() -> cache.set("k", "v", MINUTE))).isEqualTo(Map.of("set", 1L));
        assertThat(commandsOf(() -> cache.get("k", String.class))).isEqualTo(Map.of("get", 1L));
        assertThat(commandsOf(() -> cache.del("k"))).isEqualTo(Map.of("unlink", 1L));
    }

    /** In one round trip; the head of what is stored tells a value from a lease. */
    @Test
    void twoForWhatThereIsToKnowAndAScriptForExpire() {
        cache.set("k", "v", MINUTE);
        cache.expire("k", MINUTE); // now the server knows the script

        assertThat(commandsOf(() -> cache.exists("k"))).isEqualTo(Map.of("exists", 1L, "getrange", 1L));
        assertThat(commandsOf(() -> cache.ttl("k"))).isEqualTo(Map.of("pttl", 1L, "getrange", 1L));
        assertThat(commandsOf(() -> cache.expire("k", MINUTE)))
                .isEqualTo(Map.of("evalsha", 1L, "getrange", 1L, "pexpire", 1L));
    }

    @Test
    void aHundredKeysAtOnce() {
        Map<String, Integer> values = values(100);
        List<String> keys = List.copyOf(values.keySet());

        assertThat(commandsOf(() -> cache.setAll(values, MINUTE))).isEqualTo(Map.of("set", 100L));
        assertThat(commandsOf(() -> cache.getAll(keys, Integer.class))).isEqualTo(Map.of("mget", 1L));
        assertThat(commandsOf(() -> cache.del(keys))).isEqualTo(Map.of("unlink", 1L));
    }

    @Test
    void bulksOfFiveHundred() {
        List<String> keys = List.copyOf(values(1_001).keySet());

        assertThat(commandsOf(() -> cache.getAll(keys, Integer.class))).isEqualTo(Map.of("mget", 3L));
        assertThat(commandsOf(() -> cache.del(keys))).isEqualTo(Map.of("unlink", 3L));
    }

    @Test
    void nothingForNothing() {
        assertThat(commandsOf(() -> {
                    cache.getAll(List.of(), Integer.class);
                    cache.setAll(Map.of(), MINUTE);
                    cache.del(List.of());
                }))
                .isEmpty();
    }

    /** Look, lease, fill; the last is a script, and what it does is counted with it. */
    @Test
    void withCacheTakesThreeForAMissAndOneForAHit() {
        load("another"); // now the server knows the script

        assertThat(commandsOf(() -> load("k"))).isEqualTo(Map.of("get", 1L, "set", 2L, "evalsha", 1L, "getrange", 1L));
        assertThat(commandsOf(() -> load("k"))).isEqualTo(Map.of("get", 1L));
    }

    private void load(String key) {
        assertThat(withCache(cache, key, MINUTE, String.class, () -> "loaded")).isEqualTo("loaded");
    }

    /** In one round trip; and the first of those who find it stale has it refreshed, which is two scripts. */
    @Test
    void aStaleHitTakesTwo() throws Exception {
        CachePolicy policy = CachePolicy.ttl(Duration.ofMillis(1)).jitter(0).staleWhileRevalidate(MINUTE);
        CountDownLatch release = new CountDownLatch(1);
        load("k", policy, () -> "loaded");
        RedisAge.passTime(client, Duration.ofMillis(2));
        load(
                "k",
                policy,
                () -> { // takes the lease; from here on it is being refreshed
                    release.await();
                    return "loaded";
                });
        Awaitility.await().until(() -> isLeased("k"));

        assertThat(commandsOf(() -> load("k", policy, () -> "not called"))).isEqualTo(Map.of("get", 1L, "pttl", 1L));
        release.countDown();
    }

    private boolean isLeased(String key) {
        Sighting<String> seen = cache.leases().look(key, TypeRef.of(String.class), true, Set.of());
        return seen != null && seen.leased();
    }

    /** The tags come with the value. */
    @Test
    void aTaggedHitTakesOneMoreForEachTag() {
        CachePolicy policy = CachePolicy.ttl(MINUTE).tags("a", "b");
        load("k", policy, () -> "loaded");

        assertThat(commandsOf(() -> load("k", policy, () -> "not called"))).isEqualTo(Map.of("get", 3L, "pttl", 1L));
        assertThat(commandsOf(() -> CacheAside.invalidateTag(cache, "a"))).isEqualTo(Map.of("unlink", 2L));
    }

    /** However many values the view has. */
    @Test
    void aGenerationIsEndedByTwo() {
        Cache<String, String> view =
                Cache.named("view", String.class).ttl(MINUTE).generation().over(cache);
        for (int i = 0; i < 10; i++) {
            view.get("k" + i, key -> "loaded");
        }

        assertThat(commandsOf(view::invalidateAll)).isEqualTo(Map.of("unlink", 2L));
    }

    private <X extends Exception> void load(String key, CachePolicy policy, CacheLoader<String, X> loader) throws X {
        assertThat(withCache(cache, key, policy, TypeRef.of(String.class), loader))
                .isEqualTo("loaded");
    }

    /** And what each script does. */
    @Test
    void aLockTakesOneScriptEach() {
        Locks locks = Locks.of(cache);
        LockOptions options = LockOptions.lease(MINUTE);
        HeldLock[] held = {take(locks, options)};
        held[0].extend(MINUTE);
        held[0].release(); // now the server knows the scripts

        assertThat(commandsOf(() -> held[0] = take(locks, options)))
                .isEqualTo(Map.of("evalsha", 1L, "get", 2L, "set", 2L, "time", 1L));
        assertThat(commandsOf(() -> assertThat(locks.tryLock("name", options)).isNotInstanceOf(Acquired.class)))
                .isEqualTo(Map.of("evalsha", 1L, "get", 1L, "pttl", 1L));
        assertThat(commandsOf(
                        () -> assertThat(held[0].extend(MINUTE.multipliedBy(2))).isEqualTo(Extension.EXTENDED)))
                .isEqualTo(Map.of("evalsha", 1L, "getrange", 1L, "pexpire", 1L, "pttl", 1L));
        assertThat(commandsOf(() -> assertThat(held[0].release()).isEqualTo(Release.RELEASED)))
                .isEqualTo(Map.of("del", 1L, "evalsha", 1L, "getrange", 1L));
    }

    private static HeldLock take(Locks locks, LockOptions options) {
        return ((Acquired) locks.tryLock("name", options)).lock();
    }

    @Test
    void aRefusedValueTakesItsPredecessorAlong() {
        assertThat(commandsOf(() -> cache.set("k", "x".repeat(2_000_000), MINUTE)))
                .isEqualTo(Map.of("unlink", 1L));
    }

    @Test
    void aFlushIsAWalkInSmallSteps() {
        List<String[]> sets = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            sets.add(new String[] {"SET", "cache:" + (i % 4 == 0 ? "old:" : "new:") + i, "1"});
        }
        client.pipeline(sets);

        Map<String, Long> commands =
                commandsOf(() -> assertThat(cache.flush("old:*")).isEqualTo(5_000));

        assertThat(commands).containsOnlyKeys("scan", "unlink");
        assertThat(commands.get("scan")).isBetween(20L, 100L);
        assertThat(commands.get("unlink")).isLessThanOrEqualTo(commands.get("scan"));
    }
}
