package io.cacheport.benchmarks.growth;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.jspecify.annotations.Nullable;

/** Processor time of a hit, on one thread, over all picks in turn. For one thread, with the same reads each time. */
final class HitTimes {

    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int ROUNDS = 5;
    /** Of each in one round. */
    private static final int HITS = 500_000;
    /** Before the first is measured, so that the loop is compiled, and by the last compiler, for all whom it will meet. */
    private static final int WARM_UP_ROUNDS = 20;

    private static boolean isWarm;

    private HitTimes() {}

    /** Finds a key. */
    interface Read {
        @Nullable
        Object of(String key);
    }

    /**
     * Medians of rounds, in each of which all have a turn.
     *
     * @throws IllegalStateException if a read was no hit
     */
    static double[] nanosPerHit(String[] picks, Read... reads) {
        int repeat = Math.max(1, HITS / picks.length);
        for (int round = 0; round < (isWarm ? 1 : WARM_UP_ROUNDS); round++) {
            for (Read read : reads) {
                double unused = turn(picks, repeat, read);
            }
        }
        isWarm = true;
        double[][] times = new double[reads.length][ROUNDS];
        for (int round = 0; round < ROUNDS; round++) {
            for (int i = 0; i < reads.length; i++) {
                times[i][round] = turn(picks, repeat, reads[i]);
            }
        }
        double[] medians = new double[reads.length];
        for (int i = 0; i < reads.length; i++) {
            medians[i] = Figures.median(times[i]);
        }
        return medians;
    }

    private static double turn(String[] picks, int repeat, Read read) {
        int missed = 0;
        long start = THREADS.getCurrentThreadCpuTime();
        for (int i = 0; i < repeat; i++) {
            for (String key : picks) {
                missed += read.of(key) == null ? 1 : 0;
            }
        }
        long nanos = THREADS.getCurrentThreadCpuTime() - start;
        if (missed > 0) {
            throw new IllegalStateException(missed + " of " + picks.length + " reads were no hit");
        }
        return (double) nanos / picks.length / repeat;
    }
}
