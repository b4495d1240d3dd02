package io.cacheport.benchmarks.hit;

import io.cacheport.benchmarks.Jmh;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/**
 * What JMH measured in one fork.
 *
 * @param perSecond calls of all threads
 * @param p50Micros and p99: NaN if the calls were too short to be timed each
 * @param bytes allocated in a call, by whichever thread of the process
 */
record Measured(double perSecond, double p50Micros, double p99Micros, double bytes) {

    static Measured of(RunResult run) {
        Result<?> primary = run.getPrimaryResult();
        Result<?> allocated = run.getSecondaryResults().get(Jmh.BYTES);
        double bytes = allocated == null ? Double.NaN : allocated.getScore();
        if (run.getParams().getMode() == Mode.Throughput) {
            return new Measured(primary.getScore() * 1e6, Double.NaN, Double.NaN, bytes);
        }
        return new Measured(
                run.getParams().getThreads() * 1e6 / primary.getScore(),
                primary.getStatistics().getPercentile(50),
                primary.getStatistics().getPercentile(99),
                bytes);
    }
}
