package io.cacheport.testkit.server;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** One run of redis-server in a directory, which it may share with earlier and later runs. */
final class RedisProcess {

    static final String HOST = "127.0.0.1";

    private static final Duration START_DEADLINE = Duration.ofSeconds(10);
    private static final Duration ANSWER_TIMEOUT = Duration.ofSeconds(1);
    private static final int LINES_TO_SHOW = 15;

    /** The last run of each directory that still exists, for the JVM's exit. */
    private static final Map<Path, RedisProcess> OPEN = new ConcurrentHashMap<>();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(RedisProcess::closeAll, "redis-server-reaper"));
    }

    private final Process process;
    private final int port;
    private final Path dir;

    private RedisProcess(Process process, int port, Path dir) {
        this.process = process;
        this.port = port;
        this.dir = dir;
    }

    /** A directory for runs, with these lines as their configuration file unless there are none. */
    static Path newDir(String config) {
        try {
            Path dir = Files.createTempDirectory("cacheport-redis-");
            if (!config.isEmpty()) {
                Files.writeString(config(dir), config);
            }
            return dir;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A run that answers; when it does not come to that, the directory is gone and the exception says why. */
    static RedisProcess start(int port, List<String> options, Path dir) {
        RedisProcess started;
        try {
            started = new RedisProcess(run(port, options, dir), port, dir);
        } catch (RuntimeException e) {
            delete(dir);
            throw e;
        }
        OPEN.put(dir, started);
        started.awaitReady();
        return started;
    }

    private static Process run(int port, List<String> options, Path dir) {
        List<String> command = new ArrayList<>(List.of(RedisBinary.path().toString()));
        if (Files.exists(config(dir))) {
            command.add(config(dir).toString());
        }
        command.addAll(List.of("--port", String.valueOf(port), "--bind", HOST, "--dir", dir.toString()));
        command.addAll(List.of("--save", "", "--appendonly", "no"));
        command.addAll(options); // last, because the last of two equal options counts
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(output(dir).toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot run " + String.join(" ", command), e);
        }
    }

    private void awaitReady() {
        try {
            Poll.until("redis-server on port " + port + " ready", START_DEADLINE, this::whyNotReady);
        } catch (IllegalStateException e) {
            String output = lastOutput();
            close();
            String message = e.getMessage() + "; its last output:\n" + output;
            throw output.contains("Failed listening on port")
                    ? new PortTakenException(message, e)
                    : new IllegalStateException(message, e);
        }
    }

    long pid() {
        return process.pid();
    }

    boolean isAlive() {
        return process.isAlive();
    }

    /** SIGKILL, which ends a stopped process as well. */
    void kill() {
        exitOf(process.destroyForcibly());
    }

    /**
     * Waits for the end whatever happens, keeping the interrupt flag. Not by {@code onExit}, which needs a thread of the
     * common pool from JDK 25 on, and there may be but one, which is waiting here.
     */
    private static int exitOf(Process ending) {
        boolean interrupted = false;
        try {
            while (true) {
                try {
                    return ending.waitFor();
                } catch (InterruptedException again) {
                    interrupted = true;
                }
            }
        } finally {
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    void signal(String name) {
        try {
            // the shell's own kill: small images have no other
            Process kill = new ProcessBuilder("/bin/sh", "-c", "kill -" + name + " " + pid())
                    .redirectErrorStream(true)
                    .start();
            String output = new String(kill.getInputStream().readAllBytes(), UTF_8);
            if (exitOf(kill) != 0) {
                throw new IllegalStateException("cannot send SIG" + name + " to redis-server: " + output.strip());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void close() {
        kill();
        delete(dir);
        OPEN.remove(dir, this);
    }

    /** All are killed before the first directory is deleted, which may fail. */
    private static void closeAll() {
        OPEN.values().forEach(RedisProcess::kill);
        OPEN.values().forEach(RedisProcess::close);
    }

    /** Asks for the process id, because on a port taken by another server that one would answer a PING. */
    private @Nullable String whyNotReady() {
        if (!process.isAlive()) {
            throw new IllegalStateException("redis-server on port " + port + " ended with " + process.exitValue());
        }
        try (RespClient client = RespClient.connect(HOST, port, ANSWER_TIMEOUT)) {
            String info = String.valueOf(client.call("INFO"));
            if (!info.contains("process_id:" + pid() + "\r\n")) {
                return "another process answers there";
            }
            return info.contains("loading:1\r\n") ? "it is loading its data" : null; // INFO is answered all the same
        } catch (RespException e) {
            // a server that wants a password does answer
            return null;
        } catch (UncheckedIOException e) {
            return e.getMessage();
        }
    }

    private String lastOutput() {
        try {
            List<String> lines = Files.readAllLines(output(dir));
            return String.join("\n", lines.subList(Math.max(0, lines.size() - LINES_TO_SHOW), lines.size()));
        } catch (IOException e) {
            return "unknown: " + e;
        }
    }

    private static Path output(Path dir) {
        return dir.resolve("output.log");
    }

    private static Path config(Path dir) {
        return dir.resolve("redis.conf");
    }

    private static void delete(Path dir) {
        if (!Files.exists(dir)) {
            return;
        }
        try (Stream<Path> files = Files.walk(dir)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("cannot delete " + dir, e);
        }
    }

    /** Somebody else listens on the port asked for. */
    static final class PortTakenException extends IllegalStateException {

        private static final long serialVersionUID = 1L;

        PortTakenException(String message, Throwable cause) {
            super(message, cause);
        }
    }
}
