package io.cacheport.redis.faults;

import java.util.ArrayList;
import java.util.List;
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

    private final List<Sample> all = new ArrayList<>();

    synchronized void add(long at, long nanos, Kind kind, @Nullable Throwable failure) {
        String name = failure == null ? null : failure.getClass().getSimpleName();
        all.add(new Sample(at, nanos, kind, name));
    }

    synchronized List<Sample> all() {
        return List.copyOf(all);
    }
}
