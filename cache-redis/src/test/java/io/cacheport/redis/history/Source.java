package io.cacheport.redis.history;

/**
 * The database: a version of each key, which only grows, and what is known of the removals of the key from the cache. In
 * memory that all JVMs share, so that what is newer and what is older does not depend on the Redis in question.
 */
final class Source {

    /** JVMs at a time; one that takes a killed one's place has its seat. */
    static final int SEATS = 3;

    static final int SIZE = 2 + View.KEYS * (3 + 2 * SEATS);

    private final Longs longs;
    private final int restarts;
    private final int versions;
    private final int floors;
    private final int filled;
    private final int begun;
    private final int ended;

    Source(Longs longs, int from) {
        this.longs = longs;
        this.restarts = from;
        this.versions = from + 2;
        this.floors = versions + View.KEYS;
        this.filled = floors + View.KEYS;
        this.begun = filled + View.KEYS;
        this.ended = begun + View.KEYS * SEATS;
    }

    long version(Key key) {
        return longs.get(versions + key.index());
    }

    /** An update; the new version. */
    long update(Key key) {
        return longs.add(versions + key.index(), 1) + 1;
    }

    /** No read that begins from now on may give an older version. */
    void acknowledged(Key key, long version) {
        longs.raise(floors + key.index(), version);
    }

    long floor(Key key) {
        return longs.get(floors + key.index());
    }

    /** Before a removal is sent. */
    void removing(int seat, Key key) {
        longs.add(begun + seat * View.KEYS + key.index(), 1);
    }

    /** Once it cannot happen any more. */
    void removed(int seat, Key key) {
        longs.add(ended + seat * View.KEYS + key.index(), 1);
    }

    /** What a JVM that was killed had begun: its connections are gone, so it will not happen any more. */
    void nothingOf(int seat) {
        for (Key key : Key.all()) {
            int index = seat * View.KEYS + key.index();
            longs.set(ended + index, longs.get(begun + index));
        }
    }

    /** Before Redis ends with all it holds. */
    void restarting() {
        longs.add(restarts, 1);
    }

    void restarted() {
        longs.add(restarts + 1, 1);
    }

    /**
     * How many removals of the key there were, by whatever way, if none is on its way at this moment, else -1. Two equal
     * answers, neither of them -1, say that nothing happened to the key in between but loads.
     */
    long settled(Key key) {
        long over = longs.get(restarts + 1);
        for (int seat = 0; seat < SEATS; seat++) {
            over += longs.get(ended + seat * View.KEYS + key.index());
        }
        long all = begun(key); // read after, so none began and ended unseen
        return all == over ? all : -1;
    }

    /** How many removals of the key began. */
    long begun(Key key) {
        long all = longs.get(restarts);
        for (int seat = 0; seat < SEATS; seat++) {
            all += longs.get(begun + seat * View.KEYS + key.index());
        }
        return all;
    }

    /** The cache took a value, and no removal began since that many. */
    void filled(Key key, long settled) {
        longs.raise(filled + key.index(), settled + 1);
    }

    /** Whether the cache has taken a value since the last of that many removals. */
    boolean isFilled(Key key, long settled) {
        return longs.get(filled + key.index()) == settled + 1;
    }
}
