package io.cacheport.spi;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * Lets through one log line at most every ten seconds, and knows how many it kept back, so that what goes wrong with every
 * call does not flood the log. Thread-safe.
 *
 * @since 0.1
 */
public final class LogGate {

    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final LongSupplier nanoTime;
    private final AtomicLong nextAt;
    private final AtomicLong unlogged = new AtomicLong();

    /**
     * Open.
     *
     * @param nanoTime a monotonic clock, such as {@code System::nanoTime}
     */
    public LogGate(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        this.nextAt = new AtomicLong(nanoTime.getAsLong());
    }

    /**
     * Notes that there is something to log.
     *
     * @return how often there was since the last line, this time included, if a line is to be written now; 0 if not
     */
    public long enter() {
        unlogged.incrementAndGet();
        long now = nanoTime.getAsLong();
        long due = nextAt.get();
        if (now - due < 0 || !nextAt.compareAndSet(due, now + QUIET_NANOS)) {
            return 0;
        }
        return unlogged.getAndSet(0);
    }
}
