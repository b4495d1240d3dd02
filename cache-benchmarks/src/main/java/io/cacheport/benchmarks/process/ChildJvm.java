package io.cacheport.benchmarks.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Another JVM with the same classes, whose program does what it is told by {@link Orders}. For one thread at a time. */
final class ChildJvm implements AutoCloseable {

    private static final Duration START = Duration.ofSeconds(60);
    private static final String END = "the end of its output";

    private final Process process;
    private final BlockingQueue<String> answers = new LinkedBlockingQueue<>();

    private ChildJvm(Process process) {
        this.process = process;
        BufferedReader output = process.inputReader(StandardCharsets.UTF_8);
        Thread thread = new Thread(() -> collect(output), "answers-of-" + process.pid());
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Starts it and does not wait for it, so that several can start at once.
     *
     * @param java the command
     * @param options for the JVM
     */
    static ChildJvm start(Path java, List<String> options, Class<?> program, String... arguments) throws IOException {
        List<String> command = new ArrayList<>(List.of(java.toString()));
        command.addAll(options);
        command.addAll(List.of("-cp", System.getProperty("java.class.path"), program.getName()));
        command.addAll(List.of(arguments));
        return new ChildJvm(new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start());
    }

    /** The command by which this JVM was started. */
    static Path thisJava() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }

    void awaitReady() throws InterruptedException {
        String answer = answer(START);
        if (!Orders.READY.equals(answer)) {
            close();
            throw new IllegalStateException("a JVM was not ready within " + START.toSeconds() + " s: " + answer);
        }
    }

    void tell(String order) throws IOException {
        Writer input = process.outputWriter(StandardCharsets.UTF_8);
        input.write(order + "\n");
        input.flush();
    }

    /** Its next line; null if there is none so long. */
    @Nullable
    String answer(Duration patience) throws InterruptedException {
        String answer = answers.poll(patience.toNanos(), TimeUnit.NANOSECONDS);
        if (END.equals(answer)) {
            throw new IllegalStateException("a JVM has ended with " + process.waitFor() + ", its output says why");
        }
        return answer;
    }

    /** Its next line, or an error if there is none so long. */
    String answerWithin(Duration patience) throws InterruptedException {
        String answer = answer(patience);
        if (answer == null) {
            throw new IllegalStateException("a JVM has not answered within " + patience.toSeconds() + " s");
        }
        return answer;
    }

    String ask(String order, Duration patience) throws IOException, InterruptedException {
        tell(order);
        return answerWithin(patience);
    }

    /** From a thread of its own, so that lines can be waited for with a limit. */
    private void collect(BufferedReader output) {
        try (output) {
            for (String line = output.readLine(); line != null; line = output.readLine()) {
                answers.add(line);
            }
        } catch (IOException killed) {
            // there will be no answer, which END says as well
        }
        answers.add(END);
    }

    @Override
    public void close() {
        process.destroyForcibly();
    }
}
