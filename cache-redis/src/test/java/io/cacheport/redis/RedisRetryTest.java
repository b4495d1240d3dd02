package io.cacheport.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cacheport.testkit.fault.FaultProxy;
import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Commands on their way when the connection is cut. */
class RedisRetryTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);

    private final RedisServer server = RedisServer.start();
    private final FaultProxy proxy = FaultProxy.to(server);
    private final RespClient client = server.client();

    @AfterEach
    void stop() {
        client.close();
        proxy.close();
        server.close();
    }

    private RedisCacheBuilder builder() {
        return RedisCacheAdapter.builder(proxy.uri()).commandTimeout(Duration.ofSeconds(10));
    }

    /** Runs a call whose command is on its way when the connection breaks; new ones work from then on. */
    private void cutDuring(RedisCacheAdapter cache, Runnable call) throws InterruptedException {
        await().until(cache::isConnected);
        long before = proxy.swallowed();
        proxy.blackhole();
        Thread caller = new Thread(call);
        caller.start();
        await().until(() -> proxy.swallowed() > before);
        proxy.heal();
        proxy.reset();
        caller.join();
    }

    @Test
    void whatMayBeRepeatedIsSentAgain() throws Exception {
        try (RedisCacheAdapter cache = builder().retries(10).build()) {
            cache.set("k", "v", MINUTE);
            cutDuring(cache, () -> cache.get("k", String.class));
            cutDuring(cache, () -> cache.getAll(List.of("k"), String.class));
            cutDuring(cache, () -> cache.del("k"));

            assertThat(cache.getStats().hits()).isEqualTo(2);
            assertThat(cache.getStats().deletes()).isEqualTo(1);
            assertThat(cache.getStats().errors()).isZero();
        }
    }

    /** With the retries that come by default, however short their pauses are against reconnecting. */
    @Test
    void theConnectionIsWaitedFor() throws Exception {
        try (RedisCacheAdapter cache = builder().build()) {
            cache.set("k", "v", MINUTE);
            for (int cut = 0; cut < 5; cut++) {
                cutDuring(cache, () -> cache.get("k", String.class));
            }

            assertThat(cache.getStats().hits()).isEqualTo(5);
            assertThat(cache.getStats().errors()).isZero();
        }
    }

    @Test
    void withoutRetriesItIsNot() throws Exception {
        try (RedisCacheAdapter cache = builder().retries(0).build()) {
            cache.set("k", "v", MINUTE);
            cutDuring(cache, () -> cache.get("k", String.class));

            assertThat(cache.getStats().misses()).isEqualTo(1);
            assertThat(cache.getStats().errors()).isEqualTo(1);
        }
    }

    /** It may have been executed, and a removal since; again would bring the old value back. */
    @Test
    void aWriteIsNotSentAgain() throws Exception {
        try (RedisCacheAdapter cache = builder().retries(10).build()) {
            RedisTestCommands commands = RedisTestCommands.countFromNow(client);
            cutDuring(cache, () -> cache.set("k", "v", MINUTE));
            cutDuring(cache, () -> cache.setAll(Map.of("k", "v"), MINUTE));
            cutDuring(cache, () -> cache.expire("k", MINUTE));

            assertThat(cache.getStats().errors()).isEqualTo(3);
            assertThat(cache.getStats().sets()).isZero();
            assertThat(client.call("EXISTS", "cache:k")).isEqualTo(0L);
            assertThat(commands.counts()).containsOnlyKeys("exists");
        }
    }

    @Test
    void pausesBetweenAttemptsToConnectStayShort() {
        for (int attempt = 1; attempt < 60; attempt++) {
            assertThat(new ReconnectPause(new ReconnectPause.Refusals()).createDelay(attempt))
                    .as("before attempt " + attempt)
                    .isBetween(Duration.ofMillis(50), Duration.ofSeconds(2));
        }
        assertThat(IntStream.range(0, 100)
                        .mapToObj(attempt -> new ReconnectPause(new ReconnectPause.Refusals()).createDelay(50))
                        .distinct())
                .as("jitter, of 100") // of thousands of milliseconds: two that are the same are no surprise
                .hasSizeGreaterThan(50);
    }
}
