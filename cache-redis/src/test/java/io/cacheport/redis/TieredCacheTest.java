package io.cacheport.redis;

import static io.cacheport.aside.CacheAside.withCache;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cacheport.CacheServicePort;
import io.cacheport.CacheStats;
import io.cacheport.TypeRef;
import io.cacheport.aside.Cache;
import io.cacheport.aside.CacheAside;
import io.cacheport.aside.CachePolicy;
import io.cacheport.aside.CacheResult.Origin;
import io.cacheport.inmemory.InMemoryCacheAdapter;
import io.cacheport.spi.ForwardingCacheService;
import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import io.cacheport.tiered.Coherence;
import io.cacheport.tiered.Tiered;
import io.cacheport.tiered.TieredBuilder;
import io.cacheport.tiered.TieredCache;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.resource.ClientResources;
import io.netty.util.concurrent.DefaultEventExecutorGroup;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The near cache on a server of its own, which is cut off, stopped and restarted. */
class TieredCacheTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration BOUND = Duration.ofMillis(400);
    private static final RedisServer SERVER = RedisServer.start("--enable-debug-command", "local");

    private final List<AutoCloseable> opened = new ArrayList<>();
    private final RespClient admin = SERVER.client();
    private long answers;

    @BeforeEach
    void empty() {
        admin.call("FLUSHALL");
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : opened) {
            one.close();
        }
        admin.close();
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    private static RedisCacheBuilder redis() {
        return RedisCacheAdapter.builder(SERVER.uri()).connectTimeout(Duration.ofSeconds(10));
    }

    private static TieredBuilder near() {
        return Tiered.near(InMemoryCacheAdapter.create()).stalenessBound(BOUND);
    }

    private TieredCache tiered() {
        return opened(near().far(redis().build()));
    }

    private <C extends AutoCloseable> C opened(C cache) {
        opened.add(cache);
        return cache;
    }

    private static <T> @Nullable T nearOf(TieredCache cache, String key, Class<T> type) {
        return cache.getIfLocal(key, TypeRef.of(type), null);
    }

    private static void awaitGone(TieredCache cache, String key) {
        await().atMost(Duration.ofSeconds(5)).until(() -> nearOf(cache, key, String.class) == null);
    }

    private static void awaitServed(TieredCache cache) {
        await().atMost(Duration.ofSeconds(10))
                .until(() -> cache.feedState().proofAges().size()
                        == Math.max(1, cache.feedState().nodes()));
    }

    @Test
    void whatWasReadIsNearUntilSomebodyChangesIt() {
        TieredCache cache = tiered();
        admin.call("SET", "cache:k", "\"one\"", "PX", "60000");

        assertThat(nearOf(cache, "k", String.class)).isNull();
        assertThat(cache.get("k", String.class)).isEqualTo("one");
        assertThat(nearOf(cache, "k", String.class)).isEqualTo("one");

        admin.call("SET", "cache:k", "\"two\"", "PX", "60000");
        awaitGone(cache, "k");
        assertThat(cache.get("k", String.class)).isEqualTo("two");

        admin.call("DEL", "cache:k");
        awaitGone(cache, "k");
        assertThat(cache.get("k", String.class)).isNull();
    }

    @Test
    void nothingIsNearAfterFlushall() {
        TieredCache cache = tiered();
        cache.set("k", "v", MINUTE);
        cache.get("k", String.class);

        admin.call("FLUSHALL");

        awaitGone(cache, "k");
    }

    /** Though the server, which takes its time to remove what has expired, says nothing. */
    @Test
    void aCopyDoesNotOutliveWhatRemainsInRedis() {
        TieredCache cache = tiered();
        admin.call("DEBUG", "SET-ACTIVE-EXPIRE", "0");
        try {
            admin.call("SET", "cache:k", "\"v\"", "PX", "300");
            cache.get("k", String.class);
            long read = System.nanoTime();

            await().pollInterval(Duration.ofMillis(5)).until(() -> nearOf(cache, "k", String.class) == null);

            assertThat(System.nanoTime() - read)
                    .isLessThan(Duration.ofMillis(500).toNanos());
        } finally {
            admin.call("DEBUG", "SET-ACTIVE-EXPIRE", "1");
        }
    }

    @Test
    void norTheNearTtl() {
        TieredCache cache = opened(near().nearTtl(Duration.ofMillis(200)).far(redis().build()));
        cache.set("k", "v", MINUTE);
        cache.get("k", String.class);
        assertThat(nearOf(cache, "k", String.class)).isEqualTo("v");

        awaitGone(cache, "k");

        assertThat(cache.get("k", String.class)).isEqualTo("v");
    }

    @Test
    void aNearHitSendsNothingAndAnyOtherTwoCommandsInOneRoundTrip() {
        TieredCache cache = tiered();
        cache.set("k", "v", MINUTE);

        RedisTestCommands read = RedisTestCommands.countFromNow(admin);
        cache.get("k", String.class);
        assertThat(read.counts()).isEqualTo(Map.of("get", 1L, "pttl", 1L));

        RedisTestCommands hits = RedisTestCommands.countFromNow(admin);
        for (int i = 0; i < 1_000; i++) {
            assertThat(cache.get("k", String.class)).isEqualTo("v");
        }
        assertThat(hits.counts()).isEmpty();
        assertThat(cache.nearStats().hits()).isEqualTo(1_000);
        assertThat(cache.getStats().hits()).isEqualTo(1_001);
    }

    @Test
    void aFillSendsNothingToTheOthersAndTakesNothingFromThem() {
        List<TieredCache> others = IntStream.range(0, 9).mapToObj(i -> tiered()).toList();
        TieredCache cache = tiered();
        cache.set("k", "v", MINUTE);
        others.forEach(other -> other.get("k", String.class));
        others.forEach(TieredFixture::awaitHeard);
        long drops = dropsOf(others);
        withCache(cache, "warm", MINUTE, String.class, () -> "knows the script then");
        long before = bytesSent();

        withCache(cache, "cold", MINUTE, String.class, () -> "loaded");

        long sent = bytesSent() - before;
        System.out.println("a fill beside nine others: the server sent " + sent + " bytes, to who filled");
        assertThat(sent).isLessThan(9 * 30); // answers, and one message: to nine others they would be more
        assertThat(cache.get("cold", String.class)).isEqualTo("loaded");
        others.forEach(TieredFixture::awaitHeard);
        assertThat(others)
                .allSatisfy(
                        other -> assertThat(nearOf(other, "k", String.class)).isEqualTo("v"));
        assertThat(dropsOf(others)).isEqualTo(drops);
    }

    private static long dropsOf(List<TieredCache> caches) {
        return caches.stream().mapToLong(cache -> cache.nearStats().deletes()).sum();
    }

    /** By the server up to now, but for the answers to heartbeats and to this. */
    private long bytesSent() {
        String info = String.valueOf(admin.call("INFO", "everything"));
        long before = answers;
        answers += info.getBytes(StandardCharsets.UTF_8).length + ("$" + info.length() + "\r\n\r\n").length();
        long pings = number(info, "cmdstat_ping:calls=");
        return number(info, "total_net_output_bytes:") - pings * "+PONG\r\n".length() - before;
    }

    private static long number(String info, String name) {
        return info.lines()
                .filter(line -> line.startsWith(name))
                .mapToLong(line -> Long.parseLong(line.substring(name.length()).replaceAll("[^0-9].*", "")))
                .sum();
    }

    @Test
    void whatThisProcessRemovesIsGoneWhenItReturns() {
        TieredCache cache = tiered();
        for (int i = 0; i < 200; i++) {
            String key = "k" + i;
            cache.set(key, i, MINUTE);
            assertThat(cache.get(key, Integer.class)).isEqualTo(i);
            switch (i % 4) {
                case 0 -> cache.del(key);
                case 1 -> cache.flush("k*");
                case 2 -> cache.clear();
                default -> cache.set(key, -1, MINUTE);
            }
            assertThat(cache.get(key, Integer.class)).isEqualTo(i % 4 == 3 ? -1 : null);
        }
    }

    @Test
    void aTagIsInvalidatedNearToo() {
        TieredCache cache = tiered();
        RedisCacheAdapter other = opened(redis().build());
        Cache<String, String> tagged = Cache.named("t", String.class)
                .policy(CachePolicy.ttl(MINUTE).tags("red"))
                .over(cache);
        tagged.get("k", key -> "one");
        tagged.get("k", key -> "never");
        RedisTestCommands commands = RedisTestCommands.countFromNow(admin);
        assertThat(tagged.lookup("k", key -> "never").origin()).isEqualTo(Origin.NEAR);
        assertThat(commands.counts()).isEmpty();

        CacheAside.invalidateTag(cache, "red");
        assertThat(tagged.get("k", key -> "two")).isEqualTo("two");

        tagged.get("k", key -> "never");
        CacheAside.invalidateTag(other, "red");
        await().atMost(Duration.ofSeconds(5))
                .untilAsserted(() -> assertThat(tagged.get("k", key -> "three")).isEqualTo("three"));
    }

    @Test
    void aCopyIsOfOneType() {
        TieredCache cache = tiered();
        cache.set("k", List.of(1, 2), MINUTE);
        TypeRef<List<Integer>> numbers = new TypeRef<>() {};
        TypeRef<List<String>> texts = new TypeRef<>() {};

        assertThat(cache.get("k", numbers)).isEqualTo(List.of(1, 2));
        assertThat(cache.getIfLocal("k", texts, null)).isNull();
        assertThat(cache.get("k", texts)).isNotEqualTo(List.of(1, 2));
        assertThat(cache.get("k", numbers)).isEqualTo(List.of(1, 2));
        assertThat(cache.getStats().errors()).isEqualTo(1); // a number is no text
    }

    /** A blip costs one read of each key that is in use, and no load. */
    @Test
    void afterACutEachCopyIsConfirmedByOneRead() {
        TieredCache cache = tiered();
        IntStream.range(0, 100).forEach(i -> cache.set("k" + i, i, MINUTE));
        IntStream.range(0, 100).forEach(i -> cache.get("k" + i, Integer.class));
        assertThat(nearOf(cache, "k1", Integer.class)).isEqualTo(1);
        long losses = cache.feedState().losses();

        admin.call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
        await().atMost(Duration.ofSeconds(10)).until(() -> cache.feedState().losses() > losses);
        awaitServed(cache);
        await().atMost(Duration.ofSeconds(10)).until(cache::isConnected);

        assertThat(nearOf(cache, "k1", Integer.class)).isNull();
        RedisTestCommands commands = RedisTestCommands.countFromNow(admin);
        AtomicInteger loads = new AtomicInteger();
        for (int round = 0; round < 3; round++) {
            for (int i = 0; i < 100; i++) {
                int number = i;
                assertThat(withCache(cache, "k" + i, MINUTE, Integer.class, () -> number + loads.incrementAndGet()))
                        .isEqualTo(i);
            }
        }
        assertThat(commands.counts()).isEqualTo(Map.of("get", 100L, "pttl", 100L));
        assertThat(loads).hasValue(0);
    }

    @Test
    void whileRedisIsDownNothingIsServedNear() {
        TieredCache cache = tiered();
        cache.set("k", "v", MINUTE);
        cache.get("k", String.class);

        SERVER.kill();
        try {
            awaitGone(cache, "k");
            assertThat(cache.feedState().coherence()).isEqualTo(Coherence.OFF);
            assertThat(withCache(cache, "k", MINUTE, String.class, () -> "loaded"))
                    .isEqualTo("loaded");
        } finally {
            SERVER.restart();
        }
        awaitServed(cache);
        await().atMost(Duration.ofSeconds(10)).until(cache::isConnected);
        cache.set("k", "new", MINUTE);
        assertThat(cache.get("k", String.class)).isEqualTo("new");
        assertThat(nearOf(cache, "k", String.class)).isEqualTo("new");
    }

    @Test
    void unlessItIsToBeServedWithinTheBound() {
        Duration bound = Duration.ofSeconds(3);
        TieredCache cache = opened(Tiered.near(InMemoryCacheAdapter.create())
                .stalenessBound(bound)
                .serveWhileDown()
                .far(redis().build()));
        cache.set("k", "v", MINUTE);
        cache.get("k", String.class);
        long before = System.nanoTime();

        SERVER.kill();
        try {
            await().atMost(bound).until(() -> cache.feedState().coherence() == Coherence.OFF);
            assertThat(nearOf(cache, "k", String.class)).isEqualTo("v");
            assertThat(withCache(cache, "k", MINUTE, String.class, () -> "never"))
                    .isEqualTo("v");
            awaitGone(cache, "k");
            assertThat(System.nanoTime() - before)
                    .isLessThan(bound.plusMillis(500).toNanos());
        } finally {
            SERVER.restart();
        }
    }

    @Test
    void nothingIsServedNearOnceTheServerHasStoodStillForTheBound() {
        TieredCache cache = tiered();
        cache.set("k", "v", MINUTE);
        cache.get("k", String.class);

        SERVER.pause();
        try {
            long stopped = System.nanoTime();
            awaitGone(cache, "k");
            assertThat(System.nanoTime() - stopped)
                    .isLessThan(BOUND.plusMillis(300).toNanos());
        } finally {
            SERVER.resume();
        }
        awaitServed(cache);
    }

    /** As after a long pause of the process: the connection is as good as it was, once it has been asked. */
    @Test
    void noConnectionIsGivenUpBecauseThisProcessStoodStill() throws Exception {
        DefaultEventExecutorGroup executors = new DefaultEventExecutorGroup(1);
        ClientResources resources =
                ClientResources.builder().eventExecutorGroup(executors).build();
        opened(() -> executors.shutdownGracefully(0, 1, TimeUnit.SECONDS).await());
        opened(() -> resources.shutdown(0, 1, TimeUnit.SECONDS).await());
        TieredCache cache = near().far(redis().clientResources(resources).build());
        opened.add(0, cache);
        cache.set("k", "v", MINUTE);
        cache.get("k", String.class);

        Future<?> unused = executors.submit(
                () -> LockSupport.parkNanos(BOUND.multipliedBy(4).toNanos()));
        awaitGone(cache, "k");
        TieredFixture.awaitHeard(cache);

        assertThat(cache.feedState().losses()).isZero();
        assertThat(nearOf(cache, "k", String.class)).isEqualTo("v");
    }

    @Test
    void withoutTrackingItIsRefusedUnlessAWeakerWayIsAllowed() {
        RedisCacheAdapter resp2 = opened(redis().protocol(ProtocolVersion.RESP2).build());
        RedisCacheAdapter forbidden = opened(forbidden());
        try (InMemoryCacheAdapter memory = InMemoryCacheAdapter.create()) {
            assertThatThrownBy(() -> near().far(resp2))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("RESP2")
                    .hasMessageContaining("orPubSub");
            assertThatThrownBy(() -> near().far(forbidden))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("CLIENT TRACKING")
                    .hasMessageContaining("NOPERM");
            assertThatThrownBy(() -> near().far(memory))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("InMemoryCacheAdapter")
                    .hasMessageContaining("orShortTtl");
            ForwardingCacheService hiding = new ForwardingCacheService(memory) {
                @Override
                public CacheServicePort strict() {
                    return this;
                }
            };
            assertThatThrownBy(() -> near().orShortTtl(BOUND).far(hiding))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("no store that a near cache can be in front of");
        }
        assertThat(opened(near().nearTtl(BOUND).orPubSub().far(forbidden))
                        .feedState()
                        .coherence())
                .isEqualTo(Coherence.PUBSUB);
    }

    private RedisCacheAdapter forbidden() {
        admin.call("ACL", "SETUSER", "untracked", "on", ">secret", "~*", "&*", "+@all", "-client|tracking");
        return RedisCacheAdapter.builder(SERVER.uri().replace("redis://", "redis://untracked:secret@"))
                .connectTimeout(Duration.ofSeconds(10))
                .build();
    }

    @Test
    void whatCannotBeKeptIsRefused() {
        assertThatThrownBy(() -> near().stalenessBound(Duration.ofMillis(99)))
                .hasMessageContaining("PT0.099S is not from 100 ms");
        assertThatThrownBy(() -> near().stalenessBound(Duration.ofMinutes(2))).hasMessageContaining("PT2M");
        assertThatThrownBy(() -> near().nearTtl(Duration.ZERO)).isInstanceOf(IllegalArgumentException.class);
        RedisCacheAdapter redis = opened(redis().build());
        InMemoryCacheAdapter memory = InMemoryCacheAdapter.create();
        TieredBuilder once = Tiered.near(memory);
        opened(once.far(redis));
        assertThatThrownBy(() -> Tiered.near(memory))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("near cache of another store");
        assertThatThrownBy(() -> once.far(redis)).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> near().orPubSub().far(redis))
                .hasMessageContaining("stalenessBound PT0.4S cannot be kept with orPubSub() and nearTtl PT30S");
        assertThatThrownBy(() -> near().orShortTtl(Duration.ofSeconds(5)).far(redis))
                .hasMessageContaining("PT0.4S cannot be kept with orShortTtl(PT5S)");
    }

    @Test
    void cachesWithoutTrackingTellEachOther() {
        TieredCache one = opened(near().nearTtl(BOUND)
                .orPubSub()
                .far(redis().protocol(ProtocolVersion.RESP2).build()));
        TieredCache other = opened(Tiered.near(InMemoryCacheAdapter.create())
                .orPubSub()
                .far(redis().protocol(ProtocolVersion.RESP2).build()));
        assertThat(other.feedState().coherence()).isEqualTo(Coherence.PUBSUB);
        for (String glob : List.of("", "k*")) {
            one.set("k", "v", MINUTE);
            await().atMost(Duration.ofSeconds(5)).until(() -> {
                other.get("k", String.class);
                return nearOf(other, "k", String.class) != null;
            });

            if (glob.isEmpty()) {
                one.del("k");
            } else {
                one.flush(glob);
            }

            awaitGone(other, "k");
        }
    }

    @Test
    void andWhereTheyCannotACopyIsShortLived() {
        TieredCache cache = opened(Tiered.near(InMemoryCacheAdapter.create())
                .orShortTtl(Duration.ofMillis(300))
                .far(redis().protocol(ProtocolVersion.RESP2).build()));
        assertThat(cache.feedState().coherence()).isEqualTo(Coherence.SHORT_TTL);
        cache.set("k", "one", MINUTE);
        cache.get("k", String.class);
        admin.call("SET", "cache:k", "\"two\"");
        assertThat(nearOf(cache, "k", String.class)).isEqualTo("one");

        awaitGone(cache, "k");

        assertThat(cache.get("k", String.class)).isEqualTo("two");
        cache.del("k");
        assertThat(cache.get("k", String.class)).isNull();
    }

    @Test
    void inFrontOfAnyOtherStoreToo() {
        InMemoryCacheAdapter store = InMemoryCacheAdapter.create();
        TieredCache cache = opened(
                Tiered.near(InMemoryCacheAdapter.create()).orShortTtl(MINUTE).far(store));
        store.set("k", "one", MINUTE);
        assertThat(cache.get("k", String.class)).isEqualTo("one");
        store.set("k", "two", MINUTE);
        assertThat(cache.get("k", String.class)).isEqualTo("one");
        cache.del("k");
        assertThat(cache.get("k", String.class)).isNull();
        assertThat(cache.getAll(List.of("k", "l"), String.class)).isEmpty();
    }

    @Test
    void severalKeysAreReadWhereTheyAre() {
        TieredCache cache = tiered();
        cache.setAll(Map.of("a", 1, "b", 2, "c", 3), MINUTE);
        cache.get("b", Integer.class);
        RedisTestCommands commands = RedisTestCommands.countFromNow(admin);

        assertThat(cache.getAll(List.of("a", "nothing", "b", "c"), Integer.class))
                .containsExactly(Map.entry("a", 1), Map.entry("b", 2), Map.entry("c", 3));
        assertThat(commands.counts()).isEqualTo(Map.of("get", 3L, "pttl", 3L));

        assertThat(cache.getAll(List.of("a", "b", "c"), Integer.class)).hasSize(3);
        assertThat(commands.counts()).isEqualTo(Map.of("get", 3L, "pttl", 3L));
        CacheStats stats = cache.getStats();
        assertThat(stats.hits()).isEqualTo(1 + 3 + 3);
        assertThat(stats.misses()).isEqualTo(1);
    }

    /** Whoever waits for another process's load is told, rather than asking again and again. */
    @Test
    void aWaiterIsWokenByTheFill() throws Exception {
        TieredCache one = tiered();
        TieredCache other = tiered();
        List<Long> waited = new ArrayList<>();
        for (int i = 0; i < 7; i++) {
            String key = "k" + i;
            long[] filled = {0};
            Thread waiter = new Thread(() -> {
                await().until(() -> admin("EXISTS", key));
                withCache(other, key, MINUTE, String.class, () -> "never");
                synchronized (filled) {
                    waited.add(System.nanoTime() - filled[0]);
                }
            });
            withCache(one, key, MINUTE, String.class, () -> {
                waiter.start();
                LockSupport.parkNanos(Duration.ofMillis(700).toNanos());
                synchronized (filled) {
                    filled[0] = System.nanoTime();
                }
                return "loaded";
            });
            waiter.join();
        }
        waited.sort(null);
        assertThat(waited.get(3)).isLessThan(Duration.ofMillis(30).toNanos()); // pauses are 250 ms by then
    }

    private static boolean admin(String command, String key) {
        try (RespClient client = SERVER.client()) {
            return Long.valueOf(1).equals(client.call(command, "cache:" + key));
        }
    }

    @Test
    void saysHowChangesAreHeardOf() {
        try (RedisTestLog log = RedisTestLog.open()) {
            TieredCache cache = tiered();
            String server = SERVER.host() + ":" + SERVER.port();
            assertThat(log.lines("near cache"))
                    .containsExactly("INFO the near cache is in use redis=redis://" + server + " node=redis://" + server
                            + " coherence=tracking");
            long losses = cache.feedState().losses();

            admin.call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");

            await().atMost(Duration.ofSeconds(10)).until(() -> cache.feedState().losses() > losses);
            awaitServed(cache);
            assertThat(log.lines("near cache")).hasSize(3);
            assertThat(log.lines("near cache hears nothing").get(0)).startsWith("WARN");
        }
    }

    @Test
    void closesWhatItOpened() {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        RedisCacheAdapter redis = redis().build();
        TieredCache cache = near().far(redis);
        cache.get("k", String.class);
        long connections = connections();

        cache.close();
        cache.close();

        await().atMost(Duration.ofSeconds(5)).until(() -> connections() <= connections - 2);
        await().atMost(Duration.ofSeconds(5))
                .until(() -> RedisTestThreads.ofLettuceSince(before).isEmpty());
        assertThat(cache.get("k", String.class)).isNull();
    }

    private long connections() {
        return String.valueOf(admin.call("CLIENT", "LIST"))
                .lines()
                .filter(line -> line.contains("name=cacheport"))
                .count();
    }
}
