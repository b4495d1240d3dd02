package io.cacheport.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.cacheport.CacheDataException;
import io.cacheport.CacheException;
import io.cacheport.CacheServicePort;
import io.cacheport.ErrorCause;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** P22, P23, P25 and P27: a cache that is ill or closed. */
public interface FailureContract extends Contract {

    @Test
    default void p23_strictSharesEntriesAndStatistics() {
        cache().set("k", "v", MINUTE);

        assertThat(cache().strict().get("k", String.class)).isEqualTo("v");
        cache().strict().set("other", "v", MINUTE);

        assertThat(cache().exists("other")).isTrue();
        assertThat(cache().getStats()).isEqualTo(cache().strict().getStats());
        assertThat(cache().getStats().hits()).isEqualTo(1);
    }

    @Test
    default void p23_strictThrowsOnAnUnreadableEntry() {
        cache().set("k", "text", MINUTE);

        assertThatExceptionOfType(CacheDataException.class)
                .isThrownBy(() -> cache().strict().get("k", Samples.Order.class))
                .satisfies(thrown -> assertThat(thrown.errorCause()).isEqualTo(ErrorCause.UNREADABLE))
                .satisfies(thrown -> assertThat(thrown.toString()).doesNotContain("text"));
        assertThat(cache().getStats().misses()).isEqualTo(1);
        assertThat(cache().getStats().errors()).isEqualTo(1);
    }

    @Test
    default void p23_strictThrowsOnAValueTooLarge() {
        int limit = fixture().maximumValueBytes();
        if (limit == 0) {
            cache().strict().set("k", "x".repeat(2_000_000), MINUTE);
            assertThat(cache().exists("k")).isTrue();
            return;
        }

        assertThatExceptionOfType(CacheDataException.class)
                .isThrownBy(() -> cache().strict().set("k", "x".repeat(limit), MINUTE))
                .satisfies(thrown -> assertThat(thrown.errorCause()).isEqualTo(ErrorCause.TOO_LARGE));
    }

    @Test
    default void p23_strictMissIsNoFailure() {
        assertThat(cache().strict().get("nothing", String.class)).isNull();
        assertThat(cache().strict().del("nothing")).isFalse();
    }

    @Test
    default void p23_strictOfStrictIsStrict() {
        cache().set("k", "text", MINUTE);

        assertThatExceptionOfType(CacheException.class)
                .isThrownBy(() -> cache().strict().strict().get("k", Integer.class));
    }

    @Test
    default void p25_closeTwice() {
        fixture().closeCache();
        fixture().closeCache();

        assertThat(cache().isConnected()).isFalse();
    }

    @Test
    default void p25_p22_closedAnswersAsAnIllOne() {
        CacheServicePort cache = cache();
        cache.set("k", "v", MINUTE);
        fixture().closeCache();

        assertThat(cache.get("k", String.class)).isNull();
        cache.set("k", "v", MINUTE);
        cache.setAll(Map.of("k", "v"), MINUTE);
        assertThat(cache.getAll(List.of("k", "l"), String.class)).isEmpty();
        assertThat(cache.exists("k")).isFalse();
        assertThat(cache.ttl("k")).isEmpty();
        assertThat(cache.expire("k", MINUTE)).isFalse();
        assertThat(cache.del("k")).isFalse();
        assertThat(cache.del(List.of("k"))).isZero();
        assertThat(cache.flush("*")).isZero();
        assertThat(cache.clear()).isZero();

        assertThat(cache.getStats().misses()).isEqualTo(3);
        assertThat(cache.getStats().sets()).isEqualTo(1);
        assertThat(cache.getStats().errors()).isEqualTo(11);
    }

    @Test
    default void p25_closedStrictThrows() {
        fixture().closeCache();

        assertThatExceptionOfType(CacheException.class)
                .isThrownBy(() -> cache().strict().get("k", String.class))
                .satisfies(thrown -> assertThat(thrown.errorCause()).isEqualTo(ErrorCause.CLOSED));
        assertThatExceptionOfType(CacheException.class)
                .isThrownBy(() -> cache().strict().set("k", "v", MINUTE));
        assertThatExceptionOfType(CacheException.class)
                .isThrownBy(() -> cache().strict().flush("*"));
    }

    @Test
    default void p27_connectedUntilClosed() {
        assertThat(cache().isConnected()).isTrue();
        assertThat(cache().strict().isConnected()).isTrue();

        fixture().closeCache();

        assertThat(cache().isConnected()).isFalse();
        assertThat(cache().strict().isConnected()).isFalse();
    }
}
