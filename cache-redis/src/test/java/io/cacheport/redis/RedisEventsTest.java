package io.cacheport.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cacheport.CacheServicePort;
import io.cacheport.events.Invalidation;
import io.cacheport.events.InvalidationStats;
import io.cacheport.events.Invalidations;
import io.cacheport.events.InvalidationsBuilder;
import io.cacheport.events.Published;
import io.cacheport.guard.CircuitBreakerPolicy;
import io.cacheport.guard.CircuitState;
import io.cacheport.inmemory.InMemoryCacheAdapter;
import io.cacheport.testkit.fault.FaultProxy;
import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import io.cacheport.tiered.Tiered;
import io.cacheport.tiered.TieredCache;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** E2 to E7 and E10 on a real server that goes away, loses its data, or refuses. */
@Timeout(120)
class RedisEventsTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration IN_TIME = Duration.ofSeconds(30);

    record Changed(int id) {}

    private final RedisServer server = RedisServer.start("--appendonly", "yes", "--appendfsync", "always");
    private final List<Integer> heard = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        server.close();
    }

    private static InvalidationsBuilder channel(CacheServicePort cache) {
        return Invalidations.over(cache, "c").every(Duration.ofMillis(10));
    }

    private InvalidationsBuilder listening(CacheServicePort cache) {
        return channel(cache).subscribe(Changed.class, "changed", e -> heard.add(e.id()));
    }

    private static Invalidations publisher(CacheServicePort cache) {
        return channel(cache)
                .on(Changed.class, "changed", e -> Invalidation.keys("k" + e.id()))
                .start();
    }

    private void awaitHeard(Integer... ids) {
        await().atMost(IN_TIME).untilAsserted(() -> assertThat(heard).contains(ids));
    }

    /** A stopped server, cut connections, a server killed that keeps what it acknowledged: and nothing is missed. */
    @Test
    void aThousandEventsThroughDisturbances() throws Exception {
        try (RedisCacheAdapter here = RedisCacheAdapter.connect(server.uri());
                RedisCacheAdapter there = RedisCacheAdapter.connect(server.uri());
                InMemoryCacheAdapter own = InMemoryCacheAdapter.create();
                Invalidations publisher = publisher(here);
                Invalidations other = listening(there)
                        .ownCache(own)
                        .on(Changed.class, "changed", e -> Invalidation.keys("k" + e.id()))
                        .start()) {
            for (int i = 0; i < 20_000; i++) {
                own.set("k" + i, "old", MINUTE);
            }
            AtomicBoolean disturbed = new AtomicBoolean();
            Thread disturber = new Thread(() -> {
                disturb();
                disturbed.set(true);
            });
            disturber.start();
            int count = 0;
            while (count < 1_000 || !disturbed.get()) {
                assertThat(publisher.publish(new Changed(count++))).isNotEqualTo(Published.REFUSED);
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(1));
            }
            disturber.join();

            int all = count;
            await().atMost(IN_TIME).until(() -> heard.contains(all - 1));
            List<Integer> expected = IntStream.range(0, all).boxed().toList();
            assertThat(heard.stream().distinct().toList()).isEqualTo(expected);
            assertThat(own.getAll(expected.stream().map(i -> "k" + i).toList(), String.class))
                    .isEmpty();
            InvalidationStats published = publisher.stats();
            System.out.println("RedisEventsTest: " + all + " events, " + published.kept() + " had to wait, "
                    + (heard.size() - all) + " came twice, " + other.stats());
            assertThat(published.kept()).isPositive();
            assertThat(other.stats().gaps()).isZero();
            assertThat(other.stats().failed()).isZero();
        }
    }

    private void disturb() {
        for (int i = 0; i < 3; i++) {
            server.pause();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(600));
            server.resume();
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(400));
            try (RespClient client = server.client()) {
                client.call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(400));
        }
        server.kill();
        LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(400));
        server.restart();
    }

    @Test
    void aServerThatLostItsDataIsAGap() {
        try (RedisServer forgetful = RedisServer.start();
                RedisTestLog log = RedisTestLog.open();
                RedisCacheAdapter here = RedisCacheAdapter.connect(forgetful.uri());
                RedisCacheAdapter there = RedisCacheAdapter.connect(forgetful.uri());
                InMemoryCacheAdapter own = InMemoryCacheAdapter.create();
                Invalidations publisher = publisher(here);
                Invalidations other = listening(there).ownCache(own).start()) {
            publisher.publish(new Changed(1));
            awaitHeard(1);
            own.set("k", "old", MINUTE);

            forgetful.restart();

            await().atMost(IN_TIME).until(() -> !own.exists("k"));
            assertThat(log.lines("events may have been missed")).isNotEmpty().allMatch(line -> line.startsWith("WARN"));
            publisher.publish(new Changed(2));
            awaitHeard(2);
            assertThat(other.stats().gaps()).isEqualTo(1);
        }
    }

    @Test
    void aStreamThatWasEvictedIsAGapThoughAnotherHasBegun() {
        try (RedisCacheAdapter here = RedisCacheAdapter.connect(server.uri());
                Invalidations other =
                        listening(here).every(Duration.ofMillis(500)).start();
                Invalidations publisher = publisher(here);
                RespClient client = server.client()) {
            publisher.publish(new Changed(1));
            awaitHeard(1);
            publisher.publish(new Changed(2));
            assertThat(client.call("DEL", "cacheport:events:cache:{c}")).isEqualTo(1L);
            publisher.publish(new Changed(3));

            awaitHeard(3);
            // unless it was quick enough to hear the second
            assertThat(heard.contains(2) || other.stats().gaps() == 1).isTrue();
            client.call("DEL", "cacheport:events:cache:{c}");
            long before = other.stats().gaps();
            await().atMost(IN_TIME).until(() -> other.stats().gaps() > before);
        }
    }

    @Test
    void whoWasCutOffForTooLongHasAGap() {
        try (FaultProxy proxy = FaultProxy.to(server);
                RedisCacheAdapter here = RedisCacheAdapter.connect(server.uri());
                RedisCacheAdapter there = RedisCacheAdapter.connect(proxy.uri());
                InMemoryCacheAdapter own = InMemoryCacheAdapter.create();
                Invalidations publisher = channel(here)
                        .keep(100)
                        .subscribe(Changed.class, "changed", e -> {})
                        .start();
                Invalidations other = listening(there).ownCache(own).start()) {
            publisher.publish(new Changed(0));
            awaitHeard(0);
            own.set("k", "old", MINUTE);
            proxy.refuse();
            proxy.reset();
            for (int i = 1; i <= 50; i++) {
                publisher.publish(new Changed(i));
            }
            proxy.accept();
            awaitHeard(50);
            assertThat(other.stats().gaps()).as("not cut yet").isZero();
            assertThat(own.exists("k")).isTrue();

            proxy.refuse();
            proxy.reset();
            for (int i = 51; i <= 600; i++) {
                publisher.publish(new Changed(i));
            }
            proxy.accept();

            awaitHeard(600);
            assertThat(other.stats().gaps()).isEqualTo(1);
            assertThat(own.exists("k")).isFalse();
        }
    }

    @Test
    void whatHappenedBeforeTheStoreWasThereCountsAsMissed() {
        server.kill();
        try (RedisCacheAdapter cache = RedisCacheAdapter.connect(server.uri());
                Invalidations rules = listening(cache).start()) {
            assertThat(rules.publish(new Changed(1))).isEqualTo(Published.PENDING);
            server.restart();

            await().atMost(IN_TIME)
                    .until(() -> rules.stats().pending() == 0 && rules.stats().gaps() == 1);
            assertThat(rules.publish(new Changed(2))).isEqualTo(Published.APPLIED);
            awaitHeard(2);
        }
    }

    @Test
    void aUserWithoutTheRightsHasACacheStill() {
        try (RespClient admin = server.client();
                RedisCacheAdapter cache = RedisCacheAdapter.builder(server.uri())
                        .circuitBreaker(CircuitBreakerPolicy.defaults().minimumCalls(3))
                        .build();
                Invalidations rules = publisher(cache)) {
            admin.call("ACL", "SETUSER", "default", "resetkeys", "~cache:*");
            await().atMost(IN_TIME).until(() -> cache.getStats().errors() > 5);
            assertThat(cache.guard().circuits().values()).containsOnly(CircuitState.CLOSED);
            cache.set("k1", "old", MINUTE);
            assertThat(rules.publish(new Changed(1))).isEqualTo(Published.PENDING);
            assertThat(cache.get("k1", String.class)).isNull();
            cache.set("k1", "new", MINUTE);
            assertThat(cache.get("k1", String.class)).isEqualTo("new");

            admin.call("ACL", "SETUSER", "default", "allkeys");
            await().atMost(IN_TIME).until(() -> rules.stats().pending() == 0);
            assertThat(cache.guard().stats().opened()).isZero();
        }
    }

    /** Each that docs/operations.md names beside the others is needed, and no more are. */
    @ParameterizedTest
    @ValueSource(strings = {"none", "~cacheport:events:cache:*", "+xadd", "+xrange", "+xrevrange"})
    void theRightsThatTheDocumentNames(String missing) {
        try (RespClient admin = server.client()) {
            RedisLeastUser.ofOneServer().create(admin);
            for (String right : List.of("~cacheport:events:cache:*", "+xadd", "+xrange", "+xrevrange")) {
                if (!right.equals(missing)) {
                    admin.call("ACL", "SETUSER", "cacheport", right);
                }
            }
        }
        try (RedisCacheAdapter cache =
                        RedisCacheAdapter.connect(server.uri().replace("//", "//" + RedisLeastUser.LOGIN));
                Invalidations rules = listening(cache).start()) {
            rules.publish(new Changed(1));
            if (missing.equals("none")) {
                awaitHeard(1);
                assertThat(cache.getStats().errors()).isZero();
            } else {
                await().atMost(IN_TIME).until(() -> cache.getStats().errors() > 2);
                assertThat(heard).isEmpty();
            }
        }
    }

    /** The channel of a near cache is that of the store behind it. */
    @Test
    void throughANearCache() {
        try (TieredCache here =
                        Tiered.near(InMemoryCacheAdapter.create()).far(RedisCacheAdapter.connect(server.uri()));
                RedisCacheAdapter there = RedisCacheAdapter.connect(server.uri());
                Invalidations publisher = publisher(here);
                Invalidations other = listening(there).start()) {
            here.set("k1", "old", MINUTE);
            assertThat(here.get("k1", String.class)).isEqualTo("old");

            assertThat(publisher.publish(new Changed(1))).isEqualTo(Published.APPLIED);

            assertThat(here.get("k1", String.class)).isNull();
            assertThat(there.get("k1", String.class)).isNull();
            awaitHeard(1);
            assertThat(other.stats().gaps()).isZero();
        }
    }

    @Test
    void closeLeavesNoThreadThoughTheServerHangs() {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        RedisCacheAdapter cache = RedisCacheAdapter.connect(server.uri());
        Invalidations rules = publisher(cache);
        server.pause();
        try (RedisTestLog log = RedisTestLog.open()) {
            assertThat(rules.publish(new Changed(1))).isEqualTo(Published.PENDING);
            long start = System.nanoTime();
            rules.close();
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(3));
            assertThat(log.lines("closed with events")).hasSize(1);
        }
        assertThat(Thread.getAllStackTraces().keySet())
                .extracting(Thread::getName)
                .doesNotContain("cacheport-events-c");
        cache.close();
        server.resume();
        await().atMost(IN_TIME)
                .untilAsserted(() ->
                        assertThat(RedisTestThreads.ofLettuceSince(before)).isEmpty());
    }

    @Test
    void whatAHandlerThrowsIsLoggedWithoutTheEvent() {
        try (RedisTestLog log = RedisTestLog.open();
                RedisCacheAdapter cache = RedisCacheAdapter.connect(server.uri());
                Invalidations rules = channel(cache)
                        .subscribe(Changed.class, "changed", e -> {
                            throw new IllegalStateException("secret " + e.id());
                        })
                        .start()) {
            rules.publish(new Changed(4711));
            await().atMost(IN_TIME).until(() -> rules.stats().failed() == 1);
            assertThat(log.lines("an event was not handled"))
                    .singleElement()
                    .asString()
                    .startsWith("WARN")
                    .contains("type=changed", "handler=handler 1", "IllegalStateException", "RedisEventsTest");
            assertThat(log.lines()).noneMatch(line -> line.contains("4711") || line.contains("secret"));
        }
    }
}
