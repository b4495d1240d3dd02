package io.cacheport.tiered;

import java.time.Duration;

/**
 * Up to when everything that a store said about a part of its keys has been heard: the moment at which the last question was
 * sent that has been answered on the connection over which the store tells of changes. That connection keeps the order, so
 * whatever was said before the answer has arrived before it. A copy made under a proof may be served while {@link #holdsAt} says so.
 *
 * <p>One for each time that a connection was made: a new one proves nothing of what was copied under the last. Thread-safe.
 *
 * @since 0.1
 */
public final class Proof {

    /** Far enough that no difference to a time reaches it, and near enough that none overflows. */
    private static final long NEVER = 1L << 61;

    private final long boundNanos;
    private volatile long validUntil;
    private boolean lost;

    /** Proven at that time, on the monotonic clock of whoever asks. */
    public Proof(Duration bound, long at) {
        this.boundNanos = bound.toNanos();
        this.validUntil = at + boundNanos;
    }

    /** Whether the time up to which all was heard is no longer ago than the bound. */
    public boolean holdsAt(long now) {
        return validUntil - now >= 0;
    }

    /** Everything said before then has been heard. A proof that was lost stays so. */
    public synchronized void provenAt(long time) {
        if (!lost && time + boundNanos - validUntil > 0) {
            validUntil = time + boundNanos;
        }
    }

    /**
     * Nothing will be heard any more.
     *
     * @param servesOn whether what was proven may be served until the bound has passed
     */
    public synchronized void lose(boolean servesOn) {
        lost = true;
        if (!servesOn) {
            validUntil -= NEVER;
        }
    }

    /** How long ago the time is up to which all was heard; negative for what never was, of no use once lost. */
    public long ageAt(long now) {
        return now - (validUntil - boundNanos);
    }
}
