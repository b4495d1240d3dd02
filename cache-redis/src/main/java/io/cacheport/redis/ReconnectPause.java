package io.cacheport.redis;

import io.lettuce.core.resource.Delay;
import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How long to wait before connecting again: growing to two seconds, and jittered, so that a restarted server is not met by
 * all clients at once. At least two seconds after a refused login: a server that answers is not about to come back, and
 * attempts may be what locks a user out. Not much more, so that a new password is in use within three.
 */
final class ReconnectPause extends Delay {

    private static final long AFTER_REFUSAL_MILLIS = 2_000;
    private static final long AFTER_REFUSAL_JITTER_MILLIS = 500;

    private final Delay growing =
            Delay.fullJitter(Duration.ofMillis(50), Duration.ofSeconds(2), 50, TimeUnit.MILLISECONDS);
    private final Refusals refusals;

    /** When a login was refused last, shared by all connections of a link. */
    static final class Refusals {

        private static final long RECENT_NANOS = TimeUnit.SECONDS.toNanos(5);

        private final AtomicLong last = new AtomicLong(System.nanoTime() - RECENT_NANOS);

        void add() {
            last.set(System.nanoTime());
        }

        boolean isRecent() {
            return System.nanoTime() - last.get() < RECENT_NANOS;
        }
    }

    ReconnectPause(Refusals refusals) {
        this.refusals = refusals;
    }

    @Override
    public Duration createDelay(long attempt) {
        return refusals.isRecent()
                ? Duration.ofMillis(
                        AFTER_REFUSAL_MILLIS + ThreadLocalRandom.current().nextLong(AFTER_REFUSAL_JITTER_MILLIS))
                : growing.createDelay(attempt);
    }
}
