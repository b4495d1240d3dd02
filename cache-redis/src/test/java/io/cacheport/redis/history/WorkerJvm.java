package io.cacheport.redis.history;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** A JVM that runs {@link Worker}, as its parent sees it. */
final class WorkerJvm implements AutoCloseable {

    private static final List<String> STATES = List.of("ready", "settled", "done");
    private static final String ENDED = "ended";

    /** Nothing that is waited for takes as long, unless a caller hangs. */
    private static final long MINUTES = 2;

    final int seat;
    private final Process process;
    private final BlockingQueue<String> states = new LinkedBlockingQueue<>();
    private final List<String> output = new CopyOnWriteArrayList<>();
    private final Thread reader;

    /** With these directories before everything else on its class path. */
    WorkerJvm(int seat, List<Path> classPath, String... arguments) throws IOException {
        this.seat = seat;
        List<String> paths =
                new ArrayList<>(classPath.stream().map(Path::toString).toList());
        paths.add(System.getProperty("java.class.path"));
        List<String> command = new ArrayList<>(List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                String.join(File.pathSeparator, paths),
                Worker.class.getName()));
        command.addAll(List.of(arguments));
        this.process = new ProcessBuilder(command).redirectErrorStream(true).start();
        this.reader = new Thread(this::read, "history-" + seat);
        reader.setDaemon(true);
        reader.start();
    }

    private void read() {
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (STATES.contains(line)) {
                    states.add(line);
                } else {
                    output.add(line);
                }
            }
        } catch (IOException killed) {
            // as good as the end
        }
        states.add(ENDED);
    }

    void awaitState(String state) throws InterruptedException {
        String reached = states.poll(MINUTES, TimeUnit.MINUTES);
        if (!state.equals(reached)) {
            throw new IllegalStateException("JVM " + seat + " is not " + state + " but "
                    + (reached == null ? "still at work" : reached) + ": " + String.join("\n", output));
        }
    }

    boolean isAlive() {
        return process.isAlive();
    }

    void go() throws IOException {
        process.outputWriter(StandardCharsets.UTF_8).append("go\n").flush();
    }

    void signal(String name) {
        try {
            int code = new ProcessBuilder("/bin/sh", "-c", "kill -" + name + " " + process.pid())
                    .start()
                    .waitFor();
            if (code != 0) {
                throw new IllegalStateException("cannot send SIG" + name + ": " + code);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }

    /** What it printed besides: its violations. */
    List<String> output() {
        return List.copyOf(output);
    }

    /** With SIGKILL, if it has not ended by itself. */
    void kill() throws InterruptedException {
        process.destroyForcibly().waitFor();
        reader.join();
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
