package io.cacheport.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The rules hold whatever is lost, late or killed, in the order of any seed. */
class SimulationTest {

    private static final long SEEDS =
            Long.getLong("cacheport.simulation.seeds", Boolean.getBoolean("cacheport.full") ? 1_000_000 : 10_000);

    private static final List<String> ACCOUNTS = new ArrayList<>();

    private final Simulation simulation = new Simulation();

    @BeforeAll
    static void accounts() {
        Simulation simulation = new Simulation();
        for (long seed = 1; seed <= 500; seed++) {
            ACCOUNTS.add(simulation.account(seed));
        }
        simulation.close();
    }

    @AfterEach
    void close() {
        simulation.close();
    }

    @Test
    void noSeedBreaksARule() {
        Long one = Long.getLong("cacheport.simulation.seed");
        long first = one == null ? Long.getLong("cacheport.simulation.first", 1) : one;
        long after = first + (one == null ? SEEDS : 1);
        for (long seed = first; seed < after; seed++) {
            if (simulation.violation(seed) != null) {
                fail(simulation.account(seed));
            }
        }
    }

    @Test
    void aSeedIsTheSameEachTime() {
        for (int seed = 1; seed <= 100; seed++) {
            assertThat(simulation.account(seed)).isEqualTo(ACCOUNTS.get(seed - 1));
        }
    }

    /** A fault that is never drawn, or a race that never comes about, would show nothing. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "stands still",
                "is killed",
                "begins anew",
                "restarts without data",
                "evicted",
                "something else is stored",
                "refused",
                " (get|lease|fill|release|renew|del|flush) lost",
                " (leases|fills) lost",
                " lease's answer lost",
                " fill's answer lost",
                " fills's answer lost",
                " del's answer lost",
                " fill is late",
                "late: lease row:\\d -> granted",
                "late: fill row:\\d -> true",
                "late: fill row:\\d -> false",
                "late: renew row:\\d -> false",
                " fill row:\\d -> true",
                " fill row:\\d -> false",
                " fills .* -> 1 live",
                " renew row:\\d -> true",
                " renew row:\\d -> false",
                " release row:\\d -> true",
                " release row:\\d -> false",
                " lease row:\\d -> found row",
                " lease row:\\d -> held",
                " lease row:\\d -> failed",
                " get row:\\d -> row:\\d .*, stale",
                " refresh row:\\d -> granted",
                " refresh row:\\d -> null",
                "background fill row:\\d -> true",
                "background fill row:\\d -> false",
                "too many in the background",
                " keep row:\\d -> true",
                " rest row:\\d -> true",
                " fail row:\\d -> true",
                " begin row:\\d -> begun",
                " end row:\\d -> ",
                " set row:\\d -> ",
                " put row:\\d -> true",
                " put row:\\d -> false",
                "evicted cacheport:tag:",
                "acknowledged: invalidation of tag generation",
                "acknowledged: invalidation of tag kind",
                "acknowledged: write",
                "given: .*LoadFailedException",
                "given: .*LoadTimeoutException",
                "given: .*LoadRejectedException",
                " leases .*=taken",
                " leases .*=found",
                "given no row",
                "given: .*LoadFailed",
                " interrupted"
            })
    void everythingThatMayHappenDoes(String what) {
        assertThat(ACCOUNTS).anyMatch(Pattern.compile(what).asPredicate());
    }
}
