package io.cacheport.redis.history;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheport.redis.history.History.Plan;
import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A history is able to fail: each line of the library that is broken on purpose is found out. */
@Tag("full")
class MutantTest {

    /** Most are found within some thousand; what shows only in a moment of a disturbance took up to some hundred thousand. */
    private static final long MOST_OPERATIONS = 1_000_000;

    @ParameterizedTest
    @EnumSource
    void isFoundOut(Mutant mutant, @TempDir Path temporary) throws Exception {
        Plan plan = Plan.mutated(mutant.compile(temporary), MOST_OPERATIONS, mutant.finding);
        Report report = History.run(plan);
        System.out.println(mutant + ": " + report);

        assertThat(report.violations()).containsKey(mutant.finding);
    }
}
