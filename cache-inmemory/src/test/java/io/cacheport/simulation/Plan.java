package io.cacheport.simulation;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;

/**
 * What a seed decides in advance. Chances are in a million of a step or command; most are zero in most seeds, so that each
 * fault is also seen without the others.
 *
 * @param calm nothing fails, so that more may be promised
 * @param ttlNanos of every value
 * @param timeoutNanos how long a caller waits for an answer that does not come
 * @param staysPercent how often a thread goes on that could be made to wait
 * @param timeLeaps to the end of the next wait, though others could run
 */
record Plan(
        boolean calm,
        int nodes,
        int clientsPerNode,
        int foreigners,
        int keys,
        int callsPerClient,
        long ttlNanos,
        long timeoutNanos,
        int staysPercent,
        int timeLeaps,
        int dropped,
        int answerLost,
        int executedLate,
        int refused,
        int answeredSlowly,
        int standsStill,
        int killed,
        int storeRestarts,
        int evicted,
        int overwritten,
        int interrupted,
        int loadFails,
        int loadIsSlow,
        int nested,
        int invalidates,
        int tooManyInBackground) {

    static Plan of(SplittableRandom random, boolean calm) {
        return new Plan(
                calm,
                1 + random.nextInt(3),
                1 + random.nextInt(3),
                random.nextInt(2),
                1 + random.nextInt(3),
                2 + random.nextInt(4),
                TimeUnit.MILLISECONDS.toNanos(random.nextBoolean() ? 10_000 : random.nextBoolean() ? 200 : 20),
                TimeUnit.MILLISECONDS.toNanos(random.nextBoolean() ? 250 : 5),
                random.nextInt(80),
                calm ? 0 : rarely(random, 20_000),
                calm ? 0 : rarely(random, 200_000),
                calm ? 0 : rarely(random, 200_000),
                calm ? 0 : rarely(random, 200_000),
                calm ? 0 : rarely(random, 100_000),
                rarely(random, 400_000),
                calm ? 0 : rarely(random, 10_000),
                calm ? 0 : rarely(random, 5_000),
                calm ? 0 : rarely(random, 10_000),
                calm ? 0 : rarely(random, 20_000),
                calm ? 0 : rarely(random, 20_000),
                calm ? 0 : rarely(random, 20_000),
                rarely(random, 300_000),
                rarely(random, 300_000),
                calm ? 0 : rarely(random, 900_000),
                100_000 + random.nextInt(400_000),
                calm ? 0 : rarely(random, 200_000));
    }

    private static int rarely(SplittableRandom random, int most) {
        return random.nextInt(3) == 0 ? random.nextInt(most) : 0;
    }
}
