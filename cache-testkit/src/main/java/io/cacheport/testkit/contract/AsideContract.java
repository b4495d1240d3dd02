package io.cacheport.testkit.contract;

import static io.cacheport.aside.CacheAside.withCache;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.cacheport.CacheServicePort;
import io.cacheport.TypeRef;
import io.cacheport.aside.CacheLoader;
import io.cacheport.aside.CachePolicy;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A1 and A4 to A6: cache-aside over this cache. */
public interface AsideContract extends Contract {

    @Test
    default void a1_missLoadsOnceAndStores() {
        AtomicInteger loads = new AtomicInteger();

        String first = withCache(cache(), "k", MINUTE, String.class, () -> "v" + loads.incrementAndGet());
        String second = withCache(cache(), "k", MINUTE, String.class, () -> "v" + loads.incrementAndGet());

        assertThat(first).isEqualTo("v1");
        assertThat(second).isEqualTo("v1");
        assertThat(cache().get("k", String.class)).isEqualTo("v1");
        assertThat(cache().ttl("k").orElseThrow()).isBetween(Duration.ofSeconds(50), MINUTE);
    }

    @Test
    default void a1_oneMissThenOneHit() {
        withCache(cache(), "k", MINUTE, String.class, () -> "v");
        withCache(cache(), "k", MINUTE, String.class, () -> "v");

        assertThat(cache().getStats().misses()).isEqualTo(1);
        assertThat(cache().getStats().hits()).isEqualTo(1);
        assertThat(cache().getStats().sets()).isEqualTo(1);
    }

    @Test
    default void a1_loadsAgainWhenItsTtlHasPassed() {
        withCache(cache(), "k", MINUTE, Integer.class, () -> 1);
        fixture().passTime(MINUTE);

        assertThat(withCache(cache(), "k", MINUTE, Integer.class, () -> 2)).isEqualTo(2);
    }

    @Test
    default void a1_loadsAgainAfterDel() {
        withCache(cache(), "k", MINUTE, Integer.class, () -> 1);
        cache().del("k");

        assertThat(withCache(cache(), "k", MINUTE, Integer.class, () -> 2)).isEqualTo(2);
    }

    @Test
    default void a1_generics() {
        List<Samples.Order> loaded = withCache(cache(), "k", MINUTE, new TypeRef<>() {}, () -> List.of(Samples.ORDER));
        List<Samples.Order> cached = withCache(cache(), "k", MINUTE, new TypeRef<>() {}, List::of);

        assertThat(loaded).containsExactly(Samples.ORDER);
        assertThat(cached).containsExactly(Samples.ORDER);
    }

    @Test
    default void a1_entryOfAnotherTypeIsLoadedAnewAndReplaced() {
        cache().set("k", "text", MINUTE);

        assertThat(withCache(cache(), "k", MINUTE, Integer.class, () -> 7)).isEqualTo(7);

        assertThat(cache().get("k", Integer.class)).isEqualTo(7);
    }

    @Test
    @SuppressWarnings(
            "NullAway") // a loader of a nullable type may give null; the checker does not see the type argument
    default void a4_nullIsReturnedAndNotCached() {
        AtomicInteger loads = new AtomicInteger();
        CacheLoader<@Nullable String, RuntimeException> none = () -> {
            loads.incrementAndGet();
            return null;
        };

        assertThat(withCache(cache(), "k", MINUTE, nullableText(), none)).isNull();
        assertThat(withCache(cache(), "k", MINUTE, nullableText(), none)).isNull();

        assertThat(loads).hasValue(2);
        assertThat(cache().exists("k")).isFalse();
    }

    @Test
    @SuppressWarnings(
            "NullAway") // a loader of a nullable type may give null; the checker does not see the type argument
    default void a4_nullIsCachedForItsOwnTtlWhereAskedFor() {
        AtomicInteger loads = new AtomicInteger();
        CachePolicy policy = CachePolicy.ttl(Duration.ofHours(1)).negativeTtl(MINUTE);
        CacheLoader<@Nullable String, RuntimeException> none = () -> {
            loads.incrementAndGet();
            return null;
        };

        assertThat(withCache(cache(), "k", policy, nullableText(), none)).isNull();
        assertThat(withCache(cache(), "k", policy, nullableText(), none)).isNull();
        assertThat(loads).hasValue(1);

        fixture().passTime(MINUTE);
        assertThat(withCache(cache(), "k", policy, nullableText(), none)).isNull();
        assertThat(loads).hasValue(2);
    }

    @SuppressWarnings("unchecked") // null needs no type
    private static TypeRef<@Nullable String> nullableText() {
        return (TypeRef<@Nullable String>) (TypeRef<?>) TypeRef.of(String.class);
    }

    @Test
    default void a5_valueWithoutEncodingStillArrives() {
        Object value = new Object();

        assertThat(withCache(cache(), "k", MINUTE, Object.class, () -> value)).isSameAs(value);

        assertThat(cache().exists("k")).isEqualTo(!fixture().encodes());
    }

    @Test
    default void a5_valueTooLargeStillArrives() {
        String large = "x".repeat(Math.max(1, fixture().maximumValueBytes()));

        assertThat(withCache(cache(), "k", MINUTE, String.class, () -> large)).isEqualTo(large);
    }

    @Test
    default void a5_closedCacheStillLoads() {
        fixture().closeCache();

        assertThat(withCache(cache(), "k", MINUTE, String.class, () -> "v")).isEqualTo("v");
    }

    @Test
    default void a5_aCacheThatThrowsStillLoads() {
        CacheServicePort strict = cache().strict();
        cache().set("k", "text", MINUTE);

        assertThat(withCache(strict, "k", MINUTE, Integer.class, () -> 7)).isEqualTo(7);
        fixture().closeCache();
        assertThat(withCache(strict, "k", MINUTE, Integer.class, () -> 8)).isEqualTo(8);
    }

    @ParameterizedTest
    @MethodSource("io.cacheport.testkit.contract.ArgumentContract#badKeys")
    default void a6_badKeyBeforeAnythingIsCalled(String key, String said) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> withCache(cache(), key, MINUTE, String.class, AsideContract::mustNotLoad))
                .withMessageContaining(said);
        assertThat(cache().getStats().totalRequests()).isZero();
    }

    @Test
    @SuppressWarnings("NullAway") // passing null where it is not allowed is the point
    default void a6_otherBadArguments() {
        CacheLoader<String, RuntimeException> loader = AsideContract::mustNotLoad;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> withCache(cache(), "k", Duration.ZERO, String.class, loader))
                .withMessageContaining("PT0S");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> withCache(cache(), "k", (Duration) null, String.class, loader))
                .withMessageContaining("ttl");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> withCache(cache(), "k", MINUTE, (Class<String>) null, loader))
                .withMessageContaining("type");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> withCache(cache(), "k", MINUTE, String.class, null))
                .withMessageContaining("loader");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> withCache(null, "k", MINUTE, String.class, loader))
                .withMessageContaining("cache");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> withCache(cache(), "k", (CachePolicy) null, TypeRef.of(String.class), loader))
                .withMessageContaining("policy");
        assertThat(cache().getStats().totalRequests()).isZero();
    }

    private static String mustNotLoad() {
        throw new AssertionError("the loader was called");
    }
}
