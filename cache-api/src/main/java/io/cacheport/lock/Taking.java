package io.cacheport.lock;

import io.cacheport.CacheException;
import io.cacheport.ErrorCause;
import io.cacheport.lock.LockAttempt.Acquired;
import io.cacheport.lock.NotAcquired.Busy;
import io.cacheport.lock.NotAcquired.Interrupted;
import io.cacheport.lock.NotAcquired.Unavailable;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HexFormat;
import java.util.concurrent.TimeUnit;

/** One attempt to get a lock: tries, and pauses between, with one token, so that a try whose answer was lost is found. */
final class Taking {

    private static final SecureRandom RANDOM = new SecureRandom();
    private static final int TOKEN_BYTES = 16;

    /** When a lease is over, those who wait for it come within so much. */
    private static final double SPREAD_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

    private final LockParts parts;
    private final String name;
    private final LockOptions options;
    private final String token = newToken();

    /** Whether the store may have the token. */
    private boolean mayBeInStore;

    Taking(LockParts parts, String name, LockOptions options) {
        this.parts = parts;
        this.name = name;
        this.options = options;
    }

    private static String newToken() {
        byte[] token = new byte[TOKEN_BYTES];
        RANDOM.nextBytes(token);
        return HexFormat.of().formatHex(token);
    }

    /** Until that time; once if it has passed. */
    LockAttempt until(long deadline) {
        long pause = options.firstPause().toNanos();
        while (true) {
            if (Thread.currentThread().isInterrupted()) {
                return ended(new Interrupted(name));
            }
            LockAttempt attempt = once();
            if (!(attempt instanceof NotAcquired why)) {
                return attempt;
            }
            long left = deadline - parts.time().nanoTime();
            if (left <= 0 || isForGood(why)) {
                return ended(why);
            }
            pause(Math.min(left, pauseAfter(why, pause)));
            pause = Math.min(2 * pause, options.longestPause().toNanos());
        }
    }

    private LockAttempt once() {
        long sentAt = parts.time().nanoTime();
        LockAnswer answer;
        try {
            answer = parts.store().take(name, token, options.lease());
        } catch (CacheException ill) {
            return unavailable(ill.errorCause());
        }
        if (answer instanceof LockAnswer.Granted granted) {
            if (parts.time().nanoTime() - sentAt < options.lease().toNanos()) {
                return new Acquired(
                        new HeldLock(name, granted.fencing(), Holding.begin(parts, name, token, options, sentAt)));
            }
            mayBeInStore = true;
            return unavailable(ErrorCause.TIMEOUT); // so late that the lease is over
        }
        if (answer instanceof LockAnswer.Unknown unknown) {
            mayBeInStore = true;
            return unavailable(unknown.cause());
        }
        return new Busy(name, ((LockAnswer.Taken) answer).remaining());
    }

    private NotAcquired unavailable(ErrorCause cause) {
        return cause == ErrorCause.INTERRUPTED ? new Interrupted(name) : new Unavailable(name, cause);
    }

    private static boolean isForGood(NotAcquired why) {
        return why instanceof Interrupted
                || (why instanceof Unavailable unavailable && unavailable.cause() == ErrorCause.CLOSED);
    }

    private NotAcquired ended(NotAcquired why) {
        if (mayBeInStore) {
            parts.leftovers().letGo(name, token, options.lease());
        }
        parts.counters().notAcquired(why);
        return why;
    }

    /** A random half to all of it, and no longer than the other's lease lasts, if that is known. */
    private long pauseAfter(NotAcquired why, long pause) {
        long some = pause / 2 + (long) (parts.time().random() * (pause / 2.0));
        Duration remaining = why instanceof Busy busy ? busy.remaining() : null;
        return remaining == null
                ? some
                : Math.min(some, remaining.toNanos() + (long) (parts.time().random() * SPREAD_NANOS));
    }

    private void pause(long nanos) {
        long end = parts.time().nanoTime() + nanos;
        for (long left = nanos; left > 0; left = end - parts.time().nanoTime()) {
            parts.time().pause(left);
            if (Thread.currentThread().isInterrupted()) {
                return;
            }
        }
    }
}
