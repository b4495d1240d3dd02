package io.cacheport.schedules;

import static org.assertj.core.api.Assertions.assertThat;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** No copy outlives the bound, its TTL or a change by its own process, in whatever order things happen. */
class NearSchedulesTest {

    private static final long SCHEDULES =
            Long.getLong("cacheport.schedules", Boolean.getBoolean("cacheport.full") ? 1_000_000 : 100_000);

    /** More than any of the flaws needs. */
    private static final long ENOUGH = 100_000;

    @Test
    void noScheduleGivesAStaleCopy() {
        Tally tally = new Tally();
        long first = Long.getLong("cacheport.schedules.first", 1);
        for (long seed = first; seed < first + SCHEDULES; seed++) {
            assertThat(new World(seed, Flaw.NONE, tally).run())
                    .as("schedule %d", seed)
                    .isNull();
        }
        System.out.println(SCHEDULES + " schedules: " + tally);
        assertThat(tally.near).isGreaterThan(SCHEDULES);
        assertThat(tally.staleWithinBound).isGreaterThan(SCHEDULES / 100);
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "NONE")
    void aFlawIsSeen(Flaw flaw) {
        assertThat(seedThatShows(flaw)).as("a schedule that shows " + flaw).isNotNull();
    }

    private static @Nullable Long seedThatShows(Flaw flaw) {
        for (long seed = 1; seed <= ENOUGH; seed++) {
            String violation = new World(seed, flaw, new Tally()).run();
            if (violation != null) {
                System.out.println(flaw + ": schedule " + seed + ", " + violation);
                return seed;
            }
        }
        return null;
    }
}
