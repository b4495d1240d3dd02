package io.cacheport.events;

import io.cacheport.CacheException;
import io.cacheport.CacheTimeoutException;
import io.cacheport.events.EventPage.Positioned;
import io.cacheport.spi.UnreadableValueException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Reads the log and does what the events ask for, on one thread. */
final class Delivery {

    static final int RETRIES = 3;
    static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    private static final Logger logger = LoggerFactory.getLogger(Invalidations.class);
    private static final int PAGE = 64;
    private static final int MOST_NAMES = 100;
    private static final long LONGEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final EventLog log;
    private final String channel;
    private final String publisher;
    private final Map<String, EventType<?>> types;
    private final Targets targets;
    private final Pauses pauses;
    private final long everyNanos;
    private final Runnable onGap;
    private final Consumer<FailedEvent> onFailure;
    private final FailedEventLog failureLog = new FailedEventLog(System::nanoTime);
    private final Set<String> unknownNames = new HashSet<>();
    private final LongAdder delivered = new LongAdder();
    private final LongAdder failed = new LongAdder();
    private final LongAdder unknown = new LongAdder();
    private final LongAdder gaps = new LongAdder();

    /** Null until the store has said. */
    private @Nullable String position;

    private int page = PAGE;
    private int failures;

    Delivery(
            InvalidationsBuilder settings,
            String publisher,
            Map<String, EventType<?>> types,
            Targets targets,
            Pauses pauses) {
        this.log = settings.log;
        this.channel = settings.channel;
        this.publisher = publisher;
        this.types = types;
        this.targets = targets;
        this.pauses = pauses;
        this.everyNanos = settings.every.toNanos();
        this.onGap = settings.onGap;
        this.onFailure = settings.onFailure;
    }

    /** A part of an event's delivery, which may fail by itself. */
    private interface Step {
        void run() throws Exception;
    }

    private record NamedStep(String name, Step step) {}

    /** Where everything begins; if the store does not say, later and with a gap. */
    void begin() {
        try {
            position = log.end(channel);
        } catch (CacheException counted) {
            position = null;
        }
    }

    /** One look; how long to wait for the next. */
    long round() {
        try {
            boolean more = lookedFurther();
            failures = 0;
            return more ? 0 : everyNanos;
        } catch (CacheException counted) {
            page = counted instanceof CacheTimeoutException ? Math.max(1, page / 2) : page; // large events, perhaps
            long pause = everyNanos << Math.min(failures++, 10);
            return Math.max(everyNanos, Math.min(pause, LONGEST_PAUSE_NANOS));
        }
    }

    private boolean lookedFurther() {
        String from = position;
        if (from == null) {
            String begin = log.end(channel);
            gap();
            position = begin;
            return true;
        }
        int atMost = page;
        EventPage read = log.read(channel, from, atMost);
        page = Math.min(PAGE, page * 2);
        if (read.gap()) {
            gap();
        }
        for (Positioned one : read.events()) {
            if (!pauses.pause(0)) {
                return false;
            }
            deliver(one.entry());
            position = one.position(); // not before
        }
        position = read.position();
        return read.events().size() >= atMost;
    }

    private void gap() {
        gaps.increment();
        logger.atWarn()
                .addKeyValue("channel", channel)
                .log("events may have been missed: they left the log before they were read, or the store lost them; "
                        + "this process' own caches are cleared");
        run("gap", null, List.of(new NamedStep("clearing", targets::clearOwn), new NamedStep("onGap", onGap::run)));
    }

    private void deliver(EventEntry entry) {
        EventType<?> type = types.get(entry.type());
        if (type == null) {
            unknown(entry.type());
        } else {
            deliver(type, entry);
            delivered.increment();
        }
    }

    private void unknown(String name) {
        unknown.increment();
        if (unknownNames.size() < MOST_NAMES && unknownNames.add(name)) {
            logger.atWarn()
                    .addKeyValue("channel", channel)
                    .addKeyValue("type", shown(name))
                    .log("events of a type that this process has no rule for are skipped");
        }
    }

    /** Others may have written anything there. */
    private static String shown(String name) {
        return name.substring(0, Math.min(64, name.length())).replaceAll("[^A-Za-z0-9._:-]", "?");
    }

    private <E> void deliver(EventType<E> type, EventEntry entry) {
        E event;
        try {
            event = log.decode(channel, entry.content(), type.type());
        } catch (UnreadableValueException unreadable) {
            handOver(new FailedEvent(type.name(), null, "decoding", unreadable));
            return;
        }
        run(type.name(), event, steps(type, entry, event));
    }

    /** What the publisher has removed is gone from the store and from its own caches; from ours it is not. */
    private <E> List<NamedStep> steps(EventType<E> type, EventEntry entry, E event) {
        List<NamedStep> steps = new ArrayList<>();
        boolean mine = entry.publisher().equals(publisher);
        if (!entry.applied() || (!mine && targets.hasOwn())) {
            int number = 1;
            for (Function<? super E, Invalidation> rule : type.rules()) {
                steps.add(new NamedStep("rule " + number++, () -> targets.apply(rule, event, entry.applied())));
            }
        }
        int number = 1;
        for (EventHandler<? super E> handler : type.handlers()) {
            steps.add(new NamedStep("handler " + number++, () -> handler.handle(event)));
        }
        return steps;
    }

    /** Each once, and then again those that threw. */
    private void run(String type, @Nullable Object event, List<NamedStep> steps) {
        List<NamedStep> open = new ArrayList<>(steps);
        for (int attempt = 0; !open.isEmpty(); attempt++) {
            boolean goesOn = attempt == 0 || pauses.pause(FIRST_PAUSE_NANOS << (attempt - 1));
            boolean last = !goesOn || attempt == RETRIES;
            open.removeIf(step -> isOver(type, event, step, last));
        }
    }

    private boolean isOver(String type, @Nullable Object event, NamedStep step, boolean last) {
        try {
            step.step().run();
            return true;
        } catch (Exception | Error thrown) {
            if (last) {
                handOver(new FailedEvent(type, event, step.name(), thrown));
            }
            return last;
        }
    }

    private void handOver(FailedEvent failure) {
        failed.increment();
        try {
            onFailure.accept(failure);
        } catch (RuntimeException | Error again) {
            failureLog.accept(failure);
        }
    }

    long delivered() {
        return delivered.sum();
    }

    long failed() {
        return failed.sum();
    }

    long unknown() {
        return unknown.sum();
    }

    long gaps() {
        return gaps.sum();
    }
}
