package io.cacheport.redis.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheport.redis.history.History.Plan;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** As {@link HistoryTest}, and more of it: a million operations, or as many as {@code cacheport.history.operations} says. */
@Tag("full")
class LongHistoryTest {

    private static final long OPERATIONS = Long.getLong("cacheport.history.operations", 1_000_000);
    private static final int OPERATIONS_BETWEEN_DISTURBANCES = 20_000;

    @Test
    void noInvariantIsBroken() throws Exception {
        int disturbances = Math.toIntExact(OPERATIONS / OPERATIONS_BETWEEN_DISTURBANCES);
        Report report = History.run(Plan.ours(OPERATIONS, disturbances));
        System.out.println(report);

        assertThat(report.violations()).as("%s", report).isEmpty();
        assertThat(report.count(Count.OPERATIONS))
                .isGreaterThan(OPERATIONS - (long) disturbances * Worker.THREADS); // but for those of killed JVMs
        assertThat(report.hitRatio()).isGreaterThan(0.3);
        assertThat(report.count(Count.REFUSALS)).isPositive();
    }
}
