package io.cacheport.testkit.server;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * The one standalone Redis that the ordinary tests of a JVM share: in this order
 *
 * <ol>
 *   <li>the server that the environment variable {@code CACHEPORT_REDIS_URL} names ({@code
 *       redis://[[user]:password@]host[:port][/db]});
 *   <li>a container, when Testcontainers is on the classpath and Docker answers within five seconds;
 *   <li>a {@link RedisServer}.
 * </ol>
 *
 * <p>It never skips: a server named but not answering is an error, as is none at all. Which one it took, and why, is one
 * line on standard output. Tests share the data too, so each works under keys of its own.
 *
 * @since 0.1
 */
public final class RedisFixture {

    private static final Path DOCKER_SOCKET = Path.of("/var/run/docker.sock");
    private static final Duration DOCKER_DEADLINE = Duration.ofSeconds(5);

    private static @Nullable RedisFixture shared;

    /** Where the server comes from. */
    public enum Kind {
        /** Named by the environment. */
        ENVIRONMENT,
        /** A container. */
        DOCKER,
        /** A process started here. */
        BINARY
    }

    private final RedisChoice choice;
    private final String uri;
    private final RedisUrl parsed;

    private RedisFixture(RedisChoice choice, String uri) {
        this.choice = choice;
        this.uri = uri;
        this.parsed = RedisUrl.parse(uri);
    }

    /** The server, started by the first call and ended when the JVM exits. */
    public static synchronized RedisFixture shared() {
        if (shared == null) {
            Map<String, String> environment = System.getenv();
            // lambdas, not method references: those would load DockerRedis here and now
            RedisChoice.Docker docker = new RedisChoice.Docker(
                    () -> Files.exists(DOCKER_SOCKET),
                    () -> hasTestcontainers(),
                    () -> DockerRedis.isAvailable(),
                    DOCKER_DEADLINE);
            RedisChoice choice = RedisChoice.of(environment, docker);
            shared = open(choice, environment, () -> DockerRedis.start());
            System.out.println(shared);
        }
        return shared;
    }

    static RedisFixture open(RedisChoice choice, Map<String, String> environment, Supplier<String> container) {
        return switch (choice.kind()) {
            case ENVIRONMENT -> named(choice, environment.getOrDefault(RedisChoice.URL, ""));
            case DOCKER -> contained(choice, container);
            case BINARY -> new RedisFixture(choice, RedisServer.start().uri());
        };
    }

    private static RedisFixture named(RedisChoice choice, String url) {
        try {
            RedisFixture fixture = new RedisFixture(choice, url.strip());
            try (RespClient client = fixture.client()) {
                client.call("PING");
            }
            return fixture;
        } catch (IllegalArgumentException | UncheckedIOException | RespException e) {
            throw new IllegalStateException(RedisChoice.URL + ": " + e.getMessage(), e);
        }
    }

    /** Docker may answer and still have no container to give, for one because the image cannot be fetched. */
    private static RedisFixture contained(RedisChoice choice, Supplier<String> container) {
        String url;
        try {
            url = container.get();
        } catch (RuntimeException e) {
            String reason = "Docker answers, but started no container: " + e.getMessage();
            return new RedisFixture(
                    new RedisChoice(Kind.BINARY, reason), RedisServer.start().uri());
        }
        return new RedisFixture(choice, url);
    }

    private static boolean hasTestcontainers() {
        try {
            Class.forName(DockerRedis.LIBRARY, false, RedisFixture.class.getClassLoader());
            return true;
        } catch (ClassNotFoundException e) {
            return false;
        }
    }

    /** Where the server comes from. */
    public Kind kind() {
        return choice.kind();
    }

    /** The server's URL, with the password if the environment named one. */
    public String uri() {
        return uri;
    }

    /** The server's host. */
    public String host() {
        return parsed.host();
    }

    /** The server's port. */
    public int port() {
        return parsed.port();
    }

    /** A new connection, authenticated and in the database of the URL; the caller closes it. */
    public RespClient client() {
        return parsed.connect();
    }

    /** Which server it is and why, without the password. */
    @Override
    public String toString() {
        return "CachePort tests use the Redis at " + parsed + " (" + kind() + ": " + choice.reason() + ")";
    }
}
