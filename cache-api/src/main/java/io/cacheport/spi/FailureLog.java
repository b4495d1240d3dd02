package io.cacheport.spi;

import io.cacheport.ErrorCause;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;

/**
 * One WARN line at most every ten seconds per cause (P22), with the number of failures since the last one, so that a dead
 * store does not flood the log of the services it already hurts. The line names the operation, the cause and the class
 * of the exception; never a key, a value or the exception's own text, which may carry either. Thread-safe.
 *
 * @since 0.1
 */
public final class FailureLog {

    private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(10);

    private final Logger log;
    private final LongSupplier nanoTime;
    private final Map<ErrorCause, Line> lines = new EnumMap<>(ErrorCause.class);

    /** When a cause may speak again, and what it kept to itself. */
    private record Line(AtomicLong nextAt, AtomicLong unlogged) {}

    /**
     * A log of its own silence.
     *
     * @param log where lines go
     * @param nanoTime a monotonic clock, such as {@code System::nanoTime}
     */
    public FailureLog(Logger log, LongSupplier nanoTime) {
        this.log = log;
        this.nanoTime = nanoTime;
        long now = nanoTime.getAsLong();
        for (ErrorCause cause : ErrorCause.values()) {
            lines.put(cause, new Line(new AtomicLong(now), new AtomicLong()));
        }
    }

    /** Notes a failure, and writes a line if the cause has been quiet for ten seconds. */
    public void failed(String operation, ErrorCause cause, @Nullable Throwable failure) {
        Line line = Objects.requireNonNull(lines.get(cause));
        line.unlogged.incrementAndGet();
        long now = nanoTime.getAsLong();
        long due = line.nextAt.get();
        if (now - due < 0 || !line.nextAt.compareAndSet(due, now + QUIET_NANOS)) {
            return;
        }
        log.atWarn()
                .addKeyValue("operation", operation)
                .addKeyValue("cause", cause.tag())
                .addKeyValue("failures", line.unlogged.getAndSet(0))
                .addKeyValue(
                        "exception",
                        failure == null ? "none" : failure.getClass().getName())
                .log("cache operation failed; the caller goes on without the cache");
    }
}
