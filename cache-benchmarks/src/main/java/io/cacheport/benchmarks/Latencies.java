package io.cacheport.benchmarks;

/** A histogram of nanoseconds in steps of 3 percent, of a fixed size so that recording allocates nothing. */
final class Latencies {

    private static final int STEP_BITS = 5;
    private static final int STEPS = 1 << STEP_BITS;

    private final long[] counts = new long[(Long.SIZE - STEP_BITS) * STEPS];
    private long count;

    void record(long nanos) {
        counts[indexOf(nanos)]++;
        count++;
    }

    void add(Latencies other) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] += other.counts[i];
        }
        count += other.count;
    }

    long count() {
        return count;
    }

    /** The upper end of the step in which the share of all lies, in nanoseconds; 0 of none. */
    long quantile(double share) {
        long left = (long) Math.ceil(share * count);
        for (int i = 0; i < counts.length; i++) {
            left -= counts[i];
            if (left <= 0) {
                return count == 0 ? 0 : endOf(i);
            }
        }
        throw new IllegalArgumentException("no share of anything: " + share);
    }

    /** Single steps up to 32, then 32 steps to each doubling. */
    private static int indexOf(long nanos) {
        int doublings = Math.max(0, Long.SIZE - 1 - STEP_BITS - Long.numberOfLeadingZeros(Math.max(1, nanos)));
        return doublings * STEPS + (int) (nanos >>> doublings);
    }

    private static long endOf(int index) {
        if (index < 2 * STEPS) {
            return index;
        }
        int doublings = index / STEPS - 1;
        return (((long) (index - doublings * STEPS) + 1) << doublings) - 1;
    }
}
