package io.cacheport.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What happens in a JVM that lacks the optional libraries, and when a JVM ends. */
class OptionalLibrariesTest {

    @Test
    void withoutTestcontainersTheBinaryIsTakenAndItDiesWithTheJvm(@TempDir Path tmp) throws IOException {
        String output = ChildJvm.run(
                Main.class,
                entry -> !entry.contains("testcontainers") && !entry.contains("docker-java"),
                tmp,
                Map.of("DOCKER_HOST", "unix:///nowhere"));

        assertThat(output).contains("(BINARY: Testcontainers is not on the classpath)");
        long pid = Long.parseLong(output.substring(output.indexOf("pid=") + 4).strip());
        assertThat(ProcessHandle.of(pid).filter(ProcessHandle::isAlive)).isEmpty();
        assertThat(tmp).isEmptyDirectory();
    }

    @Test
    void withoutAnythingTheErrorNamesTheArtifactToAdd(@TempDir Path tmp) throws IOException {
        String output = ChildJvm.run(
                Main.class,
                entry -> !entry.contains("testcontainers") && !entry.contains("embedded-redis"),
                tmp,
                Map.of());

        assertThat(output).contains("IllegalStateException").contains("add org.signal:embedded-redis");
        assertThat(tmp).isEmptyDirectory();
    }

    /** Ends without closing anything. */
    static final class Main {

        public static void main(String[] args) {
            try (RespClient client = RedisFixture.shared().client()) {
                String info = String.valueOf(client.call("INFO", "server"));
                info.lines()
                        .filter(line -> line.startsWith("process_id:"))
                        .forEach(line -> System.out.println("pid=" + line.substring("process_id:".length())));
            }
        }
    }
}
