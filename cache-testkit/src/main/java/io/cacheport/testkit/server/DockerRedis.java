package io.cacheport.testkit.server;

import org.testcontainers.DockerClientFactory;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.utility.DockerImageName;

/** All that touches Testcontainers, which is optional: only loaded once it is known to be there. */
final class DockerRedis {

    static final String LIBRARY = "org.testcontainers.DockerClientFactory";

    private static final String IMAGE = "redis:7.4-alpine";
    private static final int PORT = 6379;

    private DockerRedis() {}

    /** Whether the daemon answers; takes long when it neither answers nor refuses. */
    static boolean isAvailable() {
        return DockerClientFactory.instance().isDockerAvailable();
    }

    /** Starts a container, which Testcontainers removes when the JVM is gone, and gives its URL. */
    static String start() {
        GenericContainer<?> container = new GenericContainer<>(DockerImageName.parse(IMAGE))
                .withExposedPorts(PORT)
                .withCommand("redis-server", "--save", "", "--appendonly", "no");
        container.start();
        return "redis://" + container.getHost() + ":" + container.getMappedPort(PORT);
    }
}
