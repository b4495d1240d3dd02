package io.cacheport.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cacheport.behind.Accepted;
import io.cacheport.behind.Batch;
import io.cacheport.behind.BatchTarget;
import io.cacheport.behind.BufferedCounters;
import io.cacheport.behind.WriteBehind;
import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Write-behind on a real server that keeps its data when it is killed: it has written them before it answers. */
@Timeout(60)
class RedisWriteBehindTest {

    private static final WriteBehind VIEWS = WriteBehind.named("views").every(Duration.ofHours(1));

    private final RedisServer server = RedisServer.start("--appendonly", "yes", "--appendfsync", "everysec");
    private final Table table = new Table();

    @AfterEach
    void stop() {
        server.close();
    }

    private RedisCacheAdapter cache() {
        return RedisCacheAdapter.connect(server.uri());
    }

    /** Adds each batch once, like a database that keeps the ids. */
    private static final class Table implements BatchTarget<Long> {

        private final Map<String, Long> sums = new ConcurrentHashMap<>();
        private final Set<String> ids = ConcurrentHashMap.newKeySet();
        private final AtomicInteger writes = new AtomicInteger();
        private final AtomicInteger atOnce = new AtomicInteger();
        private final AtomicInteger mostAtOnce = new AtomicInteger();

        @Override
        public void write(Batch<Long> batch) {
            mostAtOnce.accumulateAndGet(atOnce.incrementAndGet(), Math::max);
            writes.incrementAndGet();
            if (ids.add(batch.id())) {
                batch.changes().forEach((key, by) -> sums.merge(key, by, Long::sum));
            }
            atOnce.decrementAndGet();
        }

        long total() {
            return sums.values().stream().mapToLong(n -> n).sum();
        }
    }

    @Test
    void whatWaitsIsAHashThatAnybodyCanRead() {
        try (RedisCacheAdapter cache = cache();
                RespClient client = server.client();
                BufferedCounters views = VIEWS.counters(cache, table)) {
            views.add("item:7", 41);
            views.add("item:7", 1);

            assertThat(client.call("HGET", "cacheport:behind:cache:{views}", "item:7"))
                    .isEqualTo("42");
            assertThat(client.call("TTL", "cacheport:behind:cache:{views}")).isEqualTo(-1L);
            views.drain();
            assertThat(client.call("EXISTS", "cacheport:behind:cache:{views}", "cacheport:behind:cache:{views}:batch"))
                    .isEqualTo(0L);
        }
    }

    @Test
    void clearLeavesItThoughThereIsNoPrefix() {
        try (RedisCacheAdapter cache =
                        RedisCacheAdapter.builder(server.uri()).keyPrefix("").build();
                BufferedCounters views = VIEWS.counters(cache, table)) {
            views.add("a", 1);
            cache.set("cacheport:other", 1, Duration.ofMinutes(1));

            assertThat(cache.clear()).isEqualTo(1);

            assertThat(views.pending("a")).isEqualTo(1);
        }
    }

    @Test
    void oneProcessAtATimeWrites() throws InterruptedException {
        int processes = 4;
        List<BufferedCounters> all = new ArrayList<>();
        List<RedisCacheAdapter> caches = new ArrayList<>();
        for (int i = 0; i < processes; i++) {
            RedisCacheAdapter cache = cache();
            caches.add(cache);
            all.add(VIEWS.batchSize(7).counters(cache, table));
        }
        for (int i = 0; i < 500; i++) {
            all.get(i % processes).add("k" + i, 1);
        }
        CountDownLatch done = new CountDownLatch(processes);
        all.forEach(views -> new Thread(() -> {
                    views.drain();
                    done.countDown();
                })
                .start());
        done.await();

        assertThat(table.total()).isEqualTo(500);
        assertThat(table.mostAtOnce).hasValue(1);
        assertThat(table.writes).hasValue(table.ids.size());
        all.forEach(BufferedCounters::close);
        caches.forEach(RedisCacheAdapter::close);
    }

    @Test
    void whileRedisIsAwayChangesAreWrittenAtOnceAndWhatWaitsIsNotLost() {
        try (RedisCacheAdapter cache = cache();
                BufferedCounters views = VIEWS.counters(cache, table)) {
            views.add("a", 1);
            server.kill();
            await().until(() -> !cache.isConnected());

            assertThat(views.add("a", 10)).isEqualTo(Accepted.WRITTEN);
            assertThat(table.sums).isEqualTo(Map.of("a", 10L));
            assertThat(views.drain()).isZero();
            server.restart();
            AtomicInteger more = new AtomicInteger();
            await().until(() -> {
                more.incrementAndGet();
                return views.add("a", 100) == Accepted.BUFFERED;
            });
            await().until(() -> {
                views.drain();
                return views.pending("a") == 0;
            });

            long expected = 11 + 100L * more.get();
            assertThat(table.total()).isBetween(expected - 100 * views.stats().uncertain(), expected);
        }
    }

    @Test
    void aServerThatDoesNotAnswerMakesAChangeUncertainAndNeverTwoOfIt() {
        try (RedisCacheAdapter cache = cache();
                BufferedCounters views = VIEWS.counters(cache, table)) {
            views.add("a", 1);
            server.pause();

            assertThat(views.add("a", 10)).isEqualTo(Accepted.UNCERTAIN);
            assertThat(table.sums).isEmpty();
            server.resume();
            await().until(() -> {
                views.drain();
                return table.total() > 0;
            });

            assertThat(views.stats().uncertain()).isEqualTo(1);
            assertThat(table.total()).isIn(1L, 11L);
        }
    }

    @Test
    void aKilledServerLosesNothingAndDoublesNothing() {
        try (RedisCacheAdapter cache = cache();
                BufferedCounters views = VIEWS.batchSize(10).counters(cache, batch -> {
                    table.write(batch);
                    if (table.writes.get() == 3) {
                        server.kill(); // after the commit, before the store hears of it
                    }
                })) {
            for (int i = 0; i < 100; i++) {
                views.add("k" + i, 1);
            }
            views.drain();
            server.restart();
            await().until(cache::isConnected);
            await().until(() -> {
                views.drain();
                return table.total() >= 100;
            });

            assertThat(table.sums)
                    .hasSize(100)
                    .allSatisfy((key, sum) -> assertThat(sum).isEqualTo(1));
            assertThat(table.writes.get()).isGreaterThan(table.ids.size());
        }
    }

    @Test
    void aDatabaseThatIsDownForLongCostsBoundedMemoryAndNothingIsLost() {
        AtomicInteger down = new AtomicInteger(1);
        try (RedisCacheAdapter cache = cache();
                RespClient client = server.client();
                BufferedCounters views = VIEWS.limit(250).counters(cache, batch -> {
                    if (down.get() == 1 && batch.changes().size() > 1) { // what is written at once is let through
                        throw new IllegalStateException("down");
                    }
                    table.write(batch);
                })) {
            views.add("warm", 1);
            views.add("up", 1);
            for (int i = 0; i < 4_000; i++) {
                views.add("k" + i % 500, 1);
                if (i % 1_000 == 0) {
                    assertThat(views.drain()).isZero();
                }
            }

            assertThat(String.valueOf(client.call("MEMORY", "USAGE", "cacheport:behind:cache:{views}")))
                    .matches("[0-9]{4,5}"); // bytes
            assertThat(views.stats().direct()).isPositive();
            down.set(0);
            views.drain();
            assertThat(table.total()).isEqualTo(4_002);
        }
    }

    @Test
    void whatCannotWaitAndNotBeWrittenIsSaid() {
        try (RedisCacheAdapter cache = cache();
                BufferedCounters views = VIEWS.counters(cache, batch -> {
                    throw new IllegalStateException("down too");
                })) {
            server.kill();
            await().until(() -> !cache.isConnected());

            assertThatThrownBy(() -> views.add("a", 1)).hasRootCauseMessage("down too");
        }
    }
}
