package io.cacheport.simulation;

import io.cacheport.inmemory.InMemoryCacheAdapter;
import java.util.List;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/** Runs seeds, one after another. What it is asked and what it answers are the JDK's, for whoever loads it with a mutant. */
public final class Simulation {

    private static final int SHOWN = 250;

    private final Scheduler scheduler = new Scheduler();

    /** Keeps the thread of all in-memory caches from ending and beginning with each run. */
    private final InMemoryCacheAdapter keeper = InMemoryCacheAdapter.create(1);

    /** What went wrong with that seed, or null. */
    public @Nullable String violation(long seed) {
        return run(seed, false);
    }

    /** How it came to that; the same again, because everything is drawn from the seed. */
    public String account(long seed) {
        String violation = run(seed, true);
        List<String> trace = scheduler.trace();
        int hidden = Math.max(0, trace.size() - SHOWN);
        return "seed " + seed + ": " + (violation == null ? "nothing went wrong" : violation)
                + "\nrun it alone with -Dcacheport.simulation.seed=" + seed + "\n"
                + (hidden == 0 ? "" : "(" + hidden + " lines before)\n")
                + String.join("\n", trace.subList(hidden, trace.size()));
    }

    private @Nullable String run(long seed, boolean traced) {
        SplittableRandom random = new SplittableRandom(seed);
        World world = new World(scheduler, random, Plan.of(random, random.nextInt(4) == 0), traced);
        try {
            return scheduler.run();
        } finally {
            world.store.close();
        }
    }

    /** Nothing is run after it. */
    public void close() {
        scheduler.close();
        keeper.close();
    }
}
