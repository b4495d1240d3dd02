package io.cacheport.benchmarks.process;

import java.util.Locale;
import java.util.stream.LongStream;

/** Exact figures of one kind, not those of a histogram: the greatest is one of them. */
final class Times {

    private final long[] sorted;

    Times(LongStream figures) {
        this.sorted = figures.sorted().toArray();
    }

    int count() {
        return sorted.length;
    }

    boolean isEmpty() {
        return sorted.length == 0;
    }

    long median() {
        return quantile(0.5);
    }

    long worst() {
        return quantile(1);
    }

    /** The least that no less than that share of all are not above. */
    long quantile(double share) {
        return sorted[Math.max(0, (int) Math.ceil(share * sorted.length) - 1)];
    }

    /** Of nanoseconds, in milliseconds; a dash if there are none. */
    String millisAt(double share) {
        return isEmpty() ? "-" : millis(quantile(share));
    }

    /** Of nanoseconds, in microseconds; a dash if there are none. */
    String microsAt(double share) {
        return isEmpty() ? "-" : figure(quantile(share) / 1e3);
    }

    static String millis(long nanos) {
        return figure(nanos / 1e6);
    }

    /** In three digits, or as many as it has before the point. */
    static String figure(double value) {
        String format = value < 10 ? "%.2f" : value < 100 ? "%.1f" : "%,.0f";
        return String.format(Locale.ROOT, format, value);
    }

    static String ratio(long value, long reference) {
        return reference == 0 ? "-" : String.format(Locale.ROOT, "%.2f", (double) value / reference);
    }
}
