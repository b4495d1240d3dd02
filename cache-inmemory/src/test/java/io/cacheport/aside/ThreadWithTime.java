package io.cacheport.aside;

import io.cacheport.CacheServicePort;

/** A thread that brings its own time: the way from a test into the engine's package. */
public abstract class ThreadWithTime extends Thread implements Time {

    protected ThreadWithTime(String name) {
        super(name);
    }

    /** Whether the engine still has a flight of that cache in its table. */
    public static boolean hasFlights(CacheServicePort cache) {
        return Flights.RUNNING.keySet().stream().anyMatch(id -> id.cache() == cache);
    }

    /** Whether it still has a refresh in its table. */
    public static boolean hasRefreshes(CacheServicePort cache) {
        return Refreshes.RUNNING.stream().anyMatch(id -> id.cache() == cache);
    }
}
