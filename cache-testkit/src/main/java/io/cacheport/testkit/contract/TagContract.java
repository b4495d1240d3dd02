package io.cacheport.testkit.contract;

import static io.cacheport.aside.CacheAside.invalidateTag;
import static io.cacheport.aside.CacheAside.withCache;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.cacheport.TypeRef;
import io.cacheport.aside.Cache;
import io.cacheport.aside.CachePolicy;
import io.cacheport.lease.Tags;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** L12 and A21: values that are invalidated together. */
public interface TagContract extends Contract {

    /** Values with two tags. */
    CachePolicy TAGGED = CachePolicy.ttl(MINUTE).jitter(0).tags("red", "org:42");

    private int load(String key, CachePolicy policy, AtomicInteger loads) {
        return withCache(cache(), key, policy, TypeRef.of(Integer.class), loads::incrementAndGet);
    }

    @Test
    default void a21_oneInvalidationForAllValuesOfATag() {
        AtomicInteger loads = new AtomicInteger();
        for (int i = 0; i < 10; i++) {
            load("k" + i, TAGGED, loads);
            load("k" + i, TAGGED, loads);
        }
        load("other", CachePolicy.ttl(MINUTE).tags("blue"), loads);
        assertThat(loads).hasValue(11);

        invalidateTag(cache(), "red");

        for (int i = 0; i < 10; i++) {
            assertThat(load("k" + i, TAGGED, loads)).isEqualTo(12 + i);
            assertThat(load("k" + i, TAGGED, loads)).isEqualTo(12 + i);
        }
        assertThat(load("other", CachePolicy.ttl(MINUTE).tags("blue"), loads)).isEqualTo(11);
    }

    @Test
    default void l12_invalidatedItIsNoEntryForAnybody() {
        load("k", TAGGED, new AtomicInteger());
        assertThat(cache().get("k", Integer.class)).isEqualTo(1);
        assertThat(cache().getAll(List.of("k"), Integer.class)).containsEntry("k", 1);
        assertThat(cache().exists("k")).isTrue();
        assertThat(cache().ttl("k")).isPresent();
        assertThat(cache().expire("k", Duration.ofHours(1))).isTrue();
        assertThat(cache().get("k", Integer.class)).isEqualTo(1);

        invalidateTag(cache(), "org:42");

        assertThat(cache().get("k", Integer.class)).isNull();
        assertThat(cache().getAll(List.of("k"), Integer.class)).isEmpty();
        assertThat(cache().exists("k")).isFalse();
        assertThat(cache().ttl("k")).isEmpty();
        assertThat(cache().expire("k", MINUTE)).isFalse();
        assertThat(load("k", CachePolicy.ttl(MINUTE), new AtomicInteger(7))).isEqualTo(8);
        assertThat(cache().get("k", Integer.class)).isEqualTo(8);
    }

    /** Evicted, say: that nothing is known of a tag must not mean that it was never invalidated. */
    @Test
    default void l12_aTagThatIsGoneIsInvalidated() {
        AtomicInteger loads = new AtomicInteger();
        load("k", TAGGED, loads);

        cache().del(Tags.keyOf("red"));

        assertThat(load("k", TAGGED, loads)).isEqualTo(2);
        assertThat(load("k", TAGGED, loads)).isEqualTo(2);
    }

    @Test
    default void l12_tagsLiveLongerThanTheirValues() {
        AtomicInteger loads = new AtomicInteger();
        CachePolicy policy = TAGGED.staleIfError(Duration.ofHours(1));
        load("k", policy, loads);

        fixture().passTime(Duration.ofSeconds(59));

        assertThat(load("k", policy, loads)).isEqualTo(1);
    }

    @Test
    default void a21_whatIsBeingLoadedIsInvalidatedToo() {
        AtomicInteger loads = new AtomicInteger();

        int old = withCache(cache(), "k", TAGGED, TypeRef.of(Integer.class), () -> {
            int loaded = loads.incrementAndGet();
            invalidateTag(cache(), "red");
            return loaded;
        });

        assertThat(old).isEqualTo(1);
        assertThat(load("k", TAGGED, loads)).isEqualTo(2);
        assertThat(load("k", TAGGED, loads)).isEqualTo(2);
    }

    @Test
    default void a21_inARefreshToo() {
        CachePolicy policy = TAGGED.staleWhileRevalidate(Duration.ofHours(1)).staleIfError(Duration.ofHours(1));
        AtomicInteger loads = new AtomicInteger();
        load("k", policy, loads);
        fixture().passTime(MINUTE);

        invalidateTag(cache(), "red");

        assertThat(load("k", policy, loads)).as("not the stale one").isEqualTo(2);
    }

    @Test
    default void a21_tagsThatOnlyTheLoaderKnows() {
        Cache<String, Integer> cache = Cache.named("late", Integer.class)
                .policy(CachePolicy.ttl(MINUTE).loaderTags())
                .over(cache());
        AtomicInteger loads = new AtomicInteger();

        for (int i = 0; i < 2; i++) {
            assertThat(cache.getWithContext("k", (key, context) -> {
                        context.tags("of:" + key);
                        return loads.incrementAndGet();
                    }))
                    .isEqualTo(1);
        }
        cache.invalidateTag("of:other");
        assertThat(cache.getIfPresent("k")).isEqualTo(1);

        cache.invalidateTag("of:k");
        assertThat(cache.getIfPresent("k")).isNull();
    }

    @Test
    default void a21_theyToo_whileItIsLoaded() {
        Cache<String, Integer> cache = Cache.named("late", Integer.class)
                .policy(CachePolicy.ttl(MINUTE).loaderTags())
                .over(cache());

        assertThat(cache.getWithContext("k", (key, context) -> {
                    cache.invalidateTag("of:k");
                    context.tags("of:k");
                    return 1;
                }))
                .isEqualTo(1);

        assertThat(cache.getIfPresent("k")).isNull();
    }

    @Test
    default void a21_aGenerationInvalidatesAViewAtOnce() {
        Cache<Integer, String> first =
                Cache.named("menu", String.class).tenant("a").generation().over(cache());
        Cache<Integer, String> second =
                Cache.named("menu", String.class).tenant("b").generation().over(cache());
        for (int i = 0; i < 5; i++) {
            first.get(i, key -> "a" + key);
            second.get(i, key -> "b" + key);
        }

        first.invalidateAll();

        assertThat(first.getIfPresent(3)).isNull();
        assertThat(second.getIfPresent(3)).isEqualTo("b3");
        assertThat(first.get(3, key -> "new")).isEqualTo("new");
        assertThat(first.get(3, key -> "newer")).isEqualTo("new");
    }

    @Test
    default void a21_severalKeysAtOnce() {
        Cache<Integer, String> cache = Cache.named("bulk", String.class)
                .policy(CachePolicy.ttl(MINUTE).tags("t"))
                .over(cache());
        cache.getAll(List.of(1, 2), keys -> Map.of(1, "one", 2, "two"));
        assertThat(cache.getAll(List.of(1, 2), keys -> Map.of())).containsOnlyKeys(1, 2);

        cache.invalidateTag("t");

        assertThat(cache.getAll(List.of(1, 2), keys -> Map.of(1, "new"))).containsExactly(Map.entry(1, "new"));
        assertThat(cache.getIfPresent(1)).isEqualTo("new");
    }

    @Test
    default void a21_aValueStoredWithoutTheTagsOfThePolicyIsLoadedAnew() {
        cache().set("k", 100, MINUTE);

        assertThat(load("k", TAGGED, new AtomicInteger())).isEqualTo(1);
        assertThat(cache().get("k", Integer.class)).isEqualTo(1);
    }

    @Test
    @SuppressWarnings("NullAway") // passing null where it is not allowed is the point
    default void a21_badTags() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CachePolicy.ttl(MINUTE).tags(" "))
                .withMessageContaining("blank");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> invalidateTag(cache(), "x".repeat(257)))
                .withMessageContaining("257");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> invalidateTag(null, "red"))
                .withMessageContaining("cache");
        Cache<String, Integer> plain = Cache.named("plain", Integer.class).over(cache());
        assertThatIllegalStateException()
                .isThrownBy(() -> plain.getWithContext("k", (key, context) -> {
                    context.tags("late");
                    return 1;
                }))
                .withMessageContaining("loaderTags");
    }
}
