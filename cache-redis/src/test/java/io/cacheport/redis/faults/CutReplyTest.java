package io.cacheport.redis.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cacheport.redis.RedisCacheAdapter;
import io.cacheport.testkit.fault.FaultProxy;
import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import io.lettuce.core.resource.ClientResources;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** The connection is reset after so many bytes of a reply of 2 KB, with other calls under way behind it. */
class CutReplyTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration BACK = Duration.ofSeconds(10);
    private static final int SIZE = 2_048;

    /** Longer than the proxy takes to cut, so that a call can still be answered over the next connection. */
    private static final Duration BUDGET = Duration.ofMillis(500);

    /** The length before it, the quotes, the mark of its key, the ends of lines. */
    private static final int REPLY = "$2066\r\n\"\"\r\n".length() + 16 + SIZE;

    private static final int CALLS = 3;
    private static final int NAIVE_CALLS = 8;
    private static final int LANES = 12;

    private final AtomicLong hits = new AtomicLong();
    private final AtomicLong misses = new AtomicLong();

    private static Row row() {
        return FaultMatrix.row(10, "reset mid-reply");
    }

    @FaultRowAlways(10)
    @Test
    void givesEachCallItsValueOrAMiss() throws Exception {
        try (RedisServer server = RedisServer.start()) {
            naively(server);
            writesAreNotSentAgain(server);
            int[] offsets = {0, 1, 4, 5, 6, 7, 8, SIZE / 2, REPLY - 3, REPLY - 2, REPLY - 1, REPLY};
            try (FaultProxy proxy = FaultProxy.to(server);
                    RedisCacheAdapter cache =
                            Profile.builder(proxy.uri()).commandTimeout(BUDGET).build()) {
                cutAt(cache, proxy, offsets);
            }
        }
        row().ours("each call gets its own value, when the connection is back in time, or a miss");
    }

    @FaultRow(10)
    @Test
    void atEveryOffset() throws Exception {
        ClientResources shared = ClientResources.create();
        ExecutorService lanes = Executors.newFixedThreadPool(LANES);
        try (RedisServer server = RedisServer.start()) {
            LogWatch.quietly(() -> {
                List<Future<?>> all = new ArrayList<>();
                for (int lane = 0; lane < LANES; lane++) {
                    int first = lane;
                    all.add(lanes.submit(() -> {
                        int[] offsets = IntStream.rangeClosed(0, REPLY)
                                .filter(offset -> offset % LANES == first)
                                .toArray();
                        try (FaultProxy proxy = FaultProxy.to(server);
                                RedisCacheAdapter cache = Profile.builder(proxy.uri())
                                        .commandTimeout(BUDGET)
                                        .clientResources(shared)
                                        .build()) {
                            cutAt(cache, proxy, offsets);
                        }
                        return null;
                    }));
                }
                for (Future<?> one : all) {
                    one.get();
                }
                return null;
            });
        } finally {
            lanes.shutdownNow();
            shared.shutdown(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2_000);
        }
        row().figure(
                        "0 wrong values at " + (REPLY + 1) + " offsets, " + CALLS + " calls each: " + hits + " values, "
                                + misses + " misses",
                        "0");
    }

    private static String key(int call) {
        return LogWatch.KEY + ":10:" + call;
    }

    private static String value(int call) {
        return (LogWatch.VALUE + call + "-").repeat(SIZE).substring(0, SIZE);
    }

    private void cutAt(RedisCacheAdapter cache, FaultProxy proxy, int[] offsets) throws Exception {
        await().atMost(BACK).until(cache::isConnected);
        for (int call = 0; call < CALLS; call++) {
            cache.strict().set(key(call), value(call), MINUTE);
        }
        cache.guard().forceClosed(); // or it would keep the calls from the connection that they are about
        ExecutorService callers = Executors.newFixedThreadPool(CALLS);
        try {
            for (int offset : offsets) {
                await().atMost(BACK).pollInterval(Duration.ofMillis(2)).until(cache::isConnected);
                long before = proxy.accepted();
                proxy.cutAfter(offset);
                List<Future<@Nullable String>> got = new ArrayList<>();
                for (int call = 0; call < CALLS; call++) {
                    String key = key(call);
                    got.add(callers.submit(() -> cache.get(key, String.class)));
                }
                for (int call = 0; call < CALLS; call++) {
                    String value = got.get(call).get();
                    assertThat(value).as("offset %s", offset).isIn(null, value(call));
                    (value == null ? misses : hits).incrementAndGet();
                }
                // those of the calls that failed at once brought no byte to the cut
                await().atMost(BACK).pollInterval(Duration.ofMillis(2)).until(() -> {
                    assertThat(cache.get(key(0), String.class)).isIn(null, value(0));
                    return proxy.accepted() > before;
                });
            }
        } finally {
            callers.shutdownNow();
        }
    }

    /** A reply that is cut leaves open whether its command was executed: the naive way executes it twice. */
    private static void naively(RedisServer server) throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(NAIVE_CALLS);
        try (FaultProxy proxy = FaultProxy.to(server);
                NaiveCache naive = NaiveCache.connect(proxy.uri());
                RespClient client = server.client()) {
            naive.commands().ping(); // and so all of the handshake's replies are here
            proxy.latency(Profile.T, Duration.ZERO); // and so all calls are under way when the first is answered
            proxy.cutAfter(1);
            List<Future<String>> answers = new ArrayList<>();
            for (int call = 0; call < NAIVE_CALLS; call++) {
                answers.add(callers.submit(
                        () -> Naive.attempt(BACK, () -> naive.commands().incr("naive:10"))));
            }
            long thrown = 0;
            for (Future<String> answer : answers) {
                thrown += answer.get().endsWith("Exception") ? 1 : 0;
            }
            int executed = Integer.parseInt(String.valueOf(client.call("GET", "naive:10")));
            assertThat(executed).isGreaterThan(NAIVE_CALLS);
            row().naive(NAIVE_CALLS + " INCR under way: executed " + executed + " times, " + thrown + " exception");
        } finally {
            callers.shutdownNow();
        }
    }

    private static void writesAreNotSentAgain(RedisServer server) {
        try (FaultProxy proxy = FaultProxy.to(server);
                RedisCacheAdapter cache = Profile.open(proxy.uri());
                RespClient client = server.client()) {
            cache.guard().forceClosed();
            int cuts = "+OK\r\n".length();
            for (int offset = 0; offset < cuts; offset++) {
                await().atMost(BACK).pollInterval(Duration.ofMillis(2)).until(cache::isConnected);
                long accepted = proxy.accepted();
                long sets = sets(client);
                proxy.cutAfter(offset);
                cache.set(key(0), value(0), MINUTE);
                await().atMost(BACK).pollInterval(Duration.ofMillis(2)).until(() -> proxy.accepted() > accepted);
                await().atMost(BACK).until(cache::isConnected);
                assertThat(sets(client) - sets).as("offset %s", offset).isOne();
            }
            row().figure("a SET whose reply was cut was executed once at all of " + cuts + " offsets", "once");
        }
    }

    private static long sets(RespClient client) {
        Matcher calls = Pattern.compile("cmdstat_set:calls=(\\d+)")
                .matcher(String.valueOf(client.call("INFO", "commandstats")));
        return calls.find() ? Long.parseLong(calls.group(1)) : 0;
    }
}
