package io.cacheport.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheport.CacheServicePort;
import io.cacheport.TypeRef;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

/** P7, P8, P13 and P14: time. */
public interface TtlContract extends Contract {

    @Test
    default void p7_aFractionOfAMillisecondRoundsUp() {
        cache().set("k", "v", Duration.ofNanos(1));

        // it may be gone by now, but it was a positive TTL: nothing failed
        assertThat(cache().getStats().errors()).isZero();
        assertThat(cache().getStats().sets()).isEqualTo(1);
    }

    @Test
    default void p7_millisecondsCount() {
        cache().set("k", "v", Duration.ofMillis(90_500));
        fixture().passTime(Duration.ofSeconds(90));

        Duration left = cache().ttl("k").orElse(Duration.ZERO);

        // what is left of half a second, minus what this test took
        assertThat(left).isBetween(Duration.ZERO, Duration.ofMillis(500));
    }

    @Test
    default void p7_longerThanTheMaximumIsTheMaximum() {
        cache().set("k", "v", CacheServicePort.NO_EXPIRY);

        assertThat(cache().get("k", String.class)).isEqualTo("v");
        assertThat(cache().ttl("k").orElseThrow())
                .isBetween(CacheServicePort.MAX_TTL.minusMinutes(1), CacheServicePort.MAX_TTL);
    }

    @Test
    default void p8_goneWhenItsTtlHasPassed() {
        cache().set("k", "v", MINUTE);

        fixture().passTime(MINUTE);

        assertThat(cache().get("k", String.class)).isNull();
    }

    @Test
    default void p8_thereJustBefore() {
        cache().set("k", "v", MINUTE);

        fixture().passTime(MINUTE.minusSeconds(30));

        assertThat(cache().get("k", String.class)).isEqualTo("v");
    }

    @Test
    default void p8_goneForEveryOperationAlike() {
        cache().set("k", "v", MINUTE);

        fixture().passTime(MINUTE);

        assertThat(cache().exists("k")).isFalse();
        assertThat(cache().ttl("k")).isEmpty();
        assertThat(cache().expire("k", MINUTE)).isFalse();
        assertThat(cache().getAll(List.of("k"), String.class)).isEmpty();
        assertThat(cache().getOrDefault("k", TypeRef.of(String.class), "missing"))
                .isEqualTo("missing");
        assertThat(cache().flush("k")).isZero();
        assertThat(cache().del("k")).isFalse();
    }

    @Test
    default void p8_eachEntryHasItsOwnTtl() {
        cache().set("short", "v", MINUTE);
        cache().set("long", "v", MINUTE.multipliedBy(3));

        fixture().passTime(MINUTE.multipliedBy(2));

        assertThat(cache().exists("short")).isFalse();
        assertThat(cache().exists("long")).isTrue();
    }

    @Test
    default void p8_canBeStoredAnewAfterwards() {
        cache().set("k", "old", MINUTE);
        fixture().passTime(MINUTE);

        cache().set("k", "new", MINUTE);

        assertThat(cache().get("k", String.class)).isEqualTo("new");
    }

    @Test
    default void p8_readingDoesNotProlong() {
        cache().set("k", "v", MINUTE);
        fixture().passTime(Duration.ofSeconds(40));
        cache().get("k", String.class);

        fixture().passTime(Duration.ofSeconds(20));

        assertThat(cache().exists("k")).isFalse();
    }

    @Test
    default void p8_cachedNullExpires() {
        cache().set("k", null, MINUTE);

        fixture().passTime(MINUTE);

        assertThat(cache().exists("k")).isFalse();
    }

    @Test
    default void p8_leavesMemoryWithoutBeingAskedFor() {
        cache().set("k", "v", MINUTE);
        fixture().passTime(MINUTE);

        Awaitility.await()
                .atMost(Duration.ofSeconds(10))
                .until(() -> cache().getStats().keys() == 0);
    }

    @Test
    default void p13_noEntryHasNoTtl() {
        assertThat(cache().ttl("k")).isEqualTo(Optional.empty());
    }

    @Test
    default void p13_neverMoreThanGiven() {
        cache().set("k", "v", MINUTE);

        assertThat(cache().ttl("k").orElseThrow()).isBetween(Duration.ofSeconds(50), MINUTE);
    }

    @Test
    default void p13_goesDownWithTime() {
        cache().set("k", "v", MINUTE);

        fixture().passTime(Duration.ofSeconds(20));

        assertThat(cache().ttl("k").orElseThrow()).isBetween(Duration.ofSeconds(30), Duration.ofSeconds(40));
    }

    @Test
    default void p14_expireShortens() {
        cache().set("k", "v", Duration.ofHours(1));

        assertThat(cache().expire("k", MINUTE)).isTrue();

        assertThat(cache().ttl("k").orElseThrow()).isBetween(Duration.ofSeconds(50), MINUTE);
        fixture().passTime(MINUTE);
        assertThat(cache().exists("k")).isFalse();
    }

    @Test
    default void p14_expireProlongsFromNow() {
        cache().set("k", "v", MINUTE);
        fixture().passTime(Duration.ofSeconds(40));

        assertThat(cache().expire("k", MINUTE)).isTrue();

        fixture().passTime(Duration.ofSeconds(40));
        assertThat(cache().get("k", String.class)).isEqualTo("v");
    }

    @Test
    default void p14_expireKeepsTheValue() {
        cache().set("k", Samples.ORDER, MINUTE);

        cache().expire("k", Duration.ofHours(1));

        assertThat(cache().get("k", Samples.Order.class)).isEqualTo(Samples.ORDER);
    }

    @Test
    default void p14_expireMakesNothing() {
        assertThat(cache().expire("k", MINUTE)).isFalse();

        assertThat(cache().exists("k")).isFalse();
    }

    @Test
    default void p14_expireWithMoreThanTheMaximum() {
        cache().set("k", "v", MINUTE);

        assertThat(cache().expire("k", CacheServicePort.NO_EXPIRY)).isTrue();

        assertThat(cache().ttl("k").orElseThrow()).isLessThanOrEqualTo(CacheServicePort.MAX_TTL);
        assertThat(cache().exists("k")).isTrue();
    }

    @Test
    default void p16_setAllGivesEachTheTtl() {
        cache().setAll(Map.of("a", 1, "b", 2), MINUTE);

        assertThat(cache().ttl("a").orElseThrow()).isBetween(Duration.ofSeconds(50), MINUTE);
        fixture().passTime(MINUTE);
        assertThat(cache().getAll(List.of("a", "b"), Integer.class)).isEmpty();
    }
}
