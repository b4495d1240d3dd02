package io.cacheport.spi;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoadLimitTest {

    private final LoadLimit limit = LoadLimit.of(1, Duration.ZERO);

    @AfterEach
    void clearInterruptFlag() {
        Thread.interrupted();
    }

    @ParameterizedTest
    @CsvSource({
        "0, PT1S, concurrent loads 0 is not between 1 and 100000",
        "-1, PT1S, concurrent loads -1 is not between 1 and 100000",
        "100001, PT1S, concurrent loads 100001 is not between 1 and 100000",
        "1, PT-0.001S, wait PT-0.001S is not between zero and PT1H",
        "1, PT1H0.001S, wait PT1H0.001S is not between zero and PT1H",
        "1, , wait is null: zero means that nobody waits",
    })
    void settingsOutOfRangeAreRefused(int concurrent, Duration wait, String said) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> LoadLimit.of(concurrent, wait))
                .withMessage(said);
    }

    @ParameterizedTest
    @CsvSource({"1, PT0S", "100000, PT1H"})
    void theEndsOfTheRangeAreIn(int concurrent, Duration wait) {
        LoadLimit made = LoadLimit.of(concurrent, wait);

        assertThat(made.concurrent()).isEqualTo(concurrent);
        assertThat(made.longestWait()).isEqualTo(wait);
    }

    @Test
    void saysWhatItIs() {
        assertThat(LoadLimit.ofDefaults()).hasToString("LoadLimit[64 at once, wait PT1S]");
    }

    @Test
    void countsWhoIsInAndWhoWasTurnedAway() throws Exception {
        assertThat(limit.enter()).isTrue();
        assertThat(inAnotherThread(limit::enter)).isFalse();

        assertThat(limit.running()).isEqualTo(1);
        assertThat(limit.waiting()).isZero();
        assertThat(limit.rejected()).isEqualTo(1);

        limit.leave();
        assertThat(limit.running()).isZero();
    }

    @Test
    void aThreadInsideIsLetInAgainAndHoldsOnePlaceUntilItHasLeftAsOften() throws Exception {
        LoadLimit two = LoadLimit.of(2, Duration.ZERO);
        assertThat(two.enter()).isTrue();
        assertThat(two.enter()).isTrue();
        assertThat(two.running()).isEqualTo(1);

        two.leave();
        assertThat(two.isInside()).isTrue();
        assertThat(two.running()).isEqualTo(1);

        two.leave();
        assertThat(two.isInside()).isFalse();
        assertThat(two.running()).isZero();
    }

    @Test
    void beingInsideOneLimitIsNotBeingInsideAnother() throws Exception {
        LoadLimit other = LoadLimit.of(1, Duration.ZERO);
        assertThat(limit.enter()).isTrue();

        assertThat(other.isInside()).isFalse();
        assertThat(inAnotherThread(other::enter)).isTrue();
        assertThat(other.enter()).isFalse();
    }

    @Test
    void leavingWithoutHavingEnteredGivesNoPlaceAway() {
        assertThatIllegalStateException().isThrownBy(limit::leave);

        assertThat(limit.running()).isZero();
    }

    @Test
    void anInterruptedThreadGetsAFreePlaceButDoesNotWaitForOne() throws Exception {
        LoadLimit patient = LoadLimit.of(1, Duration.ofSeconds(30));
        Thread.currentThread().interrupt();
        assertThat(patient.enter()).isTrue();

        assertThatExceptionOfType(InterruptedException.class)
                .isThrownBy(() -> inAnotherThread(() -> {
                    Thread.currentThread().interrupt();
                    return patient.enter();
                }));
        assertThat(patient.rejected()).isZero();
        assertThat(patient.running()).isEqualTo(1);
    }

    @Test
    @Timeout(30)
    void aNewcomerDoesNotOvertakeOneWhoWaits() throws Exception {
        LoadLimit patient = LoadLimit.of(1, Duration.ofSeconds(20));
        AtomicBoolean waiterWasIn = new AtomicBoolean();
        assertThat(patient.enter()).isTrue();
        FutureTask<Boolean> waiter = new FutureTask<>(() -> {
            boolean entered = patient.enter();
            waiterWasIn.set(entered);
            patient.leave();
            return entered;
        });
        new Thread(waiter).start();
        while (patient.waiting() == 0 && !Thread.currentThread().isInterrupted()) {
            Thread.onSpinWait();
        }

        patient.leave();
        assertThat(patient.enter()).isTrue();

        assertThat(waiterWasIn).isTrue();
        assertThat(waiter.get(10, TimeUnit.SECONDS)).isTrue();
    }

    private static <T> T inAnotherThread(Callable<T> call) throws Exception {
        boolean interrupted = Thread.interrupted();
        FutureTask<T> task = new FutureTask<>(call);
        new Thread(task).start();
        try {
            return task.get(10, TimeUnit.SECONDS);
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof Exception cause ? cause : failed;
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
