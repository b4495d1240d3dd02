package io.cacheport.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheport.testkit.server.RedisFixture.Kind;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;

class RedisChoiceTest {

    private static final Map<String, String> NOTHING_SET = Map.of();

    @Test
    void aServerNamedByTheEnvironmentIsTakenWithoutAskingFurther() {
        Map<String, String> environment = Map.of("CACHEPORT_REDIS_URL", "redis://somewhere", "DOCKER_HOST", "tcp://x");

        RedisChoice choice = RedisChoice.of(
                environment, docker(RedisChoiceTest::notAsked, RedisChoiceTest::notAsked, RedisChoiceTest::notAsked));

        assertThat(choice).isEqualTo(new RedisChoice(Kind.ENVIRONMENT, "CACHEPORT_REDIS_URL is set"));
    }

    @Test
    void withoutASignOfDockerTheBinaryIsTakenWithoutAskingFurther() {
        Map<String, String> blank = Map.of("CACHEPORT_REDIS_URL", "", "DOCKER_HOST", " ");

        RedisChoice choice = RedisChoice.of(
                blank, docker(RedisChoiceTest::no, RedisChoiceTest::notAsked, RedisChoiceTest::notAsked));

        assertThat(choice).isEqualTo(new RedisChoice(Kind.BINARY, "no DOCKER_HOST and no Docker socket"));
    }

    @Test
    void withoutTestcontainersTheBinaryIsTaken() {
        RedisChoice choice = RedisChoice.of(
                NOTHING_SET, docker(RedisChoiceTest::yes, RedisChoiceTest::no, RedisChoiceTest::notAsked));

        assertThat(choice).isEqualTo(new RedisChoice(Kind.BINARY, "Testcontainers is not on the classpath"));
    }

    @Test
    void dockerThatAnswersIsTaken() {
        RedisChoice bySocket =
                RedisChoice.of(NOTHING_SET, docker(RedisChoiceTest::yes, RedisChoiceTest::yes, RedisChoiceTest::yes));
        RedisChoice byHost = RedisChoice.of(
                Map.of("DOCKER_HOST", "tcp://x"),
                docker(RedisChoiceTest::no, RedisChoiceTest::yes, RedisChoiceTest::yes));

        assertThat(bySocket).isEqualTo(new RedisChoice(Kind.DOCKER, "Docker answers"));
        assertThat(byHost).isEqualTo(bySocket);
    }

    @Test
    void dockerThatRefusesLeavesTheBinary() {
        RedisChoice choice =
                RedisChoice.of(NOTHING_SET, docker(RedisChoiceTest::yes, RedisChoiceTest::yes, RedisChoiceTest::no));

        assertThat(choice).isEqualTo(new RedisChoice(Kind.BINARY, "Docker is not available"));
    }

    @Test
    void dockerThatFailsLeavesTheBinary() {
        BooleanSupplier broken = () -> {
            throw new NoClassDefFoundError("half a classpath");
        };

        RedisChoice choice = RedisChoice.of(NOTHING_SET, docker(RedisChoiceTest::yes, RedisChoiceTest::yes, broken));

        assertThat(choice.kind()).isEqualTo(Kind.BINARY);
        assertThat(choice.reason()).contains("half a classpath");
    }

    @Test
    void dockerThatHangsCostsNoMoreThanTheDeadline() {
        CountDownLatch never = new CountDownLatch(1);
        BooleanSupplier hanging = () -> {
            try {
                never.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return true;
        };
        RedisChoice.Docker docker =
                new RedisChoice.Docker(RedisChoiceTest::yes, RedisChoiceTest::yes, hanging, Duration.ofMillis(200));
        long start = System.nanoTime();
        try {
            RedisChoice choice = RedisChoice.of(NOTHING_SET, docker);

            assertThat(Duration.ofNanos(System.nanoTime() - start))
                    .isBetween(Duration.ofMillis(200), Duration.ofSeconds(5));
            assertThat(choice.kind()).isEqualTo(Kind.BINARY);
            assertThat(choice.reason()).contains("did not answer");
        } finally {
            never.countDown();
        }
    }

    private static RedisChoice.Docker docker(BooleanSupplier socket, BooleanSupplier library, BooleanSupplier daemon) {
        return new RedisChoice.Docker(socket, library, daemon, Duration.ofSeconds(10));
    }

    private static boolean yes() {
        return true;
    }

    private static boolean no() {
        return false;
    }

    private static boolean notAsked() {
        throw new AssertionError("not to be asked");
    }
}
