package io.cacheport.redis.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheport.redis.history.History.Plan;
import org.junit.jupiter.api.Test;

/** Anything, in any order, in three JVMs of one Redis that is disturbed: no invariant is broken. See the package. */
class HistoryTest {

    private static final long OPERATIONS = 50_000;
    private static final long OPERATIONS_NAIVELY = 3_000;

    @Test
    void noInvariantIsBroken() throws Exception {
        Report report = History.run(Plan.ours(OPERATIONS, Disturbance.values().length));
        System.out.println(report);

        assertThat(report.violations()).as("%s", report).isEmpty();
        assertThat(report.count(Count.OPERATIONS))
                .isGreaterThan(OPERATIONS - 100); // but for those begun in a killed JVM
        assertThat(report.disturbances()).hasSize(Disturbance.values().length);
        assertThat(report.hitRatio()).isGreaterThan(0.3); // or there was little that could have been stale
        assertThat(report.count(Count.REFUSALS)).isPositive(); // or nothing met a removal on its way
    }

    @Test
    void aNaiveCacheIsFoundOut() throws Exception {
        Report report = History.run(Plan.naively(OPERATIONS_NAIVELY));
        System.out.println(report);

        assertThat(report.count(Violation.STALE)).isPositive();
        assertThat(report.count(Violation.LOADED_AT_ONCE)).isPositive();
        assertThat(report.excerpts()).isNotEmpty();
    }
}
