package io.cacheport.redis.faults;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The calls of one thread of a {@link Load}. */
final class Samples {

    /** How a call ended. */
    enum Kind {
        /** With a value that was loaded before the call began. */
        HIT,
        /** With a value that was loaded meanwhile. */
        LOADED,
        /** With another key's value. */
        WRONG,
        /** With an exception, or with null. */
        FAILED
    }

    /** A call, in nanoseconds since the load began. */
    record Sample(long at, long nanos, Kind kind, @Nullable String failure) {}

    private static final int FIRST = 1 << 14;

    // numbers, not objects: a minute of calls must not look like a leak of the cache
    private long[] at = new long[FIRST];
    private long[] nanos = new long[FIRST];
    private Kind[] kinds = new Kind[FIRST];
    private int count;
    private final Map<Integer, String> failures = new HashMap<>();

    synchronized void add(long due, long took, Kind kind, @Nullable Throwable failure) {
        if (count == at.length) {
            at = Arrays.copyOf(at, 2 * count);
            nanos = Arrays.copyOf(nanos, 2 * count);
            kinds = Arrays.copyOf(kinds, 2 * count);
        }
        at[count] = due;
        nanos[count] = took;
        kinds[count] = kind;
        if (failure != null) {
            failures.put(count, failure.getClass().getSimpleName());
        }
        count++;
    }

    synchronized List<Sample> all() {
        return IntStream.range(0, count)
                .mapToObj(i -> new Sample(at[i], nanos[i], kinds[i], failures.get(i)))
                .toList();
    }
}
