package io.cacheport.examples.dashboard;

import org.jspecify.annotations.Nullable;

/** What the page's buttons do to the world around the cache. Thread-safe. */
public interface Controls {

    /** Why the Redis cannot be killed from here; null if it can. */
    @Nullable
    String whyNotKillable();

    /** Whether its process is there; true if that is not for us to know. */
    boolean isRedisAlive();

    /** Ends the process of Redis as a crash would. */
    void killRedis();

    /** Starts it again, empty. */
    void restartRedis();

    /** Whether made-up visitors keep asking the service. */
    boolean hasVisitors();

    /** Lets them come, or sends them away. */
    void letVisitorsCome(boolean come);
}
