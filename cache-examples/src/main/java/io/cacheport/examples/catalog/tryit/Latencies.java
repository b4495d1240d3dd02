package io.cacheport.examples.catalog.tryit;

import java.util.Arrays;

/** Every latency there was, so that percentiles are exact. For one thread. */
final class Latencies {

    private long[] nanos = new long[1 << 12];
    private int count;

    void add(long latencyNanos) {
        if (count == nanos.length) {
            nanos = Arrays.copyOf(nanos, count * 2);
        }
        nanos[count++] = latencyNanos;
    }

    void addAll(Latencies other) {
        int sum = count + other.count;
        if (sum > nanos.length) {
            nanos = Arrays.copyOf(nanos, sum * 2);
        }
        System.arraycopy(other.nanos, 0, nanos, count, other.count);
        count = sum;
    }

    int count() {
        return count;
    }

    /** The latency that this share of all, between 0 and 1, did not exceed; 0 if there were none. */
    double percentileMillis(double share) {
        if (count == 0) {
            return 0;
        }
        long[] sorted = Arrays.copyOf(nanos, count);
        Arrays.sort(sorted);
        int rank = (int) Math.ceil(share * count);
        return sorted[Math.max(rank, 1) - 1] / 1e6;
    }
}
