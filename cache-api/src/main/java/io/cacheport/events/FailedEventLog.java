package io.cacheport.events;

import io.cacheport.spi.LogGate;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done about an event that was not handled if nobody says otherwise: a line, at most every ten seconds for each
 * handler of a type. It says what and where, and nothing of the event, which an exception's text may quote.
 */
final class FailedEventLog implements Consumer<FailedEvent> {

    private static final Logger logger = LoggerFactory.getLogger(Invalidations.class);

    private final LongSupplier nanoTime;

    /** One for each handler, of which there are as many as the program has. */
    private final Map<String, LogGate> gates = new ConcurrentHashMap<>();

    FailedEventLog(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
    }

    @Override
    public void accept(FailedEvent failure) {
        long failures = gates.computeIfAbsent(
                        failure.type() + " " + failure.handler(), handler -> new LogGate(nanoTime))
                .enter();
        if (failures == 0) {
            return;
        }
        StackTraceElement[] trace = failure.why().getStackTrace();
        logger.atWarn()
                .addKeyValue("type", failure.type())
                .addKeyValue("handler", failure.handler())
                .addKeyValue("failures", failures)
                .addKeyValue("exception", failure.why().getClass().getName())
                .addKeyValue("at", trace.length == 0 ? "unknown" : trace[0])
                .log("an event was not handled; what comes after it is");
    }
}
