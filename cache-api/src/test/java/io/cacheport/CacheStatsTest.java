package io.cacheport;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Locale;
import org.junit.jupiter.api.Test;

class CacheStatsTest {

    @Test
    void figuresOfTheReference() {
        CacheStats stats = new CacheStats(1_245, 89, 0, 0, 0, 156);

        assertThat(stats.totalRequests()).isEqualTo(1_334);
        assertThat(stats.hitRatePercent()).isEqualTo("93.33%");
    }

    @Test
    void percentHasAPointWhateverTheLocale() {
        Locale before = Locale.getDefault();
        Locale.setDefault(Locale.GERMANY);
        try {
            assertThat(new CacheStats(1, 2, 0, 0, 0, 0).hitRatePercent()).isEqualTo("33.33%");
        } finally {
            Locale.setDefault(before);
        }
    }

    @Test
    void textHasEverything() {
        assertThat(new CacheStats(3, 1, 2, 1, 4, 7))
                .hasToString(
                        "CacheStats[hits=3, misses=1, totalRequests=4, hitRate=75.00%, sets=2, deletes=1, errors=4,"
                                + " keys=7, evictions=0]");
    }
}
