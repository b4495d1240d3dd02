package io.cacheport.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Another process with a near cache, started anew when it has not answered. For one thread at a time. */
final class NearReaderJvm implements AutoCloseable {

    /** How long each answer is waited for. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    private static final Duration START = Duration.ofSeconds(30);

    private final String uri;
    private Process process;
    private BlockingQueue<String> answers;

    /** Waits until it has connected to the Redis. */
    NearReaderJvm(String uri) throws IOException, InterruptedException {
        this.uri = uri;
        this.process = process(uri);
        this.answers = answersOf(process);
        awaitReady();
    }

    private static Process process(String uri) throws IOException {
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        NearReader.class.getName(),
                        uri)
                .redirectError(ProcessBuilder.Redirect.INHERIT) // the log: an error there would be taken for a change
                .start();
    }

    /** Lines as they come, from a thread of their own, so that they can be waited for with a limit. */
    private static BlockingQueue<String> answersOf(Process process) {
        BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        Thread thread = new Thread(
                () -> {
                    try (output) {
                        for (String line = output.readLine(); line != null; line = output.readLine()) {
                            lines.add(line);
                        }
                    } catch (IOException killed) {
                        // there will be no answer, and none is waited for
                    }
                },
                "near-reader-output");
        thread.setDaemon(true);
        thread.start();
        return lines;
    }

    private void awaitReady() throws InterruptedException {
        if (!NearReader.READY.equals(answers.poll(START.toNanos(), TimeUnit.NANOSECONDS))) {
            close();
            throw new IllegalStateException("a JVM was not ready within " + START.toSeconds() + " s");
        }
    }

    /** Whether it has a copy now, and reads it again and again from now on. */
    boolean bringNear(String key) throws IOException, InterruptedException {
        Writer input = process.outputWriter(StandardCharsets.UTF_8);
        input.write(key + "\n");
        input.flush();
        return NearReader.NEAR.equals(answer());
    }

    /** When it read something else, on the clock of {@link System#nanoTime}; empty if it did not within {@link #PATIENCE}. */
    OptionalLong awaitAnother() throws IOException, InterruptedException {
        String answer = answer();
        return answer == null ? OptionalLong.empty() : OptionalLong.of(Long.parseLong(answer));
    }

    private @Nullable String answer() throws IOException, InterruptedException {
        String answer = answers.poll(PATIENCE.toNanos(), TimeUnit.NANOSECONDS);
        if (answer == null) {
            close();
            process = process(uri);
            answers = answersOf(process);
            awaitReady();
        }
        return answer;
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
