package io.cacheport.examples.catalog.tryit;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Picks among n things of which the first is the most popular, the k-th 1/k^skew times as much. Immutable. */
final class Zipf {

    private final double[] cumulative;

    Zipf(int n, double skew) {
        cumulative = new double[n];
        double sum = 0;
        for (int i = 0; i < n; i++) {
            sum += 1 / Math.pow(i + 1, skew);
            cumulative[i] = sum;
        }
    }

    /** From 0 to n - 1. */
    int pick(SplittableRandom random) {
        double at = random.nextDouble() * cumulative[cumulative.length - 1];
        int found = Arrays.binarySearch(cumulative, at);
        return found < 0 ? -found - 1 : found;
    }
}
