package io.cacheport.benchmarks.growth;

import java.util.ArrayList;
import java.util.List;

/**
 * From a value to a place in the picture.
 *
 * @param from the value at {@code start}
 * @param to the value at {@code end}
 */
record Axis(double from, double to, double start, double end, boolean logarithmic) {

    /** From nought, to the next round number. */
    static Axis linear(double greatest, double start, double end) {
        double step = step(greatest);
        return new Axis(0, Math.ceil(greatest / step) * step, start, end, false);
    }

    /** From one power of ten to another, and never only one. */
    static Axis logarithmic(double least, double greatest, double start, double end) {
        double from = Math.floor(Math.log10(least) + 1e-9);
        double to = Math.max(from + 1, Math.ceil(Math.log10(greatest) - 1e-9));
        return new Axis(Math.pow(10, from), Math.pow(10, to), start, end, true);
    }

    double place(double value) {
        double share = logarithmic ? Math.log10(value / from) / Math.log10(to / from) : (value - from) / (to - from);
        return start + share * (end - start);
    }

    /** Where a number stands on it. */
    List<Double> marks() {
        List<Double> marks = new ArrayList<>();
        if (logarithmic) {
            for (double mark = from; mark <= to * 1.001; mark *= 10) {
                marks.add(mark);
            }
            return marks;
        }
        double step = step(to);
        for (int i = 0; i * step <= to * 1.001; i++) {
            marks.add(i * step);
        }
        return marks;
    }

    /** 1, 2 or 5 with noughts, so that there are four to ten of them. */
    private static double step(double greatest) {
        double power = Math.pow(10, Math.floor(Math.log10(greatest)));
        double lead = greatest / power;
        return lead < 2 ? power / 5 : lead < 5 ? power / 2 : power;
    }
}
