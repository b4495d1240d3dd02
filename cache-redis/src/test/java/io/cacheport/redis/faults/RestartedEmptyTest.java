package io.cacheport.redis.faults;

import static io.cacheport.aside.CacheAside.withCache;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cacheport.redis.RedisCacheAdapter;
import io.cacheport.spi.LoadLimit;
import io.cacheport.testkit.server.RedisServer;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** A server that crashed comes back at once, with nothing in it. */
@FaultRow(29)
class RestartedEmptyTest {

    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Duration TTL = Duration.ofMinutes(10);
    private static final int CALLERS = 100;
    private static final int KEYS = 1_000;
    private static final int LIMIT = 8;
    private static final Duration LOAD_TIME = Duration.ofMillis(20);

    /** A loader that knows how many of it run. */
    private static final class Database {

        private final AtomicInteger running = new AtomicInteger();
        private final AtomicInteger most = new AtomicInteger();

        String ask(Callable<String> query) throws Exception {
            most.accumulateAndGet(running.incrementAndGet(), Math::max);
            try {
                return query.call();
            } finally {
                running.decrementAndGet();
            }
        }
    }

    @Test
    void noMoreLoadsThanTheLimitRunAtOnce() throws Exception {
        Row row = FaultMatrix.row(29, "server restarts empty");
        int naively = LogWatch.quietly(RestartedEmptyTest::naively);
        assertThat(naively).isGreaterThan(CALLERS / 2);
        row.naive(naively + " loads at once, of " + CALLERS + " callers");
        LogWatch.quietly(() -> {
            run(row);
            return null;
        });
    }

    private static void run(Row row) throws Exception {
        Database database = new Database();
        try (RedisServer server = RedisServer.start();
                RedisCacheAdapter cache = Profile.builder(server.uri())
                        .loadLimit(LoadLimit.of(LIMIT, Duration.ofSeconds(2)))
                        .build();
                Load load = new Load(
                                (key, loader) -> withCache(cache, key, TTL, String.class, () -> database.ask(loader)))
                        .threads(CALLERS)
                        .keys(KEYS)
                        .loadTime(LOAD_TIME)
                        .perSecond(1_000)
                        .start()) {
            await().atMost(SOON).until(() -> cache.getStats().keys() > KEYS * 9 / 10);
            server.kill();
            await().atMost(SOON).until(() -> cache.guard().stats().opened() > 0);
            database.most.set(0);
            await().atMost(SOON).until(() -> database.most.get() > 0);
            server.restart();
            long restarted = load.now();
            await().atMost(SOON).until(() -> cache.getStats().keys() > KEYS * 9 / 10);
            LoadResult result = load.stop();
            Duration recovered = result.firstHitAfter(restarted).orElseThrow();

            assertThat(result.exceptions()).isEmpty();
            assertThat(result.wrong() + result.hung()).isZero();
            assertThat(database.most.get()).isLessThanOrEqualTo(LIMIT);
            assertThat(recovered).isLessThan(Duration.ofSeconds(3));
            row.ours("a limit on loads while Redis is away and until it has been back for 10 s; 0 exceptions");
            row.figure(
                    database.most + " loads of " + LOAD_TIME.toMillis() + " ms at once, of " + CALLERS + " callers",
                    String.valueOf(LIMIT));
            row.figure(Row.ms(recovered.toNanos()) + " from the restart to the first hit", "3 s");
        }
    }

    /** The most loads at once after the restart. */
    private static int naively() throws Exception {
        Database database = new Database();
        try (RedisServer server = RedisServer.start();
                NaiveCache naive = NaiveCache.connect(server.uri());
                Load load = new Load((key, loader) -> naive.read(key, () -> database.ask(loader)))
                        .threads(CALLERS)
                        .keys(KEYS)
                        .keyPrefix("row29:")
                        .loadTime(LOAD_TIME)
                        .start()) {
            await().atMost(SOON).until(() -> naive.commands().dbsize() > KEYS * 9 / 10);
            server.kill();
            database.most.set(0);
            server.restart();
            await().atMost(SOON).until(() -> naive.commands().dbsize() > KEYS / 10);
            load.stop();
            return database.most.get();
        }
    }
}
