package io.cacheport.redis.faults;

import static org.awaitility.Awaitility.await;

import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.LongStream;

/** Processes of many callers each, all of one Redis, that ask for a key when they are told to. */
final class HotKeyJvms implements AutoCloseable {

    private final List<Process> processes = new ArrayList<>();
    private final List<BufferedReader> outputs = new ArrayList<>();
    private final List<Writer> inputs = new ArrayList<>();

    private HotKeyJvms() {}

    static HotKeyJvms start(int count, RedisServer server, int callers, String mode) throws IOException {
        HotKeyJvms jvms = new HotKeyJvms();
        for (int i = 0; i < count; i++) {
            Process process = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx128m",
                            "-Xss256k",
                            "-XX:TieredStopAtLevel=1",
                            "-cp",
                            System.getProperty("java.class.path"),
                            HotKeyCaller.class.getName(),
                            server.uri(),
                            String.valueOf(callers),
                            mode)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            jvms.processes.add(process);
            jvms.outputs.add(process.inputReader(StandardCharsets.UTF_8));
            jvms.inputs.add(process.outputWriter(StandardCharsets.UTF_8));
        }
        for (BufferedReader output : jvms.outputs) {
            awaitLine(output, "ready");
        }
        return jvms;
    }

    /** Logging goes to the same stream. */
    private static void awaitLine(BufferedReader output, String line) throws IOException {
        for (String read = output.readLine(); !line.equals(read); read = output.readLine()) {
            if (read == null) {
                throw new IllegalStateException("a JVM ended before it was ready");
            }
        }
    }

    void begin(String key) throws IOException {
        for (Writer input : inputs) {
            input.write(key + "\n");
            input.flush();
        }
    }

    /** How long each caller waited, in nanoseconds, the quickest first. */
    long[] askFor(String key) throws IOException {
        begin(key);
        return awaitEnd();
    }

    long[] awaitEnd() throws IOException {
        LongStream all = LongStream.empty();
        for (BufferedReader output : outputs) {
            String line = output.readLine();
            while (line != null && !line.matches("[0-9 ]+")) {
                line = output.readLine();
            }
            if (line == null) {
                throw new IllegalStateException("a JVM ended before its callers had their value");
            }
            all = LongStream.concat(all, Arrays.stream(line.split(" ", -1)).mapToLong(Long::parseLong));
        }
        return all.sorted().toArray();
    }

    void awaitLoading(RespClient admin, String key) {
        await().atMost(Duration.ofSeconds(10))
                .pollInterval(Duration.ofMillis(10))
                .until(() -> admin.call("GET", HotKeyCaller.LOADS + key) != null);
    }

    void signal(String name) throws IOException, InterruptedException {
        for (Process process : processes) {
            new ProcessBuilder("/bin/sh", "-c", "kill -" + name + " " + process.pid())
                    .start()
                    .waitFor();
        }
    }

    @Override
    public void close() {
        processes.forEach(Process::destroyForcibly);
    }
}
