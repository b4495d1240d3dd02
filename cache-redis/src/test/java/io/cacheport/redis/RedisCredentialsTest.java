package io.cacheport.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import io.cacheport.testkit.server.RedisCluster;
import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import io.lettuce.core.RedisCredentials;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Passwords that change while the cache runs. */
@Timeout(60)
class RedisCredentialsTest {

    private static final Duration SOON = Duration.ofSeconds(3);

    private final RedisServer server = RedisServer.start("--requirepass", "first");
    private final RespClient client = server.client();
    private volatile String password = "first";

    RedisCredentialsTest() {
        client.call("AUTH", "first");
    }

    @AfterEach
    void stop() {
        client.close();
        server.close();
    }

    private RedisCredentials credentials() {
        return RedisCredentials.just("default", password);
    }

    private RedisCacheAdapter open(Supplier<RedisCredentials> supplier) {
        return RedisCacheAdapter.builder(server.uri()).credentials(supplier).build();
    }

    private void changePassword(String changed) {
        client.call("CONFIG", "SET", "requirepass", changed);
        client.call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
    }

    @Test
    void aChangedPasswordIsPickedUpAndTriedWithoutAStormUntilThen() {
        try (RedisCacheAdapter cache = open(this::credentials)) {
            assertThat(cache.isConnected()).isTrue();

            changePassword("second");
            await().during(Duration.ofSeconds(10))
                    .atMost(Duration.ofSeconds(11))
                    .until(() -> !cache.isConnected());

            assertThat(refusedLogins(client)).isBetween(1, 8);
            password = "second";

            await().atMost(SOON).until(cache::isConnected);
        }
    }

    @Test
    void itIsNotAskedOnAThreadOfNetty() {
        Set<String> threads = ConcurrentHashMap.newKeySet();
        try (RedisCacheAdapter cache = open(() -> {
            threads.add(Thread.currentThread().getName());
            return credentials();
        })) {
            assertThat(cache.isConnected()).isTrue();
            assertThat(threads).containsExactly("cacheport-credentials");
        }
    }

    @Test
    void oneThatFailsOrGivesNothingIsAskedAgain() {
        AtomicInteger asked = new AtomicInteger();
        try (RedisTestLog log = RedisTestLog.open();
                RedisCacheAdapter cache = open(() -> switch (asked.getAndIncrement()) {
                    case 0 -> throw new IllegalStateException("s3cret");
                    case 1 -> nothing();
                    default -> credentials();
                })) {
            assertThat(cache.isConnected()).isFalse();

            await().atMost(Duration.ofSeconds(8)).until(cache::isConnected);
            List<String> lines = log.lines("WARN Redis cannot be reached");
            assertThat(lines)
                    .hasSizeBetween(1, 2); // Lettuce takes one in a hundred for a connection that was closed first
            assertThat(lines.get(lines.size() - 1)).contains("cause=credentials");
            assertThat(log.lines()).noneMatch(line -> line.contains("s3cret"));
        }
    }

    @SuppressWarnings("NullAway") // what a supplier without null checks does
    private static RedisCredentials nothing() {
        return null;
    }

    /** Slower than an attempt to connect: the answer is for the next one, and nobody asks twice meanwhile. */
    @Test
    void oneThatIsSlowHoldsUpNobody() throws InterruptedException {
        CountDownLatch answer = new CountDownLatch(1);
        AtomicInteger asked = new AtomicInteger();
        try (RedisCacheAdapter cache = open(() -> {
            asked.incrementAndGet();
            try {
                answer.await();
            } catch (InterruptedException closing) {
                Thread.currentThread().interrupt();
            }
            return credentials();
        })) {
            await().during(Duration.ofSeconds(5)).atMost(Duration.ofSeconds(6)).until(() -> !cache.isConnected());
            assertThat(asked).hasValue(1);

            answer.countDown();
            await().atMost(SOON).until(cache::isConnected);
        }
    }

    /** Nor does an answer that comes after it go anywhere: the connect it was for has ended, and so have its threads. */
    @Test
    void closingDoesNotWaitForIt() throws InterruptedException {
        CountDownLatch answer = new CountDownLatch(1);
        CountDownLatch answered = new CountDownLatch(1);
        try (RedisTestLog log = RedisTestLog.ofEverybody(Level.WARN)) {
            RedisCacheAdapter cache = open(() -> {
                awaitWhateverHappens(answer);
                answered.countDown();
                return credentials();
            });
            Thread asking = Thread.getAllStackTraces().keySet().stream()
                    .filter(thread -> thread.getName().equals("cacheport-credentials"))
                    .findFirst()
                    .orElseThrow();

            cache.close();
            answer.countDown();

            assertThat(answered.await(3, TimeUnit.SECONDS)).isTrue();
            asking.join(SOON.toMillis());
            assertThat(asking.isAlive()).isFalse();
            await().during(Duration.ofMillis(300)) // Lettuce goes on with an answer on yet another thread
                    .atMost(Duration.ofSeconds(1))
                    .untilAsserted(() ->
                            assertThat(log.lines()).allMatch(line -> line.startsWith("WARN Redis cannot be reached")));
        }
    }

    private static void awaitWhateverHappens(CountDownLatch latch) {
        boolean open = false;
        while (!open) {
            try {
                latch.await();
                open = true;
            } catch (InterruptedException closing) {
                // a supplier that does not listen
            }
        }
    }

    /** The addresses that the cluster names are logged in to like those of the URI. */
    @Test
    void everyNodeOfAClusterIsLoggedInTo() {
        try (RedisCluster cluster = RedisCluster.start(3, 0)) {
            for (RedisServer node : cluster.nodes()) {
                try (RespClient each = node.client()) {
                    each.call("CONFIG", "SET", "requirepass", "first");
                }
            }
            try (RedisCacheAdapter cache = RedisCacheAdapter.builder("redis-cluster://127.0.0.1:"
                            + cluster.nodes().get(0).port())
                    .credentials(this::credentials)
                    .connectTimeout(Duration.ofSeconds(5))
                    .build()) {
                for (int i = 0; i < 100; i++) {
                    cache.strict().set("k" + i, i, Duration.ofMinutes(1));
                }
            }
        }
    }

    private static int refusedLogins(RespClient client) {
        Matcher calls = Pattern.compile("errorstat_WRONGPASS:count=(\\d+)")
                .matcher(String.valueOf(client.call("INFO", "errorstats")));
        return calls.find() ? Integer.parseInt(calls.group(1)) : -1;
    }
}
