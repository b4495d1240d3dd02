package io.cacheport.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The simulation sees what it is there for: each promise broken on purpose is found. */
class MutantTest {

    private static final long SEEDS = Long.getLong("cacheport.simulation.mutant.seeds", 30_000);

    private final Simulation sound = new Simulation();

    @AfterEach
    void close() {
        sound.close();
    }

    static List<Mutant> all() {
        return Mutants.all();
    }

    @ParameterizedTest
    @MethodSource("all")
    void isFound(Mutant mutant) throws Exception {
        Class<?> type = new MutantLoader(mutant).loadClass(Simulation.class.getName());
        Object simulation = type.getConstructor().newInstance();
        try {
            for (long seed = 1; seed <= SEEDS; seed++) {
                String violation =
                        (String) type.getMethod("violation", long.class).invoke(simulation, seed);
                if (violation != null) {
                    assertThat(sound.violation(seed)).as("without the mutant").isNull();
                    System.out.printf("mutant found at seed %5d: %s (%s)%n", seed, mutant, violation);
                    return;
                }
            }
        } finally {
            type.getMethod("close").invoke(simulation);
        }
        fail("mutant \"%s\" is not found in %d seeds", mutant, SEEDS);
    }

    @Test
    void eachIsAnother() {
        assertThat(all())
                .hasSizeGreaterThanOrEqualTo(10)
                .extracting(Mutant::name)
                .doesNotHaveDuplicates();
    }

    @Test
    void aLineThatIsGoneIsSaid() {
        Mutant gone = Mutant.of("of yesterday", "io.cacheport.inmemory.Store", "no such line", "");

        assertThatThrownBy(gone::source).hasMessageContainingAll("of yesterday", "no such line", "planted anew");
    }
}
