package io.cacheport.redis.faults;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Processes that run {@link LockWorker}, and can be stopped and killed. */
final class LockJvms implements AutoCloseable {

    private final List<Jvm> jvms = new ArrayList<>();
    private final List<String> output = new CopyOnWriteArrayList<>();
    private final String uri;
    private final String mode;
    private int started;

    private record Jvm(Process process, BlockingQueue<String> lines) {}

    private LockJvms(String uri, String mode) {
        this.uri = uri;
        this.mode = mode;
    }

    static LockJvms start(int count, String uri, String mode) throws IOException, InterruptedException {
        LockJvms all = new LockJvms(uri, mode);
        for (int i = 0; i < count; i++) {
            all.jvms.add(all.startOne());
        }
        for (int i = 0; i < count; i++) {
            all.await(i, "ready");
        }
        return all;
    }

    private Jvm startOne() throws IOException {
        started++;
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-XX:+UseSerialGC",
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LockWorker.class.getName(),
                        uri,
                        "jvm" + started,
                        mode)
                .redirectErrorStream(true)
                .start();
        BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        Thread reader = new Thread(() -> read(process, lines), "lock-jvm");
        reader.setDaemon(true);
        reader.start();
        return new Jvm(process, lines);
    }

    private void read(Process process, BlockingQueue<String> lines) {
        try (BufferedReader reader = process.inputReader(StandardCharsets.UTF_8)) {
            for (String line = reader.readLine(); line != null; line = reader.readLine()) {
                output.add(line);
                lines.add(line);
            }
        } catch (IOException killed) {
            // as good as the end
        }
    }

    /** The next line of that process that begins so. */
    String await(int index, String beginning) throws InterruptedException {
        while (true) {
            String line = jvms.get(index).lines().poll(1, TimeUnit.MINUTES);
            if (line == null) {
                throw new IllegalStateException("a JVM did not print \"" + beginning + "\": " + output);
            }
            if (line.startsWith(beginning)) {
                return line;
            }
        }
    }

    void signal(int index, String name) throws IOException, InterruptedException {
        new ProcessBuilder(
                        "/bin/sh",
                        "-c",
                        "kill -" + name + " " + jvms.get(index).process().pid())
                .start()
                .waitFor();
    }

    /** With SIGKILL, and another takes its place. */
    void replace(int index) throws IOException {
        jvms.get(index).process().destroyForcibly();
        jvms.set(index, startOne());
    }

    void say(int index, String line) throws IOException {
        jvms.get(index)
                .process()
                .outputWriter(StandardCharsets.UTF_8)
                .append(line)
                .append("\n")
                .flush();
    }

    /** Ends the work of all, which go on living. */
    void enough() throws IOException {
        for (int i = 0; i < jvms.size(); i++) {
            say(i, "enough");
        }
    }

    int size() {
        return jvms.size();
    }

    /** What was printed that begins so, by all. */
    List<String> printed(String beginning) {
        return output.stream().filter(line -> line.startsWith(beginning)).toList();
    }

    @Override
    public void close() {
        jvms.forEach(jvm -> jvm.process().destroyForcibly());
    }
}
