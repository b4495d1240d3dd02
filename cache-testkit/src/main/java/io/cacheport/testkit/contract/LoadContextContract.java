package io.cacheport.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.cacheport.aside.Cache;
import io.cacheport.aside.CachePolicy;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A20: what a loader knows of its load, and says of its value. */
public interface LoadContextContract extends Contract {

    private Cache<String, String> cache(CachePolicy policy) {
        return Cache.named("ctx", String.class).policy(policy).over(cache());
    }

    @Test
    default void a20_theLoaderChoosesTheTtl() {
        Cache<String, String> cache = cache(CachePolicy.ttl(Duration.ofHours(1)));

        cache.getWithContext("k", (key, context) -> {
            context.ttl(MINUTE);
            return "v";
        });

        assertThat(cache().ttl("ctx:k").orElseThrow()).isBetween(Duration.ofSeconds(50), MINUTE);
        fixture().passTime(MINUTE);
        assertThat(cache.getIfPresent("k")).isNull();
    }

    @Test
    default void a20_orThatItIsNotStored() {
        Cache<String, String> cache = cache(CachePolicy.ttl(MINUTE));

        assertThat(cache.getWithContext("k", (key, context) -> {
                    context.doNotStore();
                    return "v";
                }))
                .isEqualTo("v");

        assertThat(cache.getIfPresent("k")).isNull();
        assertThat(cache.get("k", key -> "w")).as("no lease is left").isEqualTo("w");
    }

    @Test
    default void a20_anUnmodifiedValueBeginsANewTtl() {
        CachePolicy policy = CachePolicy.ttl(MINUTE).jitter(0).staleIfError(Duration.ofHours(1));
        Cache<String, String> cache = cache(policy);
        AtomicReference<@Nullable String> previous = new AtomicReference<>("none yet");
        cache.getWithContext("k", (key, context) -> {
            previous.set(context.previous());
            return "v";
        });
        assertThat(previous).hasValue(null);
        fixture().passTime(MINUTE);

        assertThat(cache.getWithContext("k", (key, context) -> {
                    previous.set(context.previous());
                    return context.notModified();
                }))
                .isEqualTo("v");

        assertThat(previous).hasValue("v");
        assertThat(cache().ttl("ctx:k").orElseThrow()).isBetween(Duration.ofSeconds(50), MINUTE);
        assertThat(cache.getIfPresent("k")).isEqualTo("v");
    }

    @Test
    default void a20_inTheBackgroundToo() {
        CachePolicy policy = CachePolicy.ttl(MINUTE).jitter(0).staleWhileRevalidate(Duration.ofHours(1));
        Cache<String, String> cache = cache(policy);
        cache.get("k", key -> "v");
        fixture().passTime(MINUTE);

        assertThat(cache.getWithContext("k", (key, context) -> context.notModified()))
                .isEqualTo("v");

        Awaitility.await().until(() -> "v".equals(cache.getIfPresent("k")));
    }

    /** The source has it no more. */
    @Test
    @SuppressWarnings("NullAway") // a loader may give null; the checker does not see the type argument
    default void a20_aValueThatIsGoneIsNotServedStaleAnyMore() {
        CachePolicy policy = CachePolicy.ttl(MINUTE).jitter(0).staleIfError(Duration.ofHours(1));
        Cache<String, String> cache = cache(policy);
        cache.get("k", key -> "v");
        fixture().passTime(MINUTE);

        assertThat(cache.get("k", key -> null)).isNull();

        assertThat(cache.get("k", key -> "new")).isEqualTo("new");
    }

    @Test
    default void a20_nothingThatCouldBeUnmodified() {
        Cache<String, String> cache = cache(CachePolicy.ttl(MINUTE));

        assertThatIllegalStateException()
                .isThrownBy(() -> cache.getWithContext("k", (key, context) -> context.notModified()))
                .withMessageContaining("previous");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> cache.getWithContext("k", (key, context) -> {
                    context.ttl(Duration.ZERO);
                    return "v";
                }))
                .withMessageContaining("PT0S");
        assertThat(cache.get("k", key -> "v")).isEqualTo("v");
    }
}
