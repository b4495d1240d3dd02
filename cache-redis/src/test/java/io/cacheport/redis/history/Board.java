package io.cacheport.redis.history;

import java.nio.file.Path;
import java.util.List;

/** All that the JVMs of a history share. */
final class Board {

    private static final List<Count> COUNTS = List.of(Count.values());
    private static final List<Violation> VIOLATIONS = List.of(Violation.values());

    private static final int BEGUN = 0;
    private static final int OVER = 1;
    private static final int SUSPENSIONS = 2;
    private static final int TROUBLE = SUSPENSIONS + Source.SEATS;
    private static final int TALLY = TROUBLE + 1;
    private static final int SOURCE = TALLY + Source.SEATS * (COUNTS.size() + VIOLATIONS.size());
    private static final int LOADS = SOURCE + Source.SIZE;
    private static final int EVENTS = LOADS + Loads.SIZE;

    private final Longs longs;
    final Source source;
    final Loads loads;
    final Events events;

    private Board(Longs longs) {
        this.longs = longs;
        this.source = new Source(longs, SOURCE);
        this.loads = new Loads(longs, source, LOADS);
        this.events = new Events(longs, EVENTS);
    }

    static Board map(Path file) {
        return new Board(Longs.map(file, EVENTS + Events.SIZE));
    }

    /** Of an operation; false if there have been enough. */
    boolean begin() {
        longs.add(BEGUN, 1);
        return longs.get(OVER) == 0;
    }

    void end() {
        longs.set(OVER, 1);
    }

    long begun() {
        return longs.get(BEGUN);
    }

    /** Before a JVM is stopped, and after it goes on. */
    void suspend(int seat) {
        longs.add(SUSPENSIONS + seat, 1);
    }

    long suspensions(int seat) {
        return longs.get(SUSPENSIONS + seat);
    }

    /** A JVM was stopped or killed, or could not ask Redis: leases may live on of which nobody makes use. */
    void trouble() {
        longs.raise(TROUBLE, System.nanoTime());
    }

    long lastTrouble() {
        return longs.get(TROUBLE);
    }

    void count(int seat, Count what, long summand) {
        longs.add(place(seat) + COUNTS.indexOf(what), summand);
    }

    void longest(int seat, long nanos) {
        longs.raise(place(seat) + COUNTS.indexOf(Count.LONGEST_NANOS), nanos);
    }

    void count(int seat, Violation what) {
        longs.add(place(seat) + COUNTS.size() + VIOLATIONS.indexOf(what), 1);
    }

    /** Of all seats; the largest, of a duration. */
    long total(Count what) {
        long total = 0;
        for (int seat = 0; seat < Source.SEATS; seat++) {
            long one = longs.get(place(seat) + COUNTS.indexOf(what));
            total = what == Count.LONGEST_NANOS ? Math.max(total, one) : total + one;
        }
        return total;
    }

    long total(Violation what) {
        long total = 0;
        for (int seat = 0; seat < Source.SEATS; seat++) {
            total += longs.get(place(seat) + COUNTS.size() + VIOLATIONS.indexOf(what));
        }
        return total;
    }

    private static int place(int seat) {
        return TALLY + seat * (COUNTS.size() + VIOLATIONS.size());
    }
}
