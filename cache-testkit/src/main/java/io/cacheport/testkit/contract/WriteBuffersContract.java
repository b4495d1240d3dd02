package io.cacheport.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheport.CacheDataException;
import io.cacheport.CacheException;
import io.cacheport.TypeRef;
import io.cacheport.behind.BufferingCache;
import io.cacheport.behind.WriteBuffers;
import io.cacheport.behind.WriteBuffers.Kept;
import io.cacheport.behind.WriteBuffers.Taken;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** W1 to W8: what waits to be written. For adapters that keep it. */
public interface WriteBuffersContract extends Contract {

    /** For counters. */
    TypeRef<Long> NUMBER = TypeRef.of(Long.class);

    /** For values. */
    TypeRef<String> TEXT = TypeRef.of(String.class);

    /** More than are used. */
    int LIMIT = 1_000;

    /** A name of each test's own: what waits is not cleared. */
    String NAME = "name-" + System.nanoTime() + "-";

    /** Those of the cache under test. */
    default WriteBuffers buffers() {
        return ((BufferingCache) cache()).writeBuffers();
    }

    private static <T> Taken<T> taken(@Nullable Taken<T> taken) {
        return Objects.requireNonNull(taken, "nothing was taken");
    }

    @Test
    default void w1_additionsAreSummed() {
        String name = NAME + "sums";
        assertThat(buffers().take(name, NUMBER, 10)).isNull();

        assertThat(buffers().add(name, "a", 2, LIMIT)).isEqualTo(Kept.YES);
        buffers().add(name, "a", -5, LIMIT);
        buffers().add(name, "b", Long.MAX_VALUE, LIMIT);

        assertThat(taken(buffers().take(name, NUMBER, 10)).changes()).isEqualTo(Map.of("a", -3L, "b", Long.MAX_VALUE));
    }

    @Test
    default void w1_ofValuesTheLastStays() {
        String name = NAME + "last";
        buffers().put(name, "a", "old", LIMIT);
        buffers().put(name, "a", "new", LIMIT);
        buffers().put(name, "*{}", "5", LIMIT);

        Taken<String> taken = taken(buffers().take(name, TEXT, 10));
        assertThat(taken.changes()).isEqualTo(Map.of("a", "new", "*{}", "5"));
        assertThat(taken.unreadable()).isEmpty();
    }

    @Test
    default void w1_noAdditionIsLostBetweenThreads() throws InterruptedException {
        String name = NAME + "threads";
        int each = 100;
        CountDownLatch done = new CountDownLatch(4);
        for (int i = 0; i < 4; i++) {
            new Thread(() -> {
                        for (int n = 0; n < each; n++) {
                            buffers().add(name, "k" + n % 7, 1, LIMIT);
                        }
                        done.countDown();
                    })
                    .start();
        }
        Map<String, Long> written = new HashMap<>();
        while (done.getCount() > 0) {
            write(name, written);
        }
        while (buffers().size(name) > 0) {
            write(name, written);
        }

        assertThat(written.values().stream().mapToLong(n -> n).sum()).isEqualTo(4L * each);
    }

    private void write(String name, Map<String, Long> written) {
        Taken<Long> taken = buffers().take(name, NUMBER, 3);
        if (taken != null) {
            taken.changes().forEach((key, by) -> written.merge(key, by, Long::sum));
            buffers().done(name, taken.id(), taken.changes().keySet());
        }
    }

    @Test
    default void w2_whatWasTakenIsGivenAgainUntilItIsDone() {
        String name = NAME + "again";
        buffers().add(name, "a", 1, LIMIT);

        Taken<Long> first = taken(buffers().take(name, NUMBER, 10));
        Taken<Long> again = taken(buffers().take(name, NUMBER, 10));

        assertThat(again).isEqualTo(first);
        assertThat(first.id()).isNotBlank().hasSizeLessThanOrEqualTo(32);
        assertThat(first.parted()).isFalse();
    }

    @Test
    default void w2_batchesAreOfTheSizeAskedForAndEachKeyComesOnce() {
        String name = NAME + "size";
        for (int i = 0; i < 25; i++) {
            buffers().add(name, "k" + i, i, LIMIT);
        }
        Map<String, Long> all = new HashMap<>();
        Set<String> ids = new HashSet<>();
        for (int i = 0; i < 3; i++) {
            Taken<Long> taken = taken(buffers().take(name, NUMBER, 10));
            assertThat(taken.changes())
                    .hasSizeLessThanOrEqualTo(10)
                    .doesNotContainKeys(all.keySet().toArray(String[]::new));
            all.putAll(taken.changes());
            ids.add(taken.id());
            buffers().done(name, taken.id(), taken.changes().keySet());
        }

        assertThat(all).hasSize(25);
        assertThat(ids).hasSize(3);
        assertThat(buffers().take(name, NUMBER, 10)).isNull();
        assertThat(buffers().size(name)).isZero();
    }

    @Test
    default void w3_whatIsDoneLeavesAndTheLastEndsTheBatch() {
        String name = NAME + "done";
        buffers().add(name, "a", 1, LIMIT);
        buffers().add(name, "b", 2, LIMIT);
        Taken<Long> taken = taken(buffers().take(name, NUMBER, 10));

        buffers().done(name, taken.id(), List.of("a", "no such key"));
        assertThat(taken(buffers().take(name, NUMBER, 10)).changes()).isEqualTo(Map.of("b", 2L));
        buffers().done(name, taken.id(), List.of("b"));

        assertThat(buffers().take(name, NUMBER, 10)).isNull();
    }

    @Test
    default void w3_theIdOfAnEarlierBatchEndsNothing() {
        String name = NAME + "late";
        buffers().add(name, "a", 1, LIMIT);
        Taken<Long> first = taken(buffers().take(name, NUMBER, 10));
        buffers().done(name, first.id(), List.of("a"));
        buffers().add(name, "a", 7, LIMIT);
        Taken<Long> second = taken(buffers().take(name, NUMBER, 10));

        buffers().done(name, first.id(), List.of("a"));
        buffers().part(name, first.id());

        assertThat(buffers().take(name, NUMBER, 10)).isEqualTo(second);
        assertThat(second.id()).isNotEqualTo(first.id());
    }

    @Test
    default void w4_whatComesLaterWaitsForTheNextBatch() {
        String name = NAME + "later";
        buffers().add(name, "a", 1, LIMIT);
        Taken<Long> first = taken(buffers().take(name, NUMBER, 10));
        buffers().add(name, "a", 10, LIMIT);
        buffers().add(name, "b", 1, LIMIT);

        assertThat(buffers().take(name, NUMBER, 10)).isEqualTo(first);
        buffers().done(name, first.id(), List.of("a"));

        assertThat(taken(buffers().take(name, NUMBER, 10)).changes()).isEqualTo(Map.of("a", 10L, "b", 1L));
    }

    @Test
    default void w5_noMoreKeysWaitThanTheLimit() {
        String name = NAME + "limit";
        assertThat(buffers().add(name, "a", 1, 2)).isEqualTo(Kept.YES);
        assertThat(buffers().add(name, "b", 1, 2)).isEqualTo(Kept.YES);

        assertThat(buffers().add(name, "c", 1, 2)).isEqualTo(Kept.FULL);
        assertThat(buffers().put(name, "d", "x", 2)).isEqualTo(Kept.FULL);
        assertThat(buffers().add(name, "a", 1, 2)).isEqualTo(Kept.YES);

        assertThat(taken(buffers().take(name, NUMBER, 10)).changes()).isEqualTo(Map.of("a", 2L, "b", 1L));
    }

    @Test
    default void w6_whatWaitsCanBeSeen() {
        String name = NAME + "seen";
        assertThat(buffers().waiting(name, "a", NUMBER)).isEmpty();
        buffers().add(name, "a", 1, LIMIT);
        assertThat(buffers().waiting(name, "a", NUMBER)).containsExactly(1L);
        Taken<Long> taken = taken(buffers().take(name, NUMBER, 10));
        buffers().add(name, "a", 10, LIMIT);

        assertThat(buffers().waiting(name, "a", NUMBER)).containsExactly(1L, 10L);
        assertThat(buffers().size(name)).isEqualTo(2);
        buffers().done(name, taken.id(), List.of("a"));
        assertThat(buffers().waiting(name, "a", NUMBER)).containsExactly(10L);
        assertThat(buffers().waiting(name, "b", NUMBER)).isEmpty();
        assertThat(buffers().size(name)).isEqualTo(1);
    }

    @Test
    default void w7_flushAndClearDoNotReachIt() {
        String name = NAME + "clear";
        buffers().add(name, "a", 1, LIMIT);
        Taken<Long> taken = taken(buffers().take(name, NUMBER, 10));
        buffers().add(name, "a", 2, LIMIT);

        cache().flush("*");
        cache().clear();
        fixture().passTime(java.time.Duration.ofDays(400));

        assertThat(buffers().take(name, NUMBER, 10)).isEqualTo(taken);
        assertThat(buffers().waiting(name, "a", NUMBER)).containsExactly(1L, 2L);
        buffers().done(name, taken.id(), List.of("a"));
        buffers().done(name, taken(buffers().take(name, NUMBER, 10)).id(), List.of("a"));
    }

    @Test
    default void w8_aPartedBatchSaysSoToWhoeverTakesIt() {
        String name = NAME + "parted";
        buffers().add(name, "a", 1, LIMIT);
        buffers().add(name, "b", 1, LIMIT);
        Taken<Long> whole = taken(buffers().take(name, NUMBER, 10));
        buffers().part(name, whole.id());

        Taken<Long> parted = taken(buffers().take(name, NUMBER, 10));

        assertThat(parted.parted()).isTrue();
        assertThat(parted.changes()).isEqualTo(whole.changes());
        buffers().done(name, parted.id(), List.of("a", "b"));
        buffers().add(name, "a", 1, LIMIT);
        assertThat(taken(buffers().take(name, NUMBER, 10)).parted()).isFalse();
    }

    @Test
    default void w1_aValueThatCannotBeReadOrKeptIsSaid() {
        String name = NAME + "bad";
        buffers().put(name, "text", "x", LIMIT);
        buffers().put(name, "number", 5, LIMIT);
        if (fixture().maximumValueBytes() > 0) {
            assertThatThrownBy(() ->
                            buffers().put(name, "large", "x".repeat(fixture().maximumValueBytes()), LIMIT))
                    .isInstanceOf(CacheDataException.class);
        }

        Taken<Integer> taken = taken(buffers().take(name, TypeRef.of(Integer.class), 10));

        assertThat(taken.changes()).isEqualTo(Map.of("number", 5));
        assertThat(taken.unreadable()).containsOnlyKeys("text");
    }

    @Test
    default void w1_aClosedStoreKeepsNothingAndSaysSo() {
        String name = NAME + "closed";
        WriteBuffers closed = buffers();
        fixture().closeCache();

        assertThat(closed.add(name, "a", 1, LIMIT)).isEqualTo(Kept.NO);
        assertThat(closed.put(name, "a", "x", LIMIT)).isEqualTo(Kept.NO);
        assertThatThrownBy(() -> closed.take(name, NUMBER, 10)).isInstanceOf(CacheException.class);
        assertThatThrownBy(() -> closed.waiting(name, "a", NUMBER)).isInstanceOf(CacheException.class);
        assertThatThrownBy(() -> closed.size(name)).isInstanceOf(CacheException.class);
    }
}
