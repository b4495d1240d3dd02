package io.cacheport.testkit.server;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.JarURLConnection;
import java.net.URL;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.jspecify.annotations.Nullable;

/** Where the redis-server executable comes from: the one named by the user, else the one inside embedded-redis. */
final class RedisBinary {

    /** The system property, or else environment variable, with the path of a server to use instead of the embedded one. */
    static final String OVERRIDE = "CACHEPORT_REDIS_SERVER";

    /** Finds the jar by what tells it from the other forks, so that any version of it will do. */
    private static final String ARTIFACT_MARK = "META-INF/maven/org.signal/embedded-redis/pom.properties";

    private static @Nullable Path unpacked;

    private RedisBinary() {}

    static Path path() {
        String override = System.getProperty(OVERRIDE, System.getenv(OVERRIDE));
        if (override == null || override.isBlank()) {
            return embedded();
        }
        Path path = Path.of(override);
        if (!Files.isExecutable(path)) {
            throw new IllegalStateException(OVERRIDE + " names " + path + ", which is not an executable file");
        }
        return path;
    }

    /** How embedded-redis names the platform at the end of its file names. */
    static String platform(String osName, String osArch) {
        String os = osName.toLowerCase(Locale.ROOT);
        String system = os.startsWith("mac") ? "darwin" : os;
        return system + "-"
                + switch (osArch.toLowerCase(Locale.ROOT)) {
                    case "amd64", "x86_64" -> "amd64";
                    case "aarch64", "arm64" -> "arm64";
                    case "x86", "i386", "i586", "i686" -> "386";
                    default -> osArch;
                };
    }

    private static synchronized Path embedded() {
        if (unpacked == null) {
            unpacked = unpack(platform(System.getProperty("os.name"), System.getProperty("os.arch")));
        }
        return unpacked;
    }

    private static Path unpack(String platform) {
        URL mark = RedisBinary.class.getClassLoader().getResource(ARTIFACT_MARK);
        if (mark == null) {
            throw new IllegalStateException("no redis-server to start: add org.signal:embedded-redis to the test"
                    + " dependencies, or name an executable in " + OVERRIDE);
        }
        try {
            JarURLConnection connection = (JarURLConnection) mark.openConnection();
            connection.setUseCaches(false); // else closing would close the class loader's own jar
            try (JarFile jar = connection.getJarFile()) {
                JarEntry server = jar.stream()
                        .filter(entry -> entry.getName().matches("redis-server-.*-" + platform))
                        .findFirst()
                        .orElseThrow(() -> new IllegalStateException("org.signal:embedded-redis has no server for "
                                + platform + ": name an executable in " + OVERRIDE));
                return copy(jar, server);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot unpack redis-server", e);
        }
    }

    private static Path copy(JarFile jar, JarEntry server) throws IOException {
        File file = Files.createTempFile("cacheport-redis-server-", "").toFile();
        file.deleteOnExit();
        try (InputStream in = jar.getInputStream(server)) {
            Files.copy(in, file.toPath(), StandardCopyOption.REPLACE_EXISTING);
        }
        if (!file.setExecutable(true)) {
            throw new IOException("cannot make " + file + " executable");
        }
        return file.toPath();
    }
}
