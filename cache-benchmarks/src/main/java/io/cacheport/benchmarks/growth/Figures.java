package io.cacheport.benchmarks.growth;

import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;

/** What the measurements share. */
final class Figures {

    private static final int MOST_PICKS = 1 << 19;

    private Figures() {}

    static double median(double... values) {
        return quantile(0.5, values);
    }

    static double quantile(double share, double... values) {
        double[] sorted = values.clone();
        Arrays.sort(sorted);
        return sorted[(int) Math.ceil(share * sorted.length) - 1];
    }

    static String[] keys(int count) {
        return IntStream.range(0, count).mapToObj(Figures::key).toArray(String[]::new);
    }

    static String key(int id) {
        return "catalog:t1:package:" + id;
    }

    /** Keys in an order that no cache of the processor foresees, and the same in every run. */
    static String[] picks(String[] keys) {
        Random random = new Random(keys.length);
        String[] picks = new String[Math.min(MOST_PICKS, 64 * keys.length)];
        Arrays.setAll(picks, i -> keys[random.nextInt(keys.length)]);
        return picks;
    }

    /** What the last collection has left, not what is used since: each thread takes megabytes at once to allocate from. */
    static long usedHeap() {
        System.gc();
        System.gc(); // what the first let go of, by references that are cleared
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(pool -> pool.getCollectionUsage().getUsed())
                .sum();
    }
}
