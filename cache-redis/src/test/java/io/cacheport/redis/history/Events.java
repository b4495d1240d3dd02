package io.cacheport.redis.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** The last events of each key, of all JVMs, to be shown with a violation. One that is overwritten meanwhile is no loss. */
final class Events {

    private static final int KEPT = 128;
    private static final int SHOWN = 40;
    private static final int FIELDS = 5;
    private static final int KEY = 1 + KEPT * FIELDS;

    static final int SIZE = View.KEYS * KEY;

    /** More than there are. */
    private static final int THREADS = 1_000;

    /** What happened. */
    enum What {
        READ,
        REMOVE,
        REMOVE_KEPT,
        LOAD,
        LOAD_FAILED,
        LEASE,
        FILL,
        FILL_REFUSED;

        private static final List<What> ALL = List.of(values());
    }

    private record Event(long who, long what, long version, long begin, long end) {}

    private final Longs longs;
    private final int from;

    Events(Longs longs, int from) {
        this.longs = longs;
        this.from = from;
    }

    /** The event's number, for {@link #end}. */
    long begin(Key key, int thread, What what, long version) {
        long number = longs.add(from + key.index() * KEY, 1);
        int slot = slot(key, number);
        longs.set(slot + 1, packed(what, thread));
        longs.set(slot + 2, version);
        longs.set(slot + 3, System.nanoTime());
        longs.set(slot + 4, 0);
        longs.set(slot, number + 1);
        return number;
    }

    void end(Key key, long number, int thread, What what, long version) {
        int slot = slot(key, number);
        if (longs.get(slot) == number + 1) {
            longs.set(slot + 1, packed(what, thread));
            longs.set(slot + 2, version);
            longs.set(slot + 4, System.nanoTime());
        }
    }

    private static long packed(What what, int thread) {
        return (long) What.ALL.indexOf(what) * THREADS + thread;
    }

    private int slot(Key key, long number) {
        return from + key.index() * KEY + 1 + (int) (number % KEPT) * FIELDS;
    }

    /** The latest, in the order of their beginning, with times before now. */
    String excerpt(Key key) {
        long now = System.nanoTime();
        List<Event> events = new ArrayList<>();
        for (int i = 0; i < KEPT; i++) {
            int slot = slot(key, i);
            if (longs.get(slot) > 0) {
                long packed = longs.get(slot + 1);
                events.add(new Event(
                        packed % THREADS,
                        packed / THREADS,
                        longs.get(slot + 2),
                        longs.get(slot + 3) - now,
                        longs.get(slot + 4) == 0 ? 0 : longs.get(slot + 4) - now));
            }
        }
        events.sort(Comparator.comparingLong(Event::begin));
        StringBuilder text = new StringBuilder();
        for (Event event : events.subList(Math.max(0, events.size() - SHOWN), events.size())) {
            text.append(String.format(
                    Locale.ROOT,
                    "    %12.3f to %12s ms  JVM %d thread %2d  %-12s %d%n",
                    event.begin / 1e6,
                    event.end == 0 ? "?" : String.format(Locale.ROOT, "%.3f", event.end / 1e6),
                    event.who / Loads.THREADS,
                    event.who % Loads.THREADS,
                    What.ALL.get((int) event.what),
                    event.version));
        }
        return text.toString();
    }
}
