package io.cacheport.redis.faults;

import static java.util.stream.Collectors.joining;

import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** One fault: what plain Lettuce made of it, what this library made of it, and the figures that were held to a bound. */
final class Row {

    /** What was measured, and what it had to be. */
    private record Figure(String measured, String bound) {}

    private final int number;
    private String fault = "";
    private final Set<String> naive = new LinkedHashSet<>();
    private final Set<String> ours = new LinkedHashSet<>();
    private final Set<Figure> figures = new LinkedHashSet<>();
    private int begun;
    private int passed;
    private int failed;
    private @Nullable String leftOut;

    Row(int number) {
        this.number = number;
    }

    /** For a figure, such as {@code 3.4 ms}. */
    static String ms(long nanos) {
        return String.format(Locale.ROOT, "%,.1f ms", nanos / 1e6);
    }

    int number() {
        return number;
    }

    synchronized Row fault(String name) {
        if (!fault.isEmpty() && !fault.equals(name)) {
            throw new IllegalStateException("row " + number + " is already \"" + fault + "\", not \"" + name + "\"");
        }
        fault = name;
        return this;
    }

    /** What plain Lettuce did under the same fault, in a few words; several are put one after the other. */
    synchronized Row naive(String outcome) {
        naive.add(outcome);
        return this;
    }

    /** What this library did, in a few words. */
    synchronized Row ours(String outcome) {
        ours.add(outcome);
        return this;
    }

    /** A number that was measured, and the bound the test holds it to; a row may have several. */
    synchronized Row figure(String measured, String bound) {
        figures.add(new Figure(measured, bound));
        return this;
    }

    synchronized void leftOut(String why) {
        leftOut = why;
    }

    synchronized void begun() {
        if (leftOut != null) {
            throw new IllegalStateException("row " + number + " has a test and is left out");
        }
        begun++;
    }

    synchronized void ended(boolean well) {
        passed += well ? 1 : 0;
        failed += well ? 0 : 1;
    }

    synchronized boolean isLeftOut() {
        return leftOut != null;
    }

    /** Every test of it that began has passed, and there was one. */
    synchronized boolean isGreen() {
        return passed > 0 && failed == 0 && passed >= begun;
    }

    synchronized String line() {
        if (leftOut != null) {
            return line("", "", leftOut, "", "left out");
        }
        return line(
                String.join("; ", naive),
                String.join("; ", ours),
                figures.stream().map(Figure::measured).collect(joining("<br>")),
                figures.stream().map(Figure::bound).collect(joining("<br>")),
                isGreen() ? "green" : "**red**");
    }

    private String line(String naively, String here, String measured, String bound, String result) {
        return "| "
                + String.join(
                        " | ",
                        String.valueOf(number),
                        cell(fault),
                        cell(naively),
                        cell(here),
                        cell(measured),
                        cell(bound),
                        result)
                + " |";
    }

    private static String cell(String text) {
        return text.replace("|", "\\|").replaceAll("\\s+", " ").strip();
    }
}
