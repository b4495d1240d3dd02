package io.cacheport.testkit.server;

import io.cacheport.testkit.server.RedisFixture.Kind;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.BooleanSupplier;

/** Which server the fixture takes, and why. */
record RedisChoice(Kind kind, String reason) {

    static final String URL = "CACHEPORT_REDIS_URL";

    /**
     * What has to be found out about Docker, cheapest first.
     *
     * @param socket whether its usual socket exists
     * @param library whether Testcontainers is on the classpath
     * @param daemon whether it answers; may hang
     * @param deadline how long the answer may take
     */
    record Docker(BooleanSupplier socket, BooleanSupplier library, BooleanSupplier daemon, Duration deadline) {}

    static RedisChoice of(Map<String, String> environment, Docker docker) {
        if (isSet(environment, URL)) {
            return new RedisChoice(Kind.ENVIRONMENT, URL + " is set");
        }
        if (!isSet(environment, "DOCKER_HOST") && !docker.socket().getAsBoolean()) {
            return new RedisChoice(Kind.BINARY, "no DOCKER_HOST and no Docker socket");
        }
        if (!docker.library().getAsBoolean()) {
            return new RedisChoice(Kind.BINARY, "Testcontainers is not on the classpath");
        }
        return askDaemon(docker);
    }

    private static boolean isSet(Map<String, String> environment, String name) {
        return !environment.getOrDefault(name, "").isBlank();
    }

    /** On a thread left behind when it hangs: Testcontainers itself would wait for more than a minute and a half. */
    private static RedisChoice askDaemon(Docker docker) {
        CompletableFuture<Boolean> answer = new CompletableFuture<>();
        Runnable ask = () -> answer.completeAsync(() -> docker.daemon().getAsBoolean(), Runnable::run);
        Thread thread = new Thread(ask, "cacheport-docker-check");
        thread.setDaemon(true);
        thread.start();
        try {
            return answer.get(docker.deadline().toMillis(), TimeUnit.MILLISECONDS)
                    ? new RedisChoice(Kind.DOCKER, "Docker answers")
                    : new RedisChoice(Kind.BINARY, "Docker is not available");
        } catch (TimeoutException e) {
            return new RedisChoice(
                    Kind.BINARY,
                    "Docker did not answer within " + docker.deadline().toMillis() + " ms");
        } catch (ExecutionException e) {
            return new RedisChoice(Kind.BINARY, "asking Docker failed: " + e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while asking Docker", e);
        }
    }
}
