package io.cacheport.benchmarks;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * The candidates in turn, round after round (A B C A B C), so that what else the machine does hits all alike.
 *
 * @param rounds each has one turn of every candidate
 * @param turn how long a turn is measured
 * @param warmUp how long each candidate runs before the first round
 */
record Comparison(int rounds, Duration turn, Duration warmUp) {

    /** The rounds of each candidate, in the order of the candidates. */
    <R> List<List<R>> run(List<Candidate> candidates, Loop<R> loop, int threads) throws InterruptedException {
        List<List<R>> results = new ArrayList<>();
        for (Candidate candidate : candidates) {
            R unused = loop.run(candidate.read(), threads, warmUp);
            results.add(new ArrayList<>());
        }
        for (int round = 0; round < rounds; round++) {
            for (int i = 0; i < candidates.size(); i++) {
                results.get(i).add(loop.run(candidates.get(i).read(), threads, turn));
            }
        }
        return results;
    }
}
