package io.cacheport.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.cacheport.aside.Cache;
import io.cacheport.aside.CachePolicy;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.CyclicBarrier;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** A14: loads of many keys. */
public interface BulkLoadContract extends Contract {

    private Cache<Integer, String> users() {
        return Cache.named("user", String.class)
                .policy(CachePolicy.ttl(MINUTE).negativeTtl(MINUTE))
                .over(cache());
    }

    private static Map<Integer, String> named(Collection<Integer> ids) {
        return ids.stream().collect(Collectors.toMap(id -> id, id -> "user " + id));
    }

    @Test
    default void a14_onlyWhatIsMissingIsLoadedInOneCall() {
        List<Set<Integer>> asked = new ArrayList<>();
        users().put(2, "there");

        Map<Integer, String> found = users().getAll(List.of(3, 2, 1), ids -> {
            asked.add(ids);
            return named(ids);
        });

        assertThat(found).containsExactly(Map.entry(3, "user 3"), Map.entry(2, "there"), Map.entry(1, "user 1"));
        assertThat(asked).hasSize(1);
        assertThat(asked.get(0)).containsExactly(3, 1);
        assertThat(cache().getStats().hits()).isEqualTo(1);
        assertThat(cache().getStats().misses()).isEqualTo(2);

        assertThat(users().getAll(List.of(1, 2, 3), BulkLoadContract::mustNotLoad))
                .isEqualTo(found);
        assertThat(cache().ttl("user:1")).isPresent();
    }

    @Test
    default void a14_manyKeys() {
        List<Integer> ids = new ArrayList<>();
        for (int i = 0; i < 1_200; i++) {
            ids.add(i);
        }

        assertThat(users().getAll(ids, BulkLoadContract::named)).hasSize(1_200);
        assertThat(users().getAll(ids, BulkLoadContract::mustNotLoad))
                .hasSize(1_200)
                .containsEntry(1_199, "user 1199");
    }

    @Test
    default void a14_eachKeyOnceAndNothingForNothing() {
        assertThat(users().getAll(List.of(), BulkLoadContract::mustNotLoad)).isEmpty();
        assertThat(users().getAll(List.of(1, 1), ids -> {
                    assertThat(ids).containsExactly(1);
                    return named(ids);
                }))
                .containsExactly(Map.entry(1, "user 1"));
    }

    @Test
    default void a14_aKeyWithoutValueIsLeftOutAndCachedAsSuch() {
        assertThat(users().getAll(List.of(1, 2), ids -> Map.of(1, "user 1"))).containsOnlyKeys(1);

        assertThat(users().getAll(List.of(1, 2), BulkLoadContract::mustNotLoad)).containsOnlyKeys(1);
        assertThat(cache().exists("user:2")).isTrue();
    }

    @Test
    default void a14_whatWasNotAskedForIsIgnored() {
        assertThat(users().getAll(List.of(1), ids -> Map.of(1, "user 1", 9, "unasked")))
                .containsOnlyKeys(1);

        assertThat(cache().exists("user:9")).isFalse();
    }

    @Test
    default void a14_theLoadersExceptionArrivesAsItIs() {
        IOException failure = new IOException("database down");
        users().put(2, "there");

        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> users().getAll(List.of(1, 2), ids -> {
                    throw failure;
                }))
                .isSameAs(failure);

        assertThat(cache().getStats().keys()).isEqualTo(1);
        assertThat(users().getAll(List.of(1, 2), BulkLoadContract::named)).hasSize(2);
    }

    @Test
    default void a14_callsThatOverlapDoNotWaitForEachOther() throws Exception {
        CyclicBarrier bothLoading = new CyclicBarrier(2);

        List<Map<Integer, String>> found = SharingContract.together(2, thread -> {
            List<Integer> ids = thread == 0 ? List.of(1, 2, 3) : List.of(4, 3, 2);
            return users().getAll(ids, asked -> {
                if (asked.contains(1) || asked.contains(4)) { // which only one of them asks for
                    bothLoading.await();
                }
                return named(asked);
            });
        });

        assertThat(found.get(0)).isEqualTo(named(List.of(1, 2, 3)));
        assertThat(found.get(1)).isEqualTo(named(List.of(2, 3, 4)));
    }

    @Test
    default void a14_aLoadUnderWayIsWaitedForWhileTheRestIsLoaded() throws Exception {
        CountDownLatch loading = new CountDownLatch(1);
        CountDownLatch restLoaded = new CountDownLatch(1);
        List<Set<Integer>> asked = new CopyOnWriteArrayList<>();

        List<Map<Integer, String>> found = SharingContract.together(2, thread -> {
            if (thread == 0) {
                return Map.of(1, String.valueOf(users().get(1, id -> {
                    loading.countDown();
                    restLoaded.await();
                    return "single";
                })));
            }
            loading.await();
            return users().getAll(List.of(1, 2), ids -> {
                asked.add(ids);
                restLoaded.countDown();
                return named(ids);
            });
        });

        assertThat(found.get(0)).containsEntry(1, "single");
        assertThat(found.get(1)).isEqualTo(Map.of(1, "single", 2, "user 2"));
        assertThat(asked).containsExactly(Set.of(2));
    }

    @Test
    @SuppressWarnings("NullAway") // passing null where it is not allowed is the point
    default void a14_badArguments() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> users().getAll(null, BulkLoadContract::named))
                .withMessageContaining("keys");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> users().getAll(List.of(1), null))
                .withMessageContaining("loader");
        assertThatExceptionOfType(IllegalStateException.class)
                .isThrownBy(() -> users().getAll(List.of(1), ids -> null))
                .withMessageContaining("null");
    }

    private static Map<Integer, String> mustNotLoad(Set<Integer> ids) {
        throw new AssertionError("the loader was called for " + ids);
    }
}
