package io.cacheport.examples.dashboard;

import io.cacheport.CacheServicePort;
import io.cacheport.guard.GuardedCache;
import io.cacheport.tiered.TieredCache;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;

/** The latest things worth a line on the page, newest first. Thread-safe. */
public final class Happenings {

    private static final int MOST = 12;

    private final Deque<Happening> latest = new ArrayDeque<>();

    /**
     * A line of the page.
     *
     * @param at milliseconds since the epoch
     */
    record Happening(long at, String what) {}

    /** None yet. */
    public Happenings() {}

    /** Something happened just now. */
    public synchronized void add(String what) {
        latest.addFirst(new Happening(System.currentTimeMillis(), what));
        while (latest.size() > MOST) {
            latest.removeLast();
        }
    }

    /** Adds a line whenever a circuit of this cache changes its state. */
    public void listen(CacheServicePort cache) {
        CacheServicePort store = TieredCache.storeOf(cache);
        if (store instanceof GuardedCache guarded) {
            guarded.guard()
                    .onTransition(transition -> add("Circuit breaker of " + transition.node() + ": "
                            + words(transition.from().tag()) + " → "
                            + words(transition.to().tag())));
        }
    }

    private static String words(String tag) {
        return tag.replace('_', ' ');
    }

    synchronized List<Happening> latest() {
        return List.copyOf(latest);
    }
}
