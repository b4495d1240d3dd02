package io.cacheport.benchmarks.process;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Consumer;

/** The other end of a {@link ChildJvm}: obeys each line on the input, until there is none. */
@FunctionalInterface
interface Orders {

    String READY = "ready";

    /**
     * Does what a line says. What it throws ends the program.
     *
     * @param words of the line
     * @param answers takes the lines to answer with
     */
    void obey(List<String> words, Consumer<String> answers) throws Exception;

    /** Says that it is ready, and obeys. What libraries print goes where errors go, for it would be taken for an answer. */
    static void follow(Orders orders) throws Exception {
        PrintStream out = System.out;
        System.setOut(System.err);
        out.println(READY);
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                orders.obey(List.of(line.split(" ", -1)), out::println);
            }
        } catch (IOException e) {
            throw new IllegalStateException("the input cannot be read", e);
        }
        // a library's thread that is no daemon is not to keep a process alive that nobody listens to
        System.exit(0);
    }
}
