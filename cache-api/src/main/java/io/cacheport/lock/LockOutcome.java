package io.cacheport.lock;

import java.util.Locale;

/**
 * How an attempt to get a lock ended: what a {@link LockAttempt} says, as a metric tag.
 *
 * @since 0.1
 */
public enum LockOutcome {
    /** It was got. */
    ACQUIRED,
    /** Somebody else had it until the wait limit. */
    BUSY,
    /** The store could not be asked. */
    UNAVAILABLE,
    /** The waiting was interrupted. */
    INTERRUPTED;

    static LockOutcome of(LockAttempt attempt) {
        if (attempt instanceof NotAcquired.Busy) {
            return BUSY;
        }
        if (attempt instanceof NotAcquired.Unavailable) {
            return UNAVAILABLE;
        }
        return attempt instanceof NotAcquired.Interrupted ? INTERRUPTED : ACQUIRED;
    }

    /** The name as a metric tag: lower case. */
    public String tag() {
        return name().toLowerCase(Locale.ROOT);
    }
}
