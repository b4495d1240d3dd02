package io.cacheport.spi;

import io.cacheport.ErrorCause;
import java.util.EnumMap;
import java.util.Map;
import java.util.Objects;
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

    private final Logger log;
    private final Map<ErrorCause, LogGate> gates = new EnumMap<>(ErrorCause.class);

    /**
     * A log of its own silence.
     *
     * @param log where lines go
     * @param nanoTime a monotonic clock, such as {@code System::nanoTime}
     */
    public FailureLog(Logger log, LongSupplier nanoTime) {
        this.log = log;
        for (ErrorCause cause : ErrorCause.values()) {
            gates.put(cause, new LogGate(nanoTime));
        }
    }

    /** Notes a failure, and writes a line if the cause has been quiet for ten seconds. */
    public void failed(String operation, ErrorCause cause, @Nullable Throwable failure) {
        long failures = Objects.requireNonNull(gates.get(cause)).enter();
        if (failures == 0) {
            return;
        }
        log.atWarn()
                .addKeyValue("operation", operation)
                .addKeyValue("cause", cause.tag())
                .addKeyValue("failures", failures)
                .addKeyValue(
                        "exception",
                        failure == null ? "none" : failure.getClass().getName())
                .log("cache operation failed; the caller goes on without the cache");
    }
}
