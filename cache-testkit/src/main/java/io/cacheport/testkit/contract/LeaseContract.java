package io.cacheport.testkit.contract;

import static io.cacheport.aside.CacheAside.withCache;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.cacheport.CacheException;
import io.cacheport.CacheServicePort;
import io.cacheport.TypeRef;
import io.cacheport.ValueEncodingException;
import io.cacheport.aside.Cache;
import io.cacheport.lease.Fill;
import io.cacheport.lease.Lease;
import io.cacheport.lease.LeaseAnswer;
import io.cacheport.lease.Terms;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * L1 to L9, and of cache-aside A12 to A14: leases; with L10 to L15 and A15 to A25, which stand on them, in the contracts it
 * extends. For a cache that gives leases; its test implements this beside extending {@link
 * io.cacheport.testkit.CacheServiceContract}.
 *
 * @since 0.1
 */
public interface LeaseContract
        extends RefreshContract,
                TagContract,
                OrderedWriteContract,
                StaleContract,
                LoadContextContract,
                MeanwhileContract,
                WarmContract {

    /** Of the leases in these tests. */
    Duration TIME = Duration.ofSeconds(30);

    private static @Nullable Object valueOf(@Nullable LeaseAnswer<String> answer) {
        if (answer instanceof LeaseAnswer.Found<String> found) {
            return found.value();
        }
        throw new AssertionError("no value but " + answer);
    }

    private LeaseAnswer<String> take(String key) {
        return leases().take(key, TypeRef.of(String.class), TIME);
    }

    private Lease taken(String key) {
        LeaseAnswer<String> answer = take(key);
        assertThat(answer).isInstanceOf(LeaseAnswer.Granted.class);
        return ((LeaseAnswer.Granted<String>) answer).lease();
    }

    @Test
    default void l1_oneTakerGetsIt() {
        Lease lease = taken("k");

        assertThat(lease.key()).isEqualTo("k");
        assertThat(take("k")).isInstanceOf(LeaseAnswer.Taken.class);
        assertThat(take("other")).isInstanceOf(LeaseAnswer.Granted.class);
    }

    @Test
    default void l1_oneOfManyAtOnce() throws Exception {
        List<LeaseAnswer<String>> answers = SharingContract.together(16, thread -> take("k"));

        assertThat(answers).filteredOn(LeaseAnswer.Granted.class::isInstance).hasSize(1);
    }

    @Test
    default void l1_aValueIsGivenInstead() {
        cache().set("k", "v", MINUTE);
        cache().set("null", null, MINUTE);

        assertThat(valueOf(take("k"))).isEqualTo("v");
        assertThat(valueOf(take("null"))).isNull();
        assertThat(cache().getStats().totalRequests()).isZero();
    }

    @Test
    default void l1_severalAtOnce() {
        cache().set("there", "v", MINUTE);
        cache().set("number", 7, MINUTE);
        taken("taken");

        Map<String, LeaseAnswer<String>> answers =
                leases().takeAll(List.of("there", "number", "taken", "missing"), TypeRef.of(String.class), TIME);

        assertThat(answers).containsOnlyKeys("there", "number", "taken", "missing");
        assertThat(valueOf(answers.get("there"))).isEqualTo("v");
        assertThat(answers.get("number")).isInstanceOf(LeaseAnswer.Granted.class);
        assertThat(answers.get("taken")).isInstanceOf(LeaseAnswer.Taken.class);
        assertThat(answers.get("missing")).isInstanceOf(LeaseAnswer.Granted.class);
        assertThat(cache().getStats().totalRequests()).isZero();
        assertThat(leases().takeAll(List.of(), TypeRef.of(String.class), TIME)).isEmpty();
    }

    @Test
    default void l3_severalAtOnce() {
        Lease filled = taken("filled");
        Lease released = taken("released");
        Lease ended = taken("ended");
        cache().del("ended");

        Set<Lease> live = leases().fillAll(List.of(
                new Fill(filled, "v", Terms.of(MINUTE)),
                new Fill(released, null, null),
                new Fill(ended, "late", Terms.of(MINUTE))));

        assertThat(live).containsExactlyInAnyOrder(filled, released);
        assertThat(cache().get("filled", String.class)).isEqualTo("v");
        assertThat(cache().getStats().sets()).isEqualTo(1);
        assertThat(cache().getStats().keys()).isEqualTo(1);
        assertThat(leases().fillAll(List.of())).isEmpty();
    }

    @Test
    default void l2_aLeasedKeyHasNoEntry() {
        Lease lease = taken("k");

        assertThat(cache().get("k", String.class)).isNull();
        assertThat(cache().getAll(List.of("k"), String.class)).isEmpty();
        assertThat(cache().exists("k")).isFalse();
        assertThat(cache().ttl("k")).isEmpty();
        assertThat(cache().expire("k", Duration.ofHours(1))).isFalse();

        assertThat(cache().getStats().errors()).isZero();
        assertThat(cache().getStats().misses()).isEqualTo(2);
        fixture().passTime(TIME);
        assertThat(leases().fill(lease, "v", MINUTE)).as("expire left it alone").isFalse();
    }

    @Test
    default void l2_whatRemovesAndCountsKeysCountsIt() {
        taken("k");
        assertThat(cache().getStats().keys()).isEqualTo(1);
        assertThat(cache().del("k")).isTrue();

        taken("k");
        assertThat(cache().flush("k*")).isEqualTo(1);
        assertThat(cache().getStats().deletes()).isEqualTo(2);
    }

    @Test
    default void l3_aFillStoresAndEndsTheLease() {
        Lease lease = taken("k");

        assertThat(leases().fill(lease, "v", MINUTE)).isTrue();

        assertThat(cache().get("k", String.class)).isEqualTo("v");
        assertThat(cache().ttl("k").orElseThrow()).isBetween(Duration.ofSeconds(50), MINUTE);
        assertThat(cache().getStats().sets()).isEqualTo(1);
        assertThat(leases().fill(lease, "again", MINUTE)).isFalse();
        assertThat(leases().release(lease)).isFalse();
        assertThat(cache().get("k", String.class)).isEqualTo("v");
    }

    /** What ends a lease, and what is there then. */
    static Stream<Arguments> changes() {
        return Stream.of(
                change("set", cache -> cache.set("k", "set", MINUTE), "set"),
                change("set null", cache -> cache.set("k", null, MINUTE), null),
                change("setAll", cache -> cache.setAll(Map.of("k", "set", "l", "set"), MINUTE), "set"),
                change("del", cache -> cache.del("k"), null),
                change("del of several", cache -> cache.del(List.of("j", "k", "l")), null),
                change("flush", cache -> cache.flush("k*"), null),
                change("clear", CacheServicePort::clear, null),
                change("of the strict view", cache -> cache.strict().del("k"), null));
    }

    private static Arguments change(String name, Consumer<CacheServicePort> change, @Nullable String left) {
        return Arguments.of(name, change, left);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.cacheport.testkit.contract.LeaseContract#changes")
    default void l4_anyChangeOfTheKeyEndsTheLease(
            String name, Consumer<CacheServicePort> change, @Nullable String left) {
        Lease lease = taken("k");
        long sets = cache().getStats().sets();

        change.accept(cache());
        long after = cache().getStats().sets();

        assertThat(leases().renew(lease)).isFalse();
        assertThat(leases().fill(lease, "late", MINUTE)).isFalse();
        assertThat(leases().release(lease)).isFalse();
        assertThat(cache().get("k", String.class)).isEqualTo(left);
        assertThat(cache().getStats().sets()).isEqualTo(after).isGreaterThanOrEqualTo(sets);
    }

    @Test
    default void l4_aNewLeaseIsNotTheOldOne() {
        Lease old = taken("k");
        cache().del("k");
        Lease young = taken("k");

        assertThat(leases().fill(old, "old", MINUTE)).isFalse();
        assertThat(leases().release(old)).isFalse();
        assertThat(leases().fill(young, "young", MINUTE)).isTrue();
        assertThat(cache().get("k", String.class)).isEqualTo("young");
    }

    @Test
    default void l5_aLeaseEndsByItself() {
        Lease lease = taken("k");
        fixture().passTime(TIME);

        assertThat(leases().renew(lease)).isFalse();
        assertThat(leases().fill(lease, "v", MINUTE)).isFalse();
        assertThat(take("k")).isInstanceOf(LeaseAnswer.Granted.class);
    }

    @Test
    default void l5_unlessItIsRenewed() {
        Lease lease = taken("k");
        for (int i = 0; i < 3; i++) {
            fixture().passTime(TIME.dividedBy(2));
            assertThat(leases().renew(lease)).isTrue();
        }

        assertThat(leases().fill(lease, "v", MINUTE)).isTrue();
    }

    @Test
    default void l6_aReleaseLetsTheNextOneLoad() {
        Lease lease = taken("k");

        assertThat(leases().release(lease)).isTrue();

        assertThat(leases().release(lease)).isFalse();
        assertThat(cache().getStats().keys()).isZero();
        assertThat(take("k")).isInstanceOf(LeaseAnswer.Granted.class);
    }

    @Test
    default void l7_anUnreadableValueMakesRoom() {
        cache().set("k", "text", MINUTE);

        LeaseAnswer<Integer> answer = leases().take("k", TypeRef.of(Integer.class), TIME);

        assertThat(answer).isInstanceOf(LeaseAnswer.Granted.class);
        assertThat(cache().exists("k")).isFalse();
        assertThat(leases().fill(((LeaseAnswer.Granted<Integer>) answer).lease(), 7, MINUTE))
                .isTrue();
        assertThat(cache().get("k", Integer.class)).isEqualTo(7);
    }

    @Test
    default void l8_aValueWithoutEncodingIsNotStored() {
        Lease lease = taken("k");
        if (fixture().encodes()) {
            assertThatExceptionOfType(ValueEncodingException.class)
                    .isThrownBy(() -> leases().fill(lease, new Object(), MINUTE));
            assertThat(cache().getStats().errors()).isEqualTo(1);
            assertThat(leases().fill(lease, "v", MINUTE)).isTrue();
        } else {
            assertThat(leases().fill(lease, new Object(), MINUTE)).isTrue();
        }
    }

    /** The others are. */
    @Test
    default void l8_norOneOfSeveral() {
        Lease good = taken("good");
        Lease bad = taken("bad");

        Set<Lease> live = leases().fillAll(
                        List.of(new Fill(bad, new Object(), Terms.of(MINUTE)), new Fill(good, "v", Terms.of(MINUTE))));

        assertThat(live).contains(good);
        assertThat(cache().get("good", String.class)).isEqualTo("v");
        assertThat(cache().exists("bad")).isEqualTo(!fixture().encodes());
        assertThat(cache().getStats().errors()).isEqualTo(fixture().encodes() ? 1 : 0);
    }

    @Test
    default void l8_aValueTooLargeIsNotStored() {
        Lease lease = taken("k");
        int limit = fixture().maximumValueBytes();
        if (limit > 0) {
            assertThatExceptionOfType(CacheException.class)
                    .isThrownBy(() -> leases().fill(lease, "x".repeat(limit), MINUTE));
            assertThat(cache().exists("k")).isFalse();
        } else {
            assertThat(leases().fill(lease, "x".repeat(1_000_000), MINUTE)).isTrue();
        }
    }

    @Test
    default void l9_aStoreThatCannotBeAskedThrows() {
        Lease lease = taken("k");
        fixture().closeCache();

        assertThatExceptionOfType(CacheException.class).isThrownBy(() -> take("k"));
        assertThatExceptionOfType(CacheException.class).isThrownBy(() -> leases().fill(lease, "v", MINUTE));
        assertThatExceptionOfType(CacheException.class).isThrownBy(() -> leases().renew(lease));
        assertThat(leases().takeAll(List.of("k"), TypeRef.of(String.class), TIME))
                .isEmpty();
        assertThat(leases().fillAll(List.of(new Fill(lease, "v", Terms.of(MINUTE)))))
                .isEmpty();
        assertThatExceptionOfType(CacheException.class).isThrownBy(() -> leases().release(lease));
    }

    @Test
    default void l9_aBadArgument() {
        assertThatIllegalArgumentException().isThrownBy(() -> take(" ")).withMessageContaining("blank");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> leases().take("k", TypeRef.of(String.class), Duration.ZERO))
                .withMessageContaining("PT0S");
        Lease lease = taken("k");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> leases().fill(lease, "v", Duration.ofSeconds(-1)))
                .withMessageContaining("PT-1S");
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("io.cacheport.testkit.contract.LeaseContract#changes")
    default void a12_whatWasLoadedBeforeAChangeIsNotStoredAfterIt(
            String name, Consumer<CacheServicePort> change, @Nullable String left) {
        String loaded = withCache(cache(), "k", MINUTE, String.class, () -> {
            change.accept(cache());
            return "old";
        });

        assertThat(loaded).isEqualTo("old");
        assertThat(cache().get("k", String.class)).isEqualTo(left);
    }

    /** The second begins when the value that the first is loading has already been invalidated. */
    @Test
    default void a12_whoBeginsAfterAnInvalidationDoesNotShareALoadFromBefore() throws Exception {
        AtomicInteger loads = new AtomicInteger();
        CountDownLatch invalidated = new CountDownLatch(1);
        AtomicReference<@Nullable Thread> joiner = new AtomicReference<>();

        List<String> values = SharingContract.together(2, thread -> {
            if (thread == 1) {
                invalidated.await();
                joiner.set(Thread.currentThread());
            }
            return withCache(cache(), "k", MINUTE, String.class, () -> {
                String value = "v" + loads.incrementAndGet();
                if (value.equals("v1")) {
                    cache().del("k");
                    invalidated.countDown();
                    Awaitility.await().until(() -> FlightContract.isWaiting(joiner.get()));
                }
                return value;
            });
        });

        assertThat(values).containsExactly("v1", "v2");
        assertThat(cache().get("k", String.class)).isEqualTo("v2");
    }

    @Test
    default void a12_aFailedLoadLeavesNothing() {
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> withCache(cache(), "k", MINUTE, String.class, () -> {
                    throw new IllegalStateException("database down");
                }));

        assertThat(cache().getStats().keys()).isZero();
    }

    /** The second begins when the load has failed, and its lease is just being released. */
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    default void a3_whoBeginsAfterALoadHasFailedDoesNotGetItsException(boolean several) throws Exception {
        CountDownLatch failed = new CountDownLatch(1);
        AtomicReference<@Nullable Thread> joiner = new AtomicReference<>();
        CacheServicePort slow = new Releasing(cache(), leases(), () -> {
            failed.countDown();
            Awaitility.await().until(() -> FlightContract.isWaiting(joiner.get()));
        });
        Cache<String, String> view = Cache.named("c", String.class).ttl(MINUTE).over(slow);
        IllegalStateException failure = new IllegalStateException("database down");

        List<String> values = SharingContract.together(2, thread -> {
            if (thread == 1) {
                failed.await();
                joiner.set(Thread.currentThread());
                return String.valueOf(view.get("k", key -> "v"));
            }
            return String.valueOf(catchThrowable(() -> {
                if (several) {
                    view.getAll(List.of("k"), keys -> {
                        throw failure;
                    });
                } else {
                    view.get("k", key -> {
                        throw failure;
                    });
                }
            }));
        });

        assertThat(values).containsExactly(failure.toString(), "v");
    }

    @Test
    default void a13_aLoadElsewhereIsWaitedFor() throws Exception {
        Lease elsewhere = taken("k");
        AtomicReference<@Nullable Thread> caller = new AtomicReference<>();

        List<String> values = SharingContract.together(2, thread -> {
            if (thread == 0) {
                Awaitility.await().until(() -> isPausing(caller.get()));
                return String.valueOf(leases().fill(elsewhere, "theirs", MINUTE));
            }
            caller.set(Thread.currentThread());
            return withCache(cache(), "k", MINUTE, String.class, () -> "mine");
        });

        assertThat(values).containsExactly("true", "theirs");
    }

    @Test
    default void a13_aLoadElsewhereThatIsGivenUpIsMadeHere() throws Exception {
        Lease elsewhere = taken("k");
        AtomicReference<@Nullable Thread> caller = new AtomicReference<>();

        List<String> values = SharingContract.together(2, thread -> {
            if (thread == 0) {
                Awaitility.await().until(() -> isPausing(caller.get()));
                return String.valueOf(leases().release(elsewhere));
            }
            caller.set(Thread.currentThread());
            return withCache(cache(), "k", MINUTE, String.class, () -> "mine");
        });

        assertThat(values).containsExactly("true", "mine");
        assertThat(cache().get("k", String.class)).isEqualTo("mine");
    }

    @Test
    default void a14_ofManyOnlyThoseThatWereOvertakenAreNotStored() {
        Cache<Integer, String> users =
                Cache.named("user", String.class).ttl(MINUTE).over(cache());

        Map<Integer, String> found = users.getAll(List.of(1, 2), ids -> {
            cache().del("user:1");
            return Map.of(1, "old", 2, "v");
        });

        assertThat(found).isEqualTo(Map.of(1, "old", 2, "v"));
        assertThat(cache().exists("user:1")).isFalse();
        assertThat(cache().get("user:2", String.class)).isEqualTo("v");
    }

    @Test
    default void a14_aLoadElsewhereIsWaitedForWhenTheRestIsThere() throws Exception {
        Lease elsewhere = taken("user:1");
        CountDownLatch restLoaded = new CountDownLatch(1);
        Cache<Integer, String> users =
                Cache.named("user", String.class).ttl(MINUTE).over(cache());

        List<String> values = SharingContract.together(2, thread -> {
            if (thread == 0) {
                restLoaded.await();
                return String.valueOf(leases().fill(elsewhere, "theirs", MINUTE));
            }
            return String.valueOf(users.getAll(List.of(1, 2), ids -> {
                assertThat(ids).containsExactly(2);
                restLoaded.countDown();
                return Map.of(2, "mine");
            }));
        });

        assertThat(values).containsExactly("true", "{1=theirs, 2=mine}");
    }

    private static boolean isPausing(@Nullable Thread thread) {
        return thread != null && thread.getState() == Thread.State.TIMED_WAITING;
    }
}
