package io.cacheport.redis.faults;

import static java.util.stream.Collectors.joining;

import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Writes the matrix down when the last test of this JVM is over: to {@code target} always, and to {@code docs} when
 * nothing was left out of the run.
 */
final class Document implements AutoCloseable {

    private static final String NAME = "fault-matrix.md";
    private static final Pattern VERSION = Pattern.compile("redis_version:(\\S+)");

    private final long start = System.nanoTime();

    @Override
    public void close() throws IOException {
        String text = text();
        Path module = Path.of(System.getProperty("basedir", "."));
        Path target = Files.createDirectories(module.resolve("target")).resolve(NAME);
        Files.writeString(target, text);
        boolean full = Boolean.getBoolean("cacheport.full");
        if (full && FaultMatrix.missing().isEmpty()) {
            Files.writeString(module.resolve("../docs").resolve(NAME), text);
        }
        System.out.println("Fault matrix: " + summary() + " (" + Path.of("target", NAME) + ")");
    }

    private String text() {
        return String.join(
                "\n",
                "# Fault matrix",
                "",
                "What a cache in Redis has to live through, one fault a row, provoked on real `redis-server` processes.",
                "*Naive* is what an average service writes, under the same fault in the same run: plain Lettuce with its",
                "defaults, JSON by a default `ObjectMapper`, get, load on a miss, setex, exceptions as they come. It shows",
                "that the fault was there. *Figure* was measured in this run, *bound* is what the test holds it to. A row is",
                "green if its tests passed. Written by the tests themselves: `mvn -B -ntp -Pfull verify`.",
                "",
                "- " + summary(),
                "- " + machine(),
                "- " + log(),
                "",
                "| row | fault | naive | ours | figure | bound | result |",
                "|---|---|---|---|---|---|---|",
                FaultMatrix.rows().stream().map(Row::line).collect(joining("\n")),
                "");
    }

    private static String summary() {
        List<Row> rows = FaultMatrix.rows();
        long leftOut = rows.stream().filter(Row::isLeftOut).count();
        long green = rows.stream().filter(Row::isGreen).count();
        List<Integer> missing = FaultMatrix.missing();
        String counts = String.format(
                Locale.ROOT,
                "**%d of %d rows green**, %d red, %d left out",
                green,
                FaultMatrix.ROWS,
                rows.size() - green - leftOut,
                leftOut);
        return missing.isEmpty() ? counts : counts + ", " + missing.size() + " not in this run";
    }

    private String machine() {
        Runtime runtime = Runtime.getRuntime();
        return String.format(
                Locale.ROOT,
                "Redis %s, JDK %s, %s %s, %d processors, %d MB of heap; took %d s",
                redisVersion(),
                Runtime.version().feature(),
                System.getProperty("os.name"),
                System.getProperty("os.arch"),
                runtime.availableProcessors(),
                runtime.maxMemory() >> 20,
                Duration.ofNanos(System.nanoTime() - start).toSeconds());
    }

    private static String redisVersion() {
        try (RedisServer server = RedisServer.start();
                RespClient client = server.client()) {
            Matcher version = VERSION.matcher(Objects.toString(client.call("INFO", "server")));
            return version.find() ? version.group(1) : "of unknown version";
        }
    }

    private static String log() {
        String lines = String.format(
                Locale.ROOT,
                "Every logger at TRACE: %,d lines searched for parts of keys, values and passwords, found in **%,d**",
                LogWatch.scanned(),
                LogWatch.leaks());
        return LogWatch.onTheWire().isEmpty()
                ? lines
                : lines
                        + ". Not among them: the lines by which Lettuce itself, at TRACE only, writes down what it sends "
                        + "and receives: "
                        + LogWatch.onTheWire().entrySet().stream()
                                .map(entry ->
                                        String.format(Locale.ROOT, "%,d by `%s`", entry.getValue(), entry.getKey()))
                                .collect(joining(", "))
                        + ". Leave these two loggers above TRACE";
    }
}
