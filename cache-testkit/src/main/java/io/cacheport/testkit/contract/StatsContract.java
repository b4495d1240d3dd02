package io.cacheport.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheport.CacheStats;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** P19 to P21: counting. */
public interface StatsContract extends Contract {

    @Test
    default void p19_nothingCountedAtFirst() {
        assertThat(cache().getStats()).isEqualTo(new CacheStats(0, 0, 0, 0, 0, 0));
        assertThat(cache().getStats().totalRequests()).isZero();
    }

    @Test
    default void p19_hitsAndMisses() {
        cache().set("k", "v", MINUTE);
        cache().get("k", String.class);
        cache().get("k", String.class);
        cache().get("nothing", String.class);

        CacheStats stats = cache().getStats();
        assertThat(stats.hits()).isEqualTo(2);
        assertThat(stats.misses()).isEqualTo(1);
        assertThat(stats.totalRequests()).isEqualTo(3);
    }

    @Test
    default void p19_cachedNullIsAHit() {
        cache().set("k", null, MINUTE);

        cache().get("k", String.class);

        assertThat(cache().getStats().hits()).isEqualTo(1);
    }

    @Test
    default void p19_expiredIsAMiss() {
        cache().set("k", "v", MINUTE);
        fixture().passTime(MINUTE);

        cache().get("k", String.class);

        assertThat(cache().getStats().misses()).isEqualTo(1);
    }

    @Test
    default void p19_getAllCountsEachKey() {
        cache().set("a", 1, MINUTE);

        cache().getAll(List.of("a", "b", "c"), Integer.class);

        assertThat(cache().getStats().hits()).isEqualTo(1);
        assertThat(cache().getStats().misses()).isEqualTo(2);
    }

    @Test
    default void p19_onlyReadsOfValuesAreRequests() {
        cache().set("k", "v", MINUTE);
        cache().exists("k");
        cache().ttl("k");
        cache().expire("k", MINUTE);
        cache().isConnected();
        cache().flush("x*");
        cache().del("k");

        assertThat(cache().getStats().totalRequests()).isZero();
    }

    @Test
    default void p20_setsCountValuesStored() {
        cache().set("a", 1, MINUTE);
        cache().set("a", 1, MINUTE);
        cache().setAll(Map.of("b", 1, "c", 1), MINUTE);

        assertThat(cache().getStats().sets()).isEqualTo(4);
    }

    @Test
    default void p20_deletesCountEntriesRemoved() {
        cache().setAll(Map.of("a", 1, "b", 1, "c", 1, "d", 1, "e", 1), MINUTE);

        cache().del("a");
        cache().del("a");
        cache().del(List.of("b", "nothing"));
        cache().flush("c*");
        cache().clear();

        assertThat(cache().getStats().deletes()).isEqualTo(5);
    }

    @Test
    default void p20_keysCountsWhatIsThere() {
        cache().setAll(Map.of("a", 1, "b", 1, "c", 1), MINUTE);
        cache().del("a");

        assertThat(cache().getStats().keys()).isEqualTo(2);
    }

    @Test
    default void p20_noErrorsWhereNothingIsWrong() {
        cache().set("k", "v", MINUTE);
        cache().get("k", String.class);
        cache().get("nothing", String.class);
        cache().del("nothing");
        cache().flush("*");

        assertThat(cache().getStats().errors()).isZero();
    }

    @Test
    default void p21_hitRateBeforeTheFirstRequest() {
        assertThat(cache().getStats().hitRate()).isZero();
        assertThat(cache().getStats().hitRatePercent()).isEqualTo("0.00%");
    }

    @Test
    default void p21_hitRateAsNumberAndText() {
        cache().set("k", "v", MINUTE);
        for (int i = 0; i < 14; i++) {
            cache().get("k", String.class);
        }
        cache().get("nothing", String.class);

        assertThat(cache().getStats().hitRate()).isEqualTo(14.0 / 15);
        assertThat(cache().getStats().hitRatePercent()).isEqualTo("93.33%");
    }
}
