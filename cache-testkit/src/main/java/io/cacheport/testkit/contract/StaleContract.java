package io.cacheport.testkit.contract;

import static io.cacheport.aside.CacheAside.withCache;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.cacheport.TypeRef;
import io.cacheport.aside.Cache;
import io.cacheport.aside.CacheLoader;
import io.cacheport.aside.CachePolicy;
import io.cacheport.aside.CacheResult;
import io.cacheport.aside.CacheResult.Origin;
import io.cacheport.aside.LoadFailedException;
import io.cacheport.aside.LoadTimeoutException;
import io.cacheport.aside.RecursiveLoadException;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A15 to A19 and A24: stale values, timeouts, early refresh, failures that are remembered, and where a value is from. */
public interface StaleContract extends Contract {

    /** Fresh for a minute. */
    CachePolicy FRESH = CachePolicy.ttl(MINUTE).jitter(0);

    /** And served stale for an hour while it is refreshed. */
    CachePolicy REVALIDATED = FRESH.staleWhileRevalidate(Duration.ofHours(1));

    /** Or if the loader fails. */
    CachePolicy KEPT = FRESH.staleIfError(Duration.ofHours(1));

    private <X extends Exception> Integer load(CachePolicy policy, CacheLoader<Integer, X> loader) throws X {
        return withCache(cache(), "k", policy, TypeRef.of(Integer.class), loader);
    }

    private static Integer failing() throws IOException {
        throw new IOException("database down");
    }

    private static Integer mustNotLoad() {
        throw new AssertionError("the loader was called");
    }

    @Test
    default void a15_aStaleValueIsServedAtOnceAndRefreshedInTheBackground() throws Exception {
        load(REVALIDATED, () -> 1);
        fixture().passTime(MINUTE);
        AtomicReference<@Nullable Thread> loading = new AtomicReference<>();
        CountDownLatch release = new CountDownLatch(1);
        AtomicInteger loads = new AtomicInteger();

        for (int i = 0; i < 10; i++) {
            assertThat(load(REVALIDATED, () -> {
                        loading.set(Thread.currentThread());
                        loads.incrementAndGet();
                        release.await();
                        return 2;
                    }))
                    .isEqualTo(1);
        }
        Awaitility.await().until(() -> loading.get() != null);
        release.countDown();

        Awaitility.await().until(() -> load(REVALIDATED, StaleContract::mustNotLoad) == 2);
        assertThat(loads).hasValue(1);
        assertThat(loading.get()).isNotSameAs(Thread.currentThread());
    }

    @Test
    default void a15_aRefreshIsNotStoredOverAnInvalidation() throws Exception {
        load(REVALIDATED, () -> 1);
        fixture().passTime(MINUTE);
        CountDownLatch loading = new CountDownLatch(1);
        CountDownLatch release = new CountDownLatch(1);
        CountDownLatch loaded = new CountDownLatch(1);
        load(REVALIDATED, () -> {
            loading.countDown();
            release.await();
            loaded.countDown();
            return 2;
        });
        Awaitility.await().until(() -> loading.getCount() == 0);

        cache().del("k");
        release.countDown();

        assertThat(load(REVALIDATED, () -> 3)).isEqualTo(3);
        Awaitility.await().until(() -> loaded.getCount() == 0);
        assertThat(load(REVALIDATED, StaleContract::mustNotLoad)).isEqualTo(3);
    }

    @Test
    default void a15_laterItIsLoadedWhileItsCallerWaits() {
        CachePolicy policy = KEPT.staleWhileRevalidate(MINUTE);
        load(policy, () -> 1);
        fixture().passTime(Duration.ofMinutes(2));

        assertThat(load(policy, () -> 2)).isEqualTo(2);
    }

    @Test
    default void a15_severalKeysAtOnce() {
        Cache<Integer, String> cache =
                Cache.named("bulk", String.class).policy(REVALIDATED).over(cache());
        cache.getAll(List.of(1, 2), keys -> Map.of(1, "one", 2, "two"));
        fixture().passTime(MINUTE);
        AtomicInteger loads = new AtomicInteger();

        assertThat(cache.getAll(List.of(1, 2), keys -> {
                    loads.incrementAndGet();
                    return Map.of(1, "new", 2, "newer");
                }))
                .containsEntry(1, "one")
                .containsEntry(2, "two");

        Awaitility.await().until(() -> "newer".equals(cache.getIfPresent(2)));
        assertThat(loads).hasValue(1);
    }

    @Test
    default void a15_aLoaderThatAsksForItsOwnKeyWhileItIsRefreshedGetsTheStaleValue() {
        load(REVALIDATED, () -> 1);
        fixture().passTime(MINUTE);

        load(REVALIDATED, () -> load(REVALIDATED, StaleContract::mustNotLoad) + 1);

        Awaitility.await().until(() -> load(REVALIDATED, StaleContract::mustNotLoad) == 2);
    }

    @Test
    default void a16_aStaleValueIsServedWhenTheLoaderFailsWhichRestsThen() throws Exception {
        load(KEPT, () -> 1);
        fixture().passTime(MINUTE);

        assertThat(load(KEPT, StaleContract::failing)).isEqualTo(1);
        assertThat(load(KEPT, StaleContract::mustNotLoad)).isEqualTo(1);

        fixture().passTime(KEPT.retryAfter());
        assertThat(load(KEPT, () -> 2)).isEqualTo(2);
        assertThat(load(KEPT, StaleContract::mustNotLoad)).isEqualTo(2);
    }

    @Test
    default void a16_notAfterItsTimeNorAfterARemoval() {
        load(KEPT, () -> 1);
        cache().del("k");
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> load(KEPT, StaleContract::failing));

        load(KEPT, () -> 1);
        fixture().passTime(Duration.ofMinutes(61));
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> load(KEPT, StaleContract::failing));
    }

    @Test
    default void a16_anErrorIsNoFailureOfTheLoader() {
        load(KEPT, () -> 1);
        fixture().passTime(MINUTE);

        assertThatExceptionOfType(StackOverflowError.class)
                .isThrownBy(() -> load(KEPT, () -> {
                    throw new StackOverflowError();
                }));

        assertThat(load(KEPT, () -> 2)).as("no lease is left").isEqualTo(2);
    }

    @Test
    default void a16_expireLeavesSomethingToFallBackOn() throws Exception {
        load(KEPT, () -> 1);
        cache().expire("k", Duration.ofMillis(1));
        fixture().passTime(Duration.ofMillis(2));

        assertThat(load(KEPT, StaleContract::failing)).isEqualTo(1);
    }

    @Test
    default void a16_severalKeysAtOnce() throws Exception {
        Cache<Integer, String> cache =
                Cache.named("bulk", String.class).policy(KEPT).over(cache());
        cache.getAll(List.of(1, 2), keys -> Map.of(1, "one", 2, "two"));
        fixture().passTime(MINUTE);

        assertThat(cache.getAll(List.of(1, 2), keys -> {
                    throw new IOException("database down");
                }))
                .containsEntry(1, "one")
                .containsEntry(2, "two");
        assertThat(cache.getAll(List.of(1, 2), keys -> {
                    throw new AssertionError("the loader was called");
                }))
                .hasSize(2);
    }

    @Test
    default void a17_afterTheSoftTimeoutTheStaleValueIsServedAndTheLoadGoesOn() throws Exception {
        CachePolicy policy = KEPT.softTimeout(Duration.ofMillis(20));
        load(policy, () -> 1);
        fixture().passTime(MINUTE);
        CountDownLatch release = new CountDownLatch(1);

        assertThat(load(policy, () -> {
                    release.await();
                    return 2;
                }))
                .isEqualTo(1);
        assertThat(load(policy, StaleContract::mustNotLoad)).isEqualTo(1);
        release.countDown();

        Awaitility.await().until(() -> load(policy, StaleContract::mustNotLoad) == 2);
    }

    @Test
    default void a17_afterTheHardTimeoutTheCallFailsAndTheLoadGoesOn() {
        CachePolicy policy = FRESH.hardTimeout(Duration.ofMillis(50));
        CountDownLatch release = new CountDownLatch(1);

        assertThatExceptionOfType(LoadTimeoutException.class)
                .isThrownBy(() -> load(policy, () -> {
                    release.await();
                    return 1;
                }))
                .withMessageContaining("50 ms");
        assertThatExceptionOfType(LoadTimeoutException.class)
                .as("who shares the load")
                .isThrownBy(() -> load(policy, StaleContract::mustNotLoad));
        release.countDown();

        Awaitility.await().until(() -> cache().get("k", Integer.class) != null);
        assertThat(load(policy, StaleContract::mustNotLoad)).isEqualTo(1);
    }

    @Test
    default void a17_inTimeAllIsAsWithoutThem() {
        CachePolicy policy = KEPT.softTimeout(Duration.ofSeconds(20)).hardTimeout(Duration.ofSeconds(30));

        assertThat(load(policy, () -> 1)).isEqualTo(1);
        assertThat(load(policy, StaleContract::mustNotLoad)).isEqualTo(1);
        cache().del("k");
        IOException failure = new IOException("database down");
        assertThatExceptionOfType(IOException.class)
                .isThrownBy(() -> load(policy, () -> {
                    throw failure;
                }))
                .isSameAs(failure);
        assertThatExceptionOfType(RecursiveLoadException.class)
                .isThrownBy(() -> load(policy, () -> load(policy, () -> 1)));
        assertThat(load(policy, () -> 2)).isEqualTo(2);
    }

    @Test
    default void a18_onceSoMuchOfItsTtlIsOverAValueIsRefreshedInTheBackground() {
        CachePolicy policy = FRESH.earlyRefreshAt(0.5);
        load(policy, () -> 1);
        fixture().passTime(Duration.ofSeconds(20));
        assertThat(load(policy, StaleContract::mustNotLoad)).isEqualTo(1);

        fixture().passTime(Duration.ofSeconds(20));
        assertThat(load(policy, () -> 2)).isEqualTo(1);

        Awaitility.await().until(() -> load(policy, StaleContract::mustNotLoad) == 2);
    }

    @Test
    default void a18_byChance() {
        CachePolicy policy = FRESH.earlyRefresh(1_000);
        load(policy, () -> 1);
        fixture().passTime(Duration.ofMillis(59_900));
        AtomicInteger loads = new AtomicInteger(1);

        Awaitility.await().until(() -> load(policy, loads::incrementAndGet) > 1);
    }

    @Test
    default void a19_aFailureIsRememberedIfAskedFor() {
        CachePolicy policy = FRESH.errorTtl(MINUTE);
        assertThatExceptionOfType(IOException.class)
                .as("whose load it is gets it as it is")
                .isThrownBy(() -> load(policy, StaleContract::failing));

        assertThatExceptionOfType(LoadFailedException.class)
                .isThrownBy(() -> load(policy, StaleContract::mustNotLoad))
                .withMessageContaining("java.io.IOException");

        fixture().passTime(MINUTE);
        assertThat(load(policy, () -> 1)).isEqualTo(1);
    }

    @Test
    default void a19_anInvalidationForgetsIt() {
        CachePolicy policy = FRESH.errorTtl(MINUTE);
        assertThatExceptionOfType(IOException.class).isThrownBy(() -> load(policy, StaleContract::failing));

        cache().del("k");

        assertThat(load(policy, () -> 1)).isEqualTo(1);
    }

    @Test
    @SuppressWarnings("NullAway") // a loader may give null; the checker does not see the type argument
    default void a24_whereAValueIsFrom() throws Exception {
        Cache<String, String> cache = Cache.named("seen", String.class)
                .policy(KEPT.negativeTtl(MINUTE))
                .over(cache());

        CacheResult<@Nullable String> loaded = cache.lookup("k", key -> "v");
        assertThat(loaded).isEqualTo(new CacheResult<@Nullable String>("v", Origin.LOADER, Duration.ZERO));

        CacheResult<@Nullable String> cached = cache.lookup("k", key -> "w");
        assertThat(cached.value()).isEqualTo("v");
        assertThat(cached.origin()).isIn(Origin.NEAR, Origin.FAR);
        assertThat(cached.age()).isBetween(Duration.ZERO, Duration.ofSeconds(10));

        fixture().passTime(MINUTE);
        CacheResult<@Nullable String> stale = cache.lookup("k", key -> {
            throw new IOException("database down");
        });
        assertThat(stale.value()).isEqualTo("v");
        assertThat(stale.origin()).isEqualTo(Origin.STALE);
        assertThat(stale.age()).isGreaterThanOrEqualTo(MINUTE);

        cache.lookup("none", key -> null);
        CacheResult<@Nullable String> none = cache.lookup("none", key -> "w");
        assertThat(none.value()).isNull();
        assertThat(none.origin()).isEqualTo(Origin.NEGATIVE);
    }
}
