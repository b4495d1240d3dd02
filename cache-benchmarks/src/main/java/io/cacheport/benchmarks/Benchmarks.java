package io.cacheport.benchmarks;

import io.cacheport.benchmarks.peer.Libraries;
import io.cacheport.benchmarks.peer.PeerKind;
import io.cacheport.benchmarks.peer.Peers;
import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;

/** Runs all suites, or some, and writes the report; what has gone wrong in a suite is in its place. */
public final class Benchmarks {

    private Benchmarks() {}

    /** Exits with 2 if the arguments are wrong, and with 1 if a suite failed. */
    public static void main(String... arguments) throws IOException {
        List<Suite> all = Suites.all();
        RunOptions options;
        try {
            options = RunOptions.parse(all, arguments);
        } catch (IllegalArgumentException e) {
            System.err.printf("%s%n%n%s", e.getMessage(), RunOptions.usage(all));
            System.exit(2);
            throw e;
        }
        System.exit(run(options, String.join(" ", arguments)) ? 0 : 1);
    }

    /** Writes after each suite, so that a run that is broken off has left what it had. */
    private static boolean run(RunOptions options, String arguments) throws IOException {
        long start = System.nanoTime();
        boolean ok = true;
        StringBuilder report = new StringBuilder(head(options, arguments));
        List<Suite> suites = options.suites();
        for (int i = 0; i < suites.size(); i++) {
            Suite suite = suites.get(i);
            System.err.printf("%d of %d, %s: begun after %s%n", i + 1, suites.size(), suite.name(), since(start));
            long begun = System.nanoTime();
            report.append("\n## ").append(suite.title()).append("\n\n");
            try {
                report.append(suite.run(options.settings()));
            } catch (PartlyFailedException failure) {
                ok = false;
                report.append(failure.report());
            } catch (Exception failure) {
                ok = false;
                failure.printStackTrace();
                report.append("Failed: ").append(failure).append('\n');
            }
            String took = since(begun);
            report.append("\nSuite `")
                    .append(suite.name())
                    .append("`, ")
                    .append(took)
                    .append(".\n");
            System.err.printf("%d of %d, %s: took %s%n", i + 1, suites.size(), suite.name(), took);
            write(options.report(), report);
        }
        System.err.printf("%s, in %s%n", options.report().toAbsolutePath(), since(start));
        return ok;
    }

    private static void write(Path file, CharSequence report) throws IOException {
        Path directory = file.toAbsolutePath().getParent();
        if (directory != null) {
            Files.createDirectories(directory);
        }
        Files.writeString(file, report);
    }

    private static String head(RunOptions options, String arguments) {
        return """
                # CachePort and what it is compared with

                %s, %d cores, %s %s, %s %s, Redis %s on the same machine. Options: %s.%s

                Ratios are to the named reference of the same table, which runs once more at its end: what `-again` differs from 1.00 is
                noise, and a difference not well beyond it says nothing. All store the same values under the same keys for an hour, with one
                client and one connection unless said otherwise, on %s.

                %s""".formatted(
                        LocalDate.now(ZoneOffset.UTC),
                        Runtime.getRuntime().availableProcessors(),
                        System.getProperty("java.vm.name"),
                        System.getProperty("java.runtime.version"),
                        System.getProperty("os.name"),
                        System.getProperty("os.version"),
                        redisVersion(),
                        arguments.isEmpty() ? "none" : "`" + arguments + "`",
                        options.settings().quick() ? " **Quick: the figures mean nothing.**" : "",
                        Libraries.versions(),
                        peers());
    }

    private static String peers() {
        return "In memory:\n\n" + list(Peers.memory()) + "\nIn Redis:\n\n" + list(Peers.remote())
                + "\nNear, in front of Redis:\n\n" + list(Peers.near());
    }

    private static String list(List<PeerKind> kinds) {
        return kinds.stream()
                .map(kind -> "- `" + kind.name() + "`: " + kind.idiom() + "\n")
                .collect(Collectors.joining());
    }

    private static String redisVersion() {
        try (RedisServer server = RedisServer.start();
                RespClient redis = server.client()) {
            String info = String.valueOf(Objects.requireNonNull(redis.call("INFO", "server")));
            return info.lines()
                    .filter(line -> line.startsWith("redis_version:"))
                    .map(line -> line.substring("redis_version:".length()))
                    .findFirst()
                    .orElse("of unknown version");
        }
    }

    private static String since(long start) {
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        return String.format(Locale.ROOT, "%d min %02d s", took.toMinutes(), took.toSecondsPart());
    }
}
