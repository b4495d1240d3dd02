package io.cacheport.inmemory;

import io.cacheport.ErrorCause;
import io.cacheport.TypeRef;
import io.cacheport.events.EventEntry;
import io.cacheport.events.EventLog;
import io.cacheport.events.EventPage;
import io.cacheport.events.EventPage.Positioned;
import io.cacheport.spi.FailureHandler;
import io.cacheport.spi.UnreadableValueException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Events of this adapter's channels, for as long as it lives; positions are the numbers of events. */
final class InMemoryEventLog implements EventLog {

    private final Store store;
    private final FailureHandler failures;
    private final int maximumValueBytes;
    private final ConcurrentMap<String, Channel> channels = new ConcurrentHashMap<>();

    /** Guarded by itself. */
    private static final class Channel {

        private final Deque<EventEntry> entries = new ArrayDeque<>();

        /** The number of the newest. */
        private long last;
    }

    InMemoryEventLog(Store store, FailureHandler failures, int maximumValueBytes) {
        this.store = store;
        this.failures = failures;
        this.maximumValueBytes = maximumValueBytes;
    }

    @Override
    public Object encode(String channel, Object event) {
        Object held = store.hold(channel, event);
        if (held == null || store.form.bytes(held) > maximumValueBytes) {
            throw failures.toThrow("publish", ErrorCause.TOO_LARGE, null);
        }
        return held;
    }

    @Override
    public <T> T decode(String channel, Object content, TypeRef<T> type) throws UnreadableValueException {
        T event = store.form.read(channel, content, type);
        if (event == null) {
            throw new UnreadableValueException(type, "null");
        }
        return event;
    }

    @Override
    public void append(String channel, EventEntry entry, int keep) {
        Channel log = channel("publish", channel);
        synchronized (log) {
            log.entries.addLast(entry);
            log.last++;
            while (log.entries.size() > keep) {
                log.entries.removeFirst();
            }
        }
    }

    @Override
    public String end(String channel) {
        Channel log = channel("events", channel);
        synchronized (log) {
            return Long.toString(log.last);
        }
    }

    @Override
    public EventPage read(String channel, String position, int atMost) {
        Channel log = channel("events", channel);
        long after = Long.parseLong(position);
        synchronized (log) {
            long number = log.last - log.entries.size(); // of the one before the oldest
            boolean gap = after < number;
            List<Positioned> events = new ArrayList<>();
            for (EventEntry entry : log.entries) {
                if (++number > after && events.size() < atMost) {
                    events.add(new Positioned(Long.toString(number), entry));
                }
            }
            String end = events.isEmpty()
                    ? Long.toString(log.last)
                    : events.get(events.size() - 1).position();
            return new EventPage(events, end, gap);
        }
    }

    private Channel channel(String operation, String name) {
        if (store.isClosed()) {
            throw failures.toThrow(operation, ErrorCause.CLOSED, null);
        }
        return channels.computeIfAbsent(name, unused -> new Channel());
    }
}
