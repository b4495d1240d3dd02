package io.cacheport.lock;

import java.time.Duration;

/**
 * How a lock is got and kept. Immutable; each method gives a changed copy.
 *
 * @param lease how long the store keeps the lock without a word from its holder, 10 ms to 1 day: so long it stays locked
 *     when the holder dies
 * @param waitAtMost how long to try, zero for once, at most 1 day
 * @param renewed whether the lease is renewed while the lock is held
 * @param holdAtMost from when on it is renewed no more, so that a lock nobody lets go ends all the same; at least the lease,
 *     at most 365 days
 * @param firstPause the pause after the first try, 1 ms or more; the next doubles it, and a random half to all of each is
 *     waited
 * @param longestPause the longest pause between two tries, at least the first, at most 1 minute
 * @since 0.1
 */
public record LockOptions(
        Duration lease,
        Duration waitAtMost,
        boolean renewed,
        Duration holdAtMost,
        Duration firstPause,
        Duration longestPause) {

    private static final Duration SHORTEST_LEASE = Duration.ofMillis(10);
    private static final Duration DAY = Duration.ofDays(1);
    private static final Duration YEAR = Duration.ofDays(365);
    private static final Duration HOUR = Duration.ofHours(1);
    private static final Duration SHORTEST_PAUSE = Duration.ofMillis(1);
    private static final Duration LONGEST_PAUSE = Duration.ofMinutes(1);

    /**
     * Checks each setting.
     *
     * @throws IllegalArgumentException if one breaks its rule, naming both
     */
    public LockOptions {
        requireWithin("lease", lease, SHORTEST_LEASE, DAY);
        requireWithin("waitAtMost", waitAtMost, Duration.ZERO, DAY);
        requireWithin("holdAtMost", holdAtMost, lease, YEAR);
        requireWithin("firstPause", firstPause, SHORTEST_PAUSE, LONGEST_PAUSE);
        requireWithin("longestPause", longestPause, firstPause, LONGEST_PAUSE);
    }

    /**
     * A lock with this lease, tried for once, renewed for an hour at most (or for the lease, where that is longer); who
     * waits pauses 10 ms and more between tries, up to 200 ms.
     */
    public static LockOptions lease(Duration lease) {
        requireWithin("lease", lease, SHORTEST_LEASE, DAY);
        Duration hold = lease.compareTo(HOUR) > 0 ? lease : HOUR;
        return new LockOptions(lease, Duration.ZERO, true, hold, Duration.ofMillis(10), Duration.ofMillis(200));
    }

    /** Tries for so long. */
    public LockOptions waitAtMost(Duration time) {
        return new LockOptions(lease, time, renewed, holdAtMost, firstPause, longestPause);
    }

    /** Held for the lease and no longer, unless extended. */
    public LockOptions withoutRenewal() {
        return new LockOptions(lease, waitAtMost, false, holdAtMost, firstPause, longestPause);
    }

    /** Renewed until so long after it was got, when it ends if it was not let go or extended. */
    public LockOptions holdAtMost(Duration time) {
        return new LockOptions(lease, waitAtMost, renewed, time, firstPause, longestPause);
    }

    /** The pauses between tries. */
    public LockOptions backoff(Duration first, Duration longest) {
        return new LockOptions(lease, waitAtMost, renewed, holdAtMost, first, longest);
    }

    static Duration requireLease(Duration lease) {
        requireWithin("lease", lease, SHORTEST_LEASE, DAY);
        return lease;
    }

    private static void requireWithin(String name, Duration value, Duration least, Duration most) {
        if (value == null || value.compareTo(least) < 0 || value.compareTo(most) > 0) {
            throw new IllegalArgumentException(name + " " + value + " is not from " + least + " to " + most);
        }
    }
}
