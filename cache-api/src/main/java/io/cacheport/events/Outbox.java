package io.cacheport.events;

import io.cacheport.CacheException;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.LongAdder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Appends events, and keeps those that cannot be appended now, oldest first. */
final class Outbox {

    private static final Logger logger = LoggerFactory.getLogger(Invalidations.class);

    /** Between which what came is delivered. */
    private static final int AT_ONCE = 256;

    private final EventLog log;
    private final String channel;
    private final int keep;
    private final BlockingQueue<EventEntry> waiting;
    private final AtomicBoolean keeping = new AtomicBoolean();
    private final AtomicBoolean refusing = new AtomicBoolean();
    private final LongAdder applied = new LongAdder();
    private final LongAdder kept = new LongAdder();
    private final LongAdder refused = new LongAdder();

    Outbox(EventLog log, String channel, int keep, int limit) {
        this.log = log;
        this.channel = channel;
        this.keep = keep;
        this.waiting = new LinkedBlockingQueue<>(limit);
    }

    /** Behind those that wait, so that what one thread publishes stays in order. */
    Published put(EventEntry entry) {
        if (waiting.isEmpty() && isAppended(entry)) {
            applied.increment();
            return Published.APPLIED;
        }
        if (waiting.offer(entry)) {
            kept.increment();
            if (keeping.compareAndSet(false, true)) {
                logger.atWarn()
                        .addKeyValue("channel", channel)
                        .log("events cannot be stored; they wait in this process, and are lost to others if it dies");
            }
            return Published.PENDING;
        }
        refused.increment();
        if (refusing.compareAndSet(false, true)) {
            logger.atWarn()
                    .addKeyValue("channel", channel)
                    .addKeyValue("waiting", waiting.size())
                    .log("too many events wait; the newest are refused, and other processes will not hear of them");
        }
        return Published.REFUSED;
    }

    /**
     * Appends some of what waits, as far as it goes; by one thread. Each stays until it is there, so it may be there twice.
     * True if there is more to append now.
     */
    boolean drain() {
        EventEntry oldest = waiting.peek();
        for (int i = 0; oldest != null; i++) {
            if (i == AT_ONCE) {
                return true;
            }
            if (!isAppended(oldest)) {
                return false;
            }
            waiting.remove();
            oldest = waiting.peek();
        }
        if (keeping.compareAndSet(true, false)) {
            refusing.set(false);
            logger.atInfo()
                    .addKeyValue("channel", channel)
                    .addKeyValue("refused", refused.sum())
                    .log("events are stored again; those that waited are");
        }
        return false;
    }

    private boolean isAppended(EventEntry entry) {
        try {
            log.append(channel, entry, keep);
            return true;
        } catch (CacheException counted) {
            return false;
        }
    }

    int pending() {
        return waiting.size();
    }

    long applied() {
        return applied.sum();
    }

    long kept() {
        return kept.sum();
    }

    long refused() {
        return refused.sum();
    }
}
