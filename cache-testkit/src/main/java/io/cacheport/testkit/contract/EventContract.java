package io.cacheport.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.cacheport.TypeRef;
import io.cacheport.aside.CacheAside;
import io.cacheport.aside.CachePolicy;
import io.cacheport.events.EventEntry;
import io.cacheport.events.EventLog;
import io.cacheport.events.EventLoggingCache;
import io.cacheport.events.FailedEvent;
import io.cacheport.events.Invalidation;
import io.cacheport.events.Invalidations;
import io.cacheport.events.InvalidationsBuilder;
import io.cacheport.events.Published;
import io.cacheport.testkit.fault.FaultyCacheService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.IntStream;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/**
 * E1 to E11 of {@link io.cacheport.events}: rules, and the channel that takes events to all processes. For a cache that is an
 * {@link EventLoggingCache}; its test implements this beside extending {@link io.cacheport.testkit.CacheServiceContract}. Each
 * {@link Invalidations} stands for a process.
 *
 * @since 0.1
 */
public interface EventContract extends Contract {

    /** How long a test waits for what has to come. */
    Duration IN_TIME = Duration.ofSeconds(20);

    /** An event. */
    record Changed(int id) {}

    /** Another. */
    record Renamed(String name) {}

    private EventLog log() {
        return Objects.requireNonNull(((EventLoggingCache) cache()).eventLog());
    }

    private InvalidationsBuilder channel(String name) {
        return Invalidations.over(cache(), name).every(Duration.ofMillis(5));
    }

    private Invalidations listening(String channel, List<Integer> heard) {
        return channel(channel)
                .subscribe(Changed.class, "changed", e -> heard.add(e.id()))
                .start();
    }

    private static void awaitUntil(org.awaitility.core.ThrowingRunnable asserted) {
        Awaitility.await().atMost(IN_TIME).pollInterval(Duration.ofMillis(5)).untilAsserted(asserted);
    }

    @Test
    default void e1_keysPatternsAndTagsAreGoneWhenPublishReturns() {
        cache().set("event:7", "old", MINUTE);
        cache().set("event:8", "other", MINUTE);
        cache().set("event:list:a", "old", MINUTE);
        cache().set("event:list:b", "old", MINUTE);
        CachePolicy tagged = CachePolicy.ttl(MINUTE).tags("org:7");
        CacheAside.withCache(cache(), "tagged", tagged, TypeRef.of(String.class), () -> "old");

        try (Invalidations rules = channel("e1")
                .on(Changed.class, "changed", e -> Invalidation.keys("event:" + e.id()))
                .on(
                        Changed.class,
                        "changed",
                        e -> Invalidation.patterns("event:list:*").andTags("org:" + e.id()))
                .start()) {
            assertThat(rules.publish(new Changed(7))).isEqualTo(Published.APPLIED);

            assertThat(cache().getAll(
                                    List.of("event:7", "event:8", "event:list:a", "event:list:b"),
                                    TypeRef.of(String.class)))
                    .containsOnlyKeys("event:8");
            assertThat(CacheAside.<String, RuntimeException>withCache(
                            cache(), "tagged", tagged, TypeRef.of(String.class), () -> "new"))
                    .isEqualTo("new");
            assertThat(rules.stats().applied()).isEqualTo(1);
        }
    }

    @Test
    default void e2_handlersOfAllProcessesAreCalledAndThePublishers() {
        List<Integer> here = new CopyOnWriteArrayList<>();
        List<Integer> there = new CopyOnWriteArrayList<>();
        try (Invalidations publisher = listening("e2", here);
                Invalidations other = listening("e2", there)) {
            publisher.publish(new Changed(1));
            other.publish(new Changed(2));

            awaitUntil(() -> {
                assertThat(here).containsExactly(1, 2);
                assertThat(there).containsExactly(1, 2);
                assertThat(other.stats().delivered()).isEqualTo(2);
            });
        }
    }

    /** What the publisher has removed from the shared cache is not removed again by everybody. */
    @Test
    default void e2_rulesRunWhereTheyAreNeeded() {
        AtomicInteger applied = new AtomicInteger();
        List<Integer> heard = new CopyOnWriteArrayList<>();
        try (Invalidations publisher = channel("e2o")
                        .on(Changed.class, "changed", e -> Invalidation.keys("k"))
                        .start();
                Invalidations other = channel("e2o")
                        .on(Changed.class, "changed", e -> {
                            applied.incrementAndGet();
                            return Invalidation.keys("k");
                        })
                        .subscribe(Changed.class, "changed", e -> heard.add(e.id()))
                        .start()) {
            publisher.publish(new Changed(1));
            awaitUntil(() -> assertThat(heard).containsExactly(1));
            assertThat(applied).as("of what is removed already").hasValue(0);

            log().append("e2o", new EventEntry("changed", "x", false, log().encode("e2o", new Changed(2))), 9);
            awaitUntil(() -> assertThat(heard).containsExactly(1, 2));
            assertThat(applied).as("of what may not be removed").hasValue(1);
            assertThat(other.stats().failed()).isZero();
        }
    }

    @Test
    default void e3_inOrderFromTheStartOfTheProcessOn() {
        List<Integer> heard = new CopyOnWriteArrayList<>();
        List<Integer> late = new CopyOnWriteArrayList<>();
        try (Invalidations publisher = listening("e3", heard)) {
            for (int i = 0; i < 100; i++) {
                publisher.publish(new Changed(i));
            }
            try (Invalidations newcomer = listening("e3", late)) {
                for (int i = 100; i < 200; i++) {
                    publisher.publish(new Changed(i));
                }
                awaitUntil(() -> {
                    assertThat(heard).hasSize(200);
                    assertThat(late).hasSize(100);
                });
                assertThat(newcomer.stats().gaps()).isZero();
            }
        }
        assertThat(heard).isEqualTo(IntStream.range(0, 200).boxed().toList());
        assertThat(late).isEqualTo(IntStream.range(100, 200).boxed().toList());
    }

    @Test
    default void e4_e5_whatThrowsIsTriedAgainAndThenHandedOver() {
        AtomicInteger bad = new AtomicInteger();
        AtomicInteger shaky = new AtomicInteger();
        List<Integer> good = new CopyOnWriteArrayList<>();
        List<FailedEvent> failed = new CopyOnWriteArrayList<>();
        try (Invalidations rules = channel("e5")
                .subscribe(Changed.class, "changed", e -> {
                    bad.incrementAndGet();
                    throw new java.io.IOException("made to fail");
                })
                .subscribe(Changed.class, "changed", e -> {
                    if (shaky.incrementAndGet() < 3) {
                        throw new IllegalStateException("made to fail");
                    }
                })
                .subscribe(Changed.class, "changed", e -> good.add(e.id()))
                .onFailure(failed::add)
                .start()) {
            rules.publish(new Changed(1));
            rules.publish(new Changed(2));

            awaitUntil(() -> assertThat(rules.stats().delivered()).isEqualTo(2));
            assertThat(good).containsExactly(1, 2);
            assertThat(bad).hasValue(8);
            assertThat(shaky).as("three times for the first").hasValue(4);
            assertThat(failed).extracting(FailedEvent::event).containsExactly(new Changed(1), new Changed(2));
            assertThat(failed).allSatisfy(failure -> {
                assertThat(failure.type()).isEqualTo("changed");
                assertThat(failure.handler()).isEqualTo("handler 1");
                assertThat(failure.why()).isInstanceOf(java.io.IOException.class);
                assertThat(failure.toString()).doesNotContain("made");
            });
            assertThat(rules.stats().failed()).isEqualTo(2);
        }
    }

    @Test
    default void e5_aRuleThatThrowsIsNoFailureOfThePublisher() {
        AtomicInteger calls = new AtomicInteger();
        cache().set("k", "old", MINUTE);
        cache().set("late", "old", MINUTE);
        try (Invalidations rules = channel("e5r")
                .on(Changed.class, "changed", e -> {
                    if (calls.incrementAndGet() < 3) {
                        throw new IllegalStateException("made to fail");
                    }
                    return Invalidation.keys("late");
                })
                .on(Changed.class, "changed", e -> Invalidation.keys("k"))
                .start()) {
            assertThat(rules.publish(new Changed(1))).isEqualTo(Published.APPLIED);
            assertThat(cache().exists("k")).as("the other rule").isFalse();

            awaitUntil(() -> assertThat(cache().exists("late")).isFalse());
            assertThat(rules.stats().failed()).isZero();
        }
    }

    @Test
    default void e6_eventsWaitForTheStoreInOrder() {
        List<Integer> heard = new CopyOnWriteArrayList<>();
        FaultyCacheService faulty = FaultyCacheService.over(cache());
        cache().set("k", "old", MINUTE);
        try (Invalidations other = channel("e6")
                        .on(Changed.class, "changed", e -> Invalidation.keys("k"))
                        .subscribe(Changed.class, "changed", e -> heard.add(e.id()))
                        .start();
                Invalidations publisher = Invalidations.over(faulty, "e6")
                        .every(Duration.ofMillis(5))
                        .pendingLimit(2)
                        .on(Changed.class, "changed", e -> Invalidation.keys("k"))
                        .start()) {
            faulty.down();
            assertThat(publisher.publish(new Changed(1))).isEqualTo(Published.PENDING);
            assertThat(publisher.publish(new Changed(2))).isEqualTo(Published.PENDING);
            assertThat(publisher.publish(new Changed(3))).isEqualTo(Published.REFUSED);
            assertThat(publisher.stats().pending()).isEqualTo(2);
            assertThat(publisher.stats().refused()).isEqualTo(1);
            assertThat(heard).isEmpty();
            faulty.up();

            awaitUntil(() -> assertThat(heard).containsExactly(1, 2));
            assertThat(cache().exists("k"))
                    .as("removed by who heard of it, for a publisher that could not")
                    .isFalse();
            awaitUntil(() -> assertThat(publisher.stats().pending()).isZero());
            assertThat(publisher.publish(new Changed(4))).isEqualTo(Published.APPLIED);
            awaitUntil(() -> assertThat(heard).containsExactly(1, 2, 4));
            assertThat(other.stats().gaps()).isZero();
        }
    }

    @Test
    default void e7_whoHasMissedEventsIsTold() throws Exception {
        CountDownLatch busy = new CountDownLatch(1);
        CountDownLatch goOn = new CountDownLatch(1);
        AtomicInteger told = new AtomicInteger();
        List<Integer> heard = new CopyOnWriteArrayList<>();
        try (Invalidations slow = channel("e7")
                        .subscribe(Changed.class, "changed", e -> {
                            heard.add(e.id());
                            busy.countDown();
                            goOn.await();
                        })
                        .onGap(told::incrementAndGet)
                        .start();
                Invalidations publisher = channel("e7")
                        .keep(1)
                        .subscribe(Changed.class, "changed", e -> {})
                        .start()) {
            publisher.publish(new Changed(0));
            assertThat(busy.await(IN_TIME.toSeconds(), TimeUnit.SECONDS)).isTrue();
            for (int i = 1; i <= 500; i++) { // so many that a store which cuts by blocks has cut
                publisher.publish(new Changed(i));
            }
            goOn.countDown();

            awaitUntil(() -> assertThat(heard).contains(500));
            assertThat(told).hasValue(1);
            assertThat(slow.stats().gaps()).isEqualTo(1);
            assertThat(heard).hasSizeLessThan(501).isSorted();
        }
    }

    @Test
    default void e7_theLogTellsAGapFromNone() {
        EventLog log = log();
        String begin = log.end("e7l");
        assertThat(log.read("e7l", begin, 10).gap()).isFalse();
        assertThat(log.read("e7l", begin, 10).events()).isEmpty();

        List<String> positions = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            log.append("e7l", new EventEntry("changed", "x", true, log.encode("e7l", new Changed(i))), 1_000);
            positions.add(log.end("e7l"));
        }
        assertThat(log.read("e7l", begin, 1_000).events()).hasSize(300);
        assertThat(log.read("e7l", positions.get(9), 5).position()).isEqualTo(positions.get(14));
        assertThat(log.read("e7l", positions.get(299), 5).position()).isEqualTo(positions.get(299));

        log.append("e7l", new EventEntry("changed", "x", true, log.encode("e7l", new Changed(300))), 1);
        assertThat(log.read("e7l", begin, 10).gap()).as("cut after it").isTrue();
        int left = log.read("e7l", begin, 1_000).events().size();
        assertThat(left).isLessThan(300);
        assertThat(log.read("e7l", positions.get(300 - left), 10).gap())
                .as("cut up to it")
                .isFalse();
        assertThat(log.read("e7l", positions.get(299 - left), 10).gap())
                .as("cut one after it")
                .isTrue();
    }

    @Test
    default void e8_whatIsNotKnownOrNotReadableIsSkipped() {
        List<Integer> heard = new CopyOnWriteArrayList<>();
        List<FailedEvent> failed = new CopyOnWriteArrayList<>();
        try (Invalidations rules = channel("e8")
                        .subscribe(Changed.class, "changed", e -> heard.add(e.id()))
                        .onFailure(failed::add)
                        .start();
                Invalidations newer = channel("e8")
                        .subscribe(Renamed.class, "renamed", e -> {})
                        .subscribe(Changed.class, "changed", e -> {})
                        .start()) {
            newer.publish(new Renamed("x"));
            log().append("e8", new EventEntry("changed", "x", true, log().encode("e8", new Renamed("x"))), 9);
            newer.publish(new Changed(1));

            awaitUntil(() -> assertThat(heard).containsExactly(1));
            assertThat(rules.stats().unknown()).isEqualTo(1);
            assertThat(failed).hasSize(1);
            assertThat(failed.get(0).event()).isNull();
            assertThat(failed.get(0).handler()).isEqualTo("decoding");
        }
    }

    @Test
    default void e9_channelsAreApartAndOutOfReachOfFlushAndClear() {
        List<Integer> heard = new CopyOnWriteArrayList<>();
        List<Integer> elsewhere = new CopyOnWriteArrayList<>();
        try (Invalidations rules = listening("e9", heard);
                Invalidations other = listening("e9-other", elsewhere)) {
            EventLog log = log();
            String begin = log.end("e9");
            rules.publish(new Changed(1));
            cache().flush("*");
            cache().clear();

            assertThat(log.read("e9", begin, 10).events()).hasSize(1);
            rules.publish(new Changed(2));
            other.publish(new Changed(3));
            awaitUntil(() -> {
                assertThat(heard).containsExactly(1, 2);
                assertThat(elsewhere).containsExactly(3);
            });
            assertThat(rules.stats().gaps()).isZero();
        }
    }

    @Test
    default void e10_oneThreadWhichCloseEnds() {
        AtomicReference<Thread> first = new AtomicReference<>();
        AtomicReference<Thread> second = new AtomicReference<>();
        Invalidations rules = channel("e10")
                .subscribe(Changed.class, "changed", e -> first.set(Thread.currentThread()))
                .subscribe(Changed.class, "changed", e -> second.set(Thread.currentThread()))
                .start();
        rules.publish(new Changed(1));
        awaitUntil(() -> assertThat(second.get()).isNotNull());
        Thread thread = Objects.requireNonNull(first.get());
        assertThat(thread).isSameAs(second.get()).isNotSameAs(Thread.currentThread());
        assertThat(thread.isDaemon()).isTrue();

        rules.close();
        rules.close();

        assertThat(thread.isAlive()).isFalse();
        assertThatExceptionOfType(IllegalStateException.class).isThrownBy(() -> rules.publish(new Changed(2)));
    }

    @Test
    default void e11_badArguments() {
        for (String bad : new String[] {"", " ", "a b", "a{b}", "x".repeat(65), "a\n"}) {
            assertThatIllegalArgumentException().isThrownBy(() -> channel(bad)).withMessageContaining("channel");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> channel("e11").subscribe(Changed.class, bad, e -> {}))
                    .withMessageContaining("name");
        }
        assertThatIllegalArgumentException()
                .isThrownBy(() -> channel("e11")
                        .subscribe(Changed.class, "changed", e -> {})
                        .subscribe(Renamed.class, "changed", e -> {}))
                .withMessageContaining("one class, one name");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> channel("e11")
                        .subscribe(Changed.class, "changed", e -> {})
                        .subscribe(Changed.class, "changed2", e -> {}))
                .withMessageContaining("one class, one name");
        assertThatIllegalArgumentException().isThrownBy(() -> channel("e11").start());
        assertThatIllegalArgumentException().isThrownBy(() -> channel("e11").keep(0));
        assertThatIllegalArgumentException().isThrownBy(() -> channel("e11").pendingLimit(1_000_001));
        assertThatIllegalArgumentException().isThrownBy(() -> channel("e11").every(Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> Invalidation.keys(" "));
        assertThatIllegalArgumentException().isThrownBy(() -> Invalidation.patterns(""));
        assertThatIllegalArgumentException().isThrownBy(() -> Invalidation.tags(""));
        try (Invalidations rules = listening("e11", new CopyOnWriteArrayList<>())) {
            assertThatIllegalArgumentException().isThrownBy(() -> rules.publish(new Renamed("x")));
        }
    }
}
