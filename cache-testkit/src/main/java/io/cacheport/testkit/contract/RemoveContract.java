package io.cacheport.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** P11 and P12: removing and looking. */
public interface RemoveContract extends Contract {

    @Test
    default void p11_delRemoves() {
        cache().set("k", "v", MINUTE);

        assertThat(cache().del("k")).isTrue();

        assertThat(cache().get("k", String.class)).isNull();
        assertThat(cache().exists("k")).isFalse();
        assertThat(cache().ttl("k")).isEmpty();
    }

    @Test
    default void p11_delOfNothingIsHarmless() {
        assertThat(cache().del("k")).isFalse();
        assertThat(cache().del("k")).isFalse();
    }

    @Test
    default void p11_delTouchesNoOtherKey() {
        cache().set("k", "v", MINUTE);
        cache().set("k2", "v", MINUTE);

        cache().del("k");

        assertThat(cache().exists("k2")).isTrue();
    }

    @Test
    default void p11_delTakesTheKeyAsItIs() {
        cache().set("k1", "v", MINUTE);

        assertThat(cache().del("k*")).isFalse();

        assertThat(cache().exists("k1")).isTrue();
    }

    @Test
    default void p11_delRemovesACachedNull() {
        cache().set("k", null, MINUTE);

        assertThat(cache().del("k")).isTrue();
        assertThat(cache().exists("k")).isFalse();
    }

    @Test
    default void p11_delOfSeveralTellsHowManyThereWere() {
        cache().set("a", 1, MINUTE);
        cache().set("b", 2, MINUTE);
        cache().set("c", 3, MINUTE);

        assertThat(cache().del(List.of("a", "b", "nothing"))).isEqualTo(2);

        assertThat(cache().exists("a")).isFalse();
        assertThat(cache().exists("c")).isTrue();
    }

    @Test
    default void p11_delOfNoneCostsNothing() {
        assertThat(cache().del(List.of())).isZero();
    }

    @Test
    default void p11_delCountsAKeyGivenTwiceOnce() {
        cache().set("a", 1, MINUTE);

        assertThat(cache().del(List.of("a", "a"))).isEqualTo(1);
    }

    @Test
    default void p11_delOfMany() {
        List<String> keys = IntStream.range(0, 1_201).mapToObj(i -> "k" + i).toList();
        keys.forEach(key -> cache().set(key, key, MINUTE));

        assertThat(cache().del(keys)).isEqualTo(1_201);

        assertThat(cache().getStats().keys()).isZero();
    }

    @Test
    default void p11_canBeStoredAnewAfterwards() {
        cache().set("k", "old", MINUTE);
        cache().del("k");

        cache().set("k", "new", MINUTE);

        assertThat(cache().get("k", String.class)).isEqualTo("new");
    }

    @Test
    default void p12_existsTellsWhetherThereIsAnEntry() {
        assertThat(cache().exists("k")).isFalse();

        cache().set("k", "v", MINUTE);

        assertThat(cache().exists("k")).isTrue();
    }
}
