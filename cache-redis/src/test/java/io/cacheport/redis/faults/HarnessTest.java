package io.cacheport.redis.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.LoggingEvent;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;
import org.slf4j.event.KeyValuePair;

/** The instruments of the matrix see what they are there to see. */
class HarnessTest {

    private static final Duration SOON = Duration.ofSeconds(5);

    private static LoggingEvent event(String logger, Level level, String message, @Nullable Throwable thrown) {
        Logger to = (Logger) LoggerFactory.getLogger(logger);
        return new LoggingEvent(HarnessTest.class.getName(), to, level, message, thrown, null);
    }

    private static long leaksOf(LoggingEvent event) {
        LogWatch watch = new LogWatch();
        watch.append(event);
        return watch.leaksSeen();
    }

    @Test
    void aCanaryIsFoundWhereverItSits() {
        LoggingEvent pair = event("x", Level.INFO, "fine", null);
        pair.addKeyValuePair(new KeyValuePair("cause", LogWatch.VALUE));
        LoggingEvent thread = event("x", Level.INFO, "fine", null);
        thread.setThreadName("loads " + LogWatch.KEY);
        RuntimeException nested = new RuntimeException("fine", new RuntimeException(LogWatch.PASSWORD));

        assertThat(leaksOf(event("x", Level.INFO, "fine", null))).isZero();
        assertThat(leaksOf(event("x", Level.TRACE, "get " + LogWatch.KEY + ":1", null)))
                .isOne();
        assertThat(leaksOf(event("x", Level.INFO, "fine", nested))).isOne();
        assertThat(leaksOf(pair)).isOne();
        assertThat(leaksOf(thread)).isOne();
    }

    @Test
    void onlyTheTwoLinesOfLettuceThatShowTheWireAreExcused() {
        String encoder = "io.lettuce.core.protocol.CommandEncoder";
        String sent = "[channel=0x1, /127.0.0.1:1 -> /127.0.0.1:2] Sent: " + LogWatch.KEY;

        assertThat(leaksOf(event(encoder, Level.TRACE, sent, null))).isZero();
        assertThat(leaksOf(event(encoder, Level.DEBUG, sent, null))).isOne();
        assertThat(leaksOf(event(encoder, Level.TRACE, "[channel] writing " + LogWatch.KEY, null)))
                .isOne();
        assertThat(leaksOf(event("io.cacheport.redis.Calls", Level.TRACE, sent, null)))
                .isOne();
    }

    @Test
    void aRowIsGreenOnlyIfAllItsTestsPassed() {
        Row row = new Row(1).fault("x");
        row.begun();
        assertThat(row.isGreen()).isFalse();
        row.ended(true);
        assertThat(row.isGreen()).isTrue();
        row.naive("a | b").figure("1\n2", "3").figure("4", "5");
        assertThat(row.line()).isEqualTo("| 1 | x | a \\| b |  | 1 2<br>4 | 3<br>5 | green |");
        row.begun();
        assertThat(row.isGreen()).isFalse();
        row.ended(false);
        assertThat(row.line()).endsWith("| **red** |");
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> row.fault("y"));
    }

    @Test
    void whatACallCameTo() throws InterruptedException {
        CountDownLatch never = new CountDownLatch(1);

        assertThat(Naive.attempt(SOON, () -> "value")).isEqualTo("value");
        assertThat(Naive.attempt(SOON, () -> {
                    throw new StackOverflowError();
                }))
                .isEqualTo("StackOverflowError");
        assertThat(Naive.attempt(Duration.ofMillis(20), () -> {
                    never.await();
                    return "";
                }))
                .isEqualTo("hung over 20 ms");
    }

    @Test
    void aLoadTellsHitsLoadsFailuresAndWrongValues() throws InterruptedException {
        Map<String, String> store = new ConcurrentHashMap<>();
        LoadResult result;
        try (Load load = new Load((key, loader) -> {
                    if (key.contains(":7:")) {
                        throw new IllegalStateException();
                    }
                    if (key.contains(":8:")) {
                        return "somebody else's:1";
                    }
                    String value = store.get(key);
                    if (value == null) {
                        value = loader.call();
                        store.put(key, value);
                    }
                    return value;
                })
                .threads(2)
                .keys(10)
                .perSecond(2_000)
                .start()) {
            await().atMost(SOON).until(() -> load.now() > Duration.ofMillis(300).toNanos());
            long moment = load.now();
            await().atMost(SOON).until(() -> load.now() > moment + 100_000_000L);
            result = load.stop();
            assertThat(result.firstHitAfter(moment)).isPresent();
            assertThat(result.from(moment).calls().size())
                    .isPositive()
                    .isLessThan(result.calls().size());
        }
        assertThat(result.hung()).isZero();
        assertThat(result.loads()).isBetween(8L, 16L);
        assertThat(result.exceptions()).containsOnlyKeys("IllegalStateException");
        assertThat(result.wrong()).isPositive();
        assertThat(result.hits()).isPositive();
        assertThat(result.percentile(50)).isPositive().isLessThanOrEqualTo(result.max());
    }

    /** A server that stands still for 200 ms is felt by the calls that were due meanwhile, not by one. */
    @Test
    void anOpenLoopCountsTheWaiting() throws InterruptedException {
        CountDownLatch stall = new CountDownLatch(1);
        try (Load load = new Load((key, loader) -> {
                    stall.await();
                    return loader.call();
                })
                .threads(1)
                .perSecond(1_000)
                .start()) {
            await().atMost(SOON).until(() -> load.now() > Duration.ofMillis(200).toNanos());
            stall.countDown();
            await().atMost(SOON).until(() -> load.loads() > 200);
            assertThat(load.stop().calls().stream()
                            .filter(call -> call.nanos() > Duration.ofMillis(50).toNanos())
                            .count())
                    .isGreaterThan(100);
        }
    }
}
