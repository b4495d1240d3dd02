package io.cacheport.redis.guard;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Function;

/**
 * The invalidations that could not be made: keys, and patterns with the slots where they are still to be made. Each is
 * kept once, however often it is asked for. When there are too many, they become one pattern for everything.
 *
 * <p>A key is taken out only by the very entry that was replayed: one that failed again meanwhile is a new entry and
 * stays. Thread-safe; a cache whose journal is empty pays one volatile read.
 */
public final class InvalidationJournal {

    /** Patterns are matched against each key read, so there are fewer of them. */
    static final int MOST_PATTERNS = 1_000;

    private static final String EVERYTHING = "*";

    private final int mostKeys;
    private final Function<String, Matcher> matchers;
    private final ConcurrentMap<String, Long> keys = new ConcurrentHashMap<>();
    private final ConcurrentMap<String, KeptPattern> patterns = new ConcurrentHashMap<>();
    private final AtomicLong entries = new AtomicLong();
    private final LongAdder replayed = new LongAdder();
    private final LongAdder overflows = new LongAdder();
    private final LongAdder lost = new LongAdder();
    private volatile boolean empty = true;

    /** Tells whether a key matches. */
    public interface Matcher {
        boolean matches(String key);
    }

    /** A pattern and the slots where it is still to be made. Immutable. */
    public record KeptPattern(String glob, Matcher matcher, BitSet slots, long entry) {}

    /** A key still to be removed. */
    public record KeptKey(String key, long entry) {}

    /**
     * An empty one.
     *
     * @param mostKeys keys kept before they become one invalidation of everything
     * @param matchers makes the matcher of a glob
     */
    public InvalidationJournal(int mostKeys, Function<String, Matcher> matchers) {
        this.mostKeys = mostKeys;
        this.matchers = matchers;
    }

    /** Whether a read of the key must be a miss. */
    public boolean covers(String key, int slot) {
        if (empty) {
            return false;
        }
        if (keys.containsKey(key)) {
            return true;
        }
        for (KeptPattern pattern : patterns.values()) {
            if (pattern.slots.get(slot) && pattern.matcher.matches(key)) {
                return true;
            }
        }
        return false;
    }

    /** Nothing to replay. */
    public boolean isEmpty() {
        return empty;
    }

    /** Keeps a key; {@code false} if that was one too many. */
    public synchronized boolean add(String key, BitSet allSlots) {
        if (keys.size() >= mostKeys && !keys.containsKey(key)) {
            overflow(allSlots);
            return false;
        }
        keys.put(key, entries.incrementAndGet());
        empty = false;
        return true;
    }

    /** Keeps a pattern for the slots; {@code false} if that was one too many. */
    public synchronized boolean add(String glob, BitSet slots, BitSet allSlots) {
        if (patterns.size() >= MOST_PATTERNS && !patterns.containsKey(glob)) {
            overflow(allSlots);
            return false;
        }
        put(glob, slots);
        return true;
    }

    private void put(String glob, BitSet slots) {
        KeptPattern known = patterns.get(glob);
        BitSet all = (BitSet) slots.clone();
        if (known != null) {
            all.or(known.slots);
        }
        patterns.put(
                glob,
                new KeptPattern(
                        glob, known == null ? matchers.apply(glob) : known.matcher, all, entries.incrementAndGet()));
        empty = false;
    }

    /** Everything first, the single ones after, so that a reader at any moment finds one or the other. */
    private void overflow(BitSet allSlots) {
        put(EVERYTHING, allSlots);
        overflows.increment();
        patterns.keySet().removeIf(glob -> !glob.equals(EVERYTHING));
        keys.clear();
    }

    /** The keys to replay now. */
    public List<KeptKey> keys() {
        List<KeptKey> all = new ArrayList<>(keys.size());
        keys.forEach((key, entry) -> all.add(new KeptKey(key, entry)));
        return all;
    }

    /** The patterns to replay now. */
    public List<KeptPattern> patterns() {
        return List.copyOf(patterns.values());
    }

    /** The key was removed. */
    public synchronized void done(KeptKey key) {
        if (keys.remove(key.key, key.entry)) {
            replayed.increment();
        }
        empty = keys.isEmpty() && patterns.isEmpty();
    }

    /** The pattern was made in these slots. */
    public synchronized void done(KeptPattern pattern, BitSet slots) {
        KeptPattern now = patterns.get(pattern.glob);
        if (now == null || now.entry != pattern.entry) {
            return;
        }
        BitSet left = (BitSet) now.slots.clone();
        left.andNot(slots);
        if (left.isEmpty()) {
            patterns.remove(pattern.glob);
            replayed.increment();
        } else {
            patterns.put(pattern.glob, new KeptPattern(now.glob, now.matcher, left, now.entry));
        }
        empty = keys.isEmpty() && patterns.isEmpty();
    }

    /** Gives up what is left, for there is no later; tells how many that are. */
    public synchronized long giveUp() {
        long left = pending();
        lost.add(left);
        keys.clear();
        patterns.clear();
        empty = true;
        return left;
    }

    /** How many are kept. */
    public long pending() {
        return (long) keys.size() + patterns.size();
    }

    /** How many were kept and made later. */
    public long replayedCount() {
        return replayed.sum();
    }

    /** How often there were too many. */
    public long overflowCount() {
        return overflows.sum();
    }

    /** How many were given up. */
    public long lostCount() {
        return lost.sum();
    }

    @Override
    public String toString() {
        Map<String, Integer> sizes = Map.of("keys", keys.size(), "patterns", patterns.size());
        return "InvalidationJournal" + sizes;
    }
}
