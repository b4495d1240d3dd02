package io.cacheport.events;

import io.cacheport.CacheServicePort;
import io.cacheport.lease.Stamp;
import io.cacheport.spi.LogGate;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rules that say what an event makes old, and the channel that takes events to all processes.
 *
 * <pre>{@code
 * Invalidations rules = Invalidations.over(cache, "tickets")
 *         .on(EventChanged.class, "event", e -> Invalidation
 *                 .keys("event:" + e.id(), "analytics:" + e.id())
 *                 .andPatterns("event:list:*"))
 *         .on(TicketChanged.class, "ticket", t -> Invalidation
 *                 .keys("ticket:" + t.id(), "event:" + t.eventId())
 *                 .andPatterns("ticket:user:" + t.userId() + ":*", "ticket:event:" + t.eventId() + ":*"))
 *         .on(UserChanged.class, "user", u -> Invalidation
 *                 .keys("user:" + u.id())
 *                 .andPatterns("ticket:user:" + u.id() + ":*", "payment:user:" + u.id() + ":*"))
 *         .subscribe(UserChanged.class, "user", u -> sessions.refresh(u.id()))
 *         .start();
 *
 * database.update(event);
 * rules.publish(new EventChanged(7));   // after the commit: before it, a load could store the old row again
 * rules.close();
 * }</pre>
 *
 * <p>Where processes have caches of their own over the shared one, they name them:
 *
 * <pre>{@code
 * Invalidations.over(redis, "pantry")
 *         .ownCache(local)
 *         .on(ItemUpdated.class, "item:updated", i -> Invalidation.keys("item:" + i.id()).andPatterns("menu:*"))
 *         .on(CategoryUpdated.class, "category:updated", c -> Invalidation.tags("category:" + c.id()))
 *         .start();
 * }</pre>
 *
 * <p>All processes that use the channel's name on the same store and key prefix hear of each other, by the rules E1 to E11 in
 * {@link io.cacheport.events}. The shared cache is rid of what an event makes old once, by the publisher; only where that
 * cannot be told, by those who hear of it too. Thread-safe.
 *
 * @since 0.1
 */
public final class Invalidations implements AutoCloseable {

    private static final Logger logger = LoggerFactory.getLogger(Invalidations.class);

    private final LogGate unexpectedFailures = new LogGate(System::nanoTime);
    private static final long CLOSE_MILLIS = 2_000;
    private static final long LAST_MILLIS = 500;

    private final String channel;
    private final EventLog log;
    private final String publisher = Stamp.next().toString();
    private final Map<Class<?>, EventType<?>> byClass = new HashMap<>();
    private final Targets targets;
    private final Outbox outbox;
    private final Delivery delivery;
    private final CountDownLatch closing = new CountDownLatch(1);
    private final Thread thread;

    Invalidations(InvalidationsBuilder settings) {
        this.channel = settings.channel;
        this.log = settings.log;
        Map<String, EventType<?>> byName = new HashMap<>();
        settings.types.forEach((eventClass, type) -> {
            EventType<?> fixed = type.copy();
            byClass.put(eventClass, fixed);
            byName.put(fixed.name(), fixed);
        });
        this.targets = new Targets(settings.cache, settings.ownCaches);
        this.outbox = new Outbox(log, channel, settings.keep, settings.pendingLimit);
        this.delivery = new Delivery(settings, publisher, byName, targets, this::pause);
        delivery.begin();
        this.thread = new Thread(this::run, "cacheport-events-" + channel);
        thread.setDaemon(true);
        thread.start();
    }

    /**
     * Begins the rules of a channel.
     *
     * @param cache that all processes share, whose store keeps the channel's log
     * @param channel 1 to 64 letters, digits, dots, underscores or hyphens
     * @throws IllegalArgumentException if the channel breaks its rule, or the store keeps no events
     */
    public static InvalidationsBuilder over(CacheServicePort cache, String channel) {
        return new InvalidationsBuilder(cache, channel);
    }

    /**
     * Says that it happened: removes here what the rules name, and lets all other processes know. Call it when the change is
     * committed. One round trip beside the removals; an ill cache is no exception (E6).
     *
     * @throws IllegalArgumentException if there is neither rule nor handler for exactly this class
     * @throws io.cacheport.ValueEncodingException if the event has no encoding; it was applied here, and nobody else hears of it
     * @throws io.cacheport.CacheDataException if it is above the size limit; the same
     * @throws IllegalStateException if closed
     */
    public Published publish(Object event) {
        if (event == null) {
            throw new IllegalArgumentException("event is null");
        }
        EventType<?> type = byClass.get(event.getClass());
        if (type == null) {
            throw new IllegalArgumentException("channel \"" + channel + "\" has neither rule nor handler for "
                    + event.getClass().getName());
        }
        if (isClosed()) {
            throw new IllegalStateException("channel \"" + channel + "\" is closed");
        }
        return publish(type, event);
    }

    private <E> Published publish(EventType<E> type, Object given) {
        E event = type.eventClass().cast(given);
        boolean applied = targets.applyAll(type, event);
        return outbox.put(new EventEntry(type.name(), publisher, applied, log.encode(channel, event)));
    }

    private void run() {
        long pause = 0;
        while (pause(pause)) {
            boolean unused = Thread.interrupted(); // left by a handler; it would make every round trip fail
            try {
                boolean more = outbox.drain();
                pause = delivery.round();
                pause = more ? 0 : pause;
            } catch (RuntimeException | Error unexpected) {
                pause = TimeUnit.SECONDS.toNanos(1);
                unexpected(unexpected);
            }
        }
        while (outbox.drain()) {
            // the rest
        }
    }

    private void unexpected(Throwable failure) {
        long failures = unexpectedFailures.enter();
        if (failures > 0) {
            logger.atError()
                    .addKeyValue("channel", channel)
                    .addKeyValue("failures", failures)
                    .setCause(failure)
                    .log("a look at the events failed; the next goes on");
        }
    }

    /** False as soon as it is to end. */
    private boolean pause(long nanos) {
        try {
            return nanos <= 0 ? !isClosed() : !closing.await(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException early) {
            return !isClosed();
        }
    }

    private boolean isClosed() {
        return closing.getCount() == 0;
    }

    /** What happened here. No I/O. */
    public InvalidationStats stats() {
        return new InvalidationStats(
                outbox.applied(),
                outbox.kept(),
                outbox.refused(),
                outbox.pending(),
                delivery.delivered(),
                delivery.failed(),
                delivery.unknown(),
                delivery.gaps());
    }

    /**
     * Ends the thread, after the handler that it is in, which is interrupted after two seconds. Events that wait are stored if
     * they can be, and said to be lost if not. Closes no cache. May be called twice.
     */
    @Override
    public void close() {
        if (isClosed()) {
            return;
        }
        closing.countDown();
        if (Thread.currentThread() != thread) {
            awaitEnd();
        }
        int lost = outbox.pending();
        if (lost > 0) {
            logger.atWarn()
                    .addKeyValue("channel", channel)
                    .addKeyValue("lost", lost)
                    .log("closed with events that could not be stored; other processes do not hear of them");
        }
    }

    private void awaitEnd() {
        try {
            thread.join(CLOSE_MILLIS);
            if (thread.isAlive()) {
                thread.interrupt();
                thread.join(LAST_MILLIS);
            }
        } catch (InterruptedException interrupted) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public String toString() {
        return "Invalidations[" + channel + ", " + byClass.size() + " event types]";
    }
}
