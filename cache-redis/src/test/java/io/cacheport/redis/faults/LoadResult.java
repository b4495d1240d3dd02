package io.cacheport.redis.faults;

import io.cacheport.redis.faults.Samples.Kind;
import io.cacheport.redis.faults.Samples.Sample;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What the calls of a {@link Load} came to.
 *
 * @param calls in the order in which they were due
 * @param loads loader calls of the whole run
 * @param hung threads whose last call had not ended when the load was stopped
 */
record LoadResult(List<Sample> calls, long loads, long hung) {

    static LoadResult of(List<Samples> threads, long loads, long hung) {
        List<Sample> calls = threads.stream()
                .flatMap(thread -> thread.all().stream())
                .sorted(Comparator.comparingLong(Sample::at))
                .toList();
        return new LoadResult(calls, loads, hung);
    }

    /** Only the calls due at this moment of {@link Load#now} or later. */
    LoadResult from(long moment) {
        return between(moment, Long.MAX_VALUE);
    }

    /** Only the calls due between two moments; {@link #loads} and {@link #hung} stay those of the whole run. */
    LoadResult between(long from, long to) {
        return new LoadResult(
                calls.stream()
                        .filter(call -> from <= call.at() && call.at() < to)
                        .toList(),
                loads,
                hung);
    }

    long hits() {
        return count(Kind.HIT);
    }

    /** Values of other keys. */
    long wrong() {
        return count(Kind.WRONG);
    }

    private long count(Kind kind) {
        return calls.stream().filter(call -> call.kind() == kind).count();
    }

    /** How often each was thrown, by simple name. */
    Map<String, Integer> exceptions() {
        Map<String, Integer> counts = new TreeMap<>();
        for (Sample call : calls) {
            if (call.failure() != null) {
                counts.merge(call.failure(), 1, Integer::sum);
            }
        }
        return counts;
    }

    /** From that moment to the end of the first call after it that hit; empty if none did. */
    Optional<Duration> firstHitAfter(long moment) {
        return calls.stream()
                .filter(call -> call.at() >= moment && call.kind() == Kind.HIT)
                .map(call -> Duration.ofNanos(call.at() + call.nanos() - moment))
                .min(Comparator.naturalOrder());
    }

    /** The latency that so many percent of the calls did not exceed; 100 is the longest. */
    Duration percentile(double percent) {
        long[] sorted = calls.stream().mapToLong(Sample::nanos).sorted().toArray();
        int index = (int) Math.ceil(percent / 100 * sorted.length) - 1;
        return sorted.length == 0 ? Duration.ZERO : Duration.ofNanos(sorted[Math.max(0, index)]);
    }

    Duration max() {
        return percentile(100);
    }

    /** For a figure of the matrix, such as {@code "p50 0.2 ms, p99 1.0 ms, p99.9 4.1 ms, max 9.0 ms"}. */
    String latencies() {
        return String.format(
                Locale.ROOT,
                "p50 %.1f ms, p99 %.1f ms, p99.9 %.1f ms, max %.1f ms",
                millis(50),
                millis(99),
                millis(99.9),
                millis(100));
    }

    private double millis(double percent) {
        return percentile(percent).toNanos() / 1e6;
    }
}
