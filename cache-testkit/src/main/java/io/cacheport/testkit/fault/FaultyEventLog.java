package io.cacheport.testkit.fault;

import io.cacheport.TypeRef;
import io.cacheport.events.EventEntry;
import io.cacheport.events.EventLog;
import io.cacheport.events.EventPage;
import io.cacheport.spi.UnreadableValueException;
import java.util.function.Consumer;

/** The events of a cache that can be made ill. */
final class FaultyEventLog implements EventLog {

    private final EventLog delegate;
    private final Consumer<String> check;

    /** @param check is given the name of each operation first, and throws if it fails */
    FaultyEventLog(EventLog delegate, Consumer<String> check) {
        this.delegate = delegate;
        this.check = check;
    }

    @Override
    public Object encode(String channel, Object event) {
        return delegate.encode(channel, event);
    }

    @Override
    public <T> T decode(String channel, Object content, TypeRef<T> type) throws UnreadableValueException {
        return delegate.decode(channel, content, type);
    }

    @Override
    public void append(String channel, EventEntry entry, int keep) {
        check.accept("publish");
        delegate.append(channel, entry, keep);
    }

    @Override
    public String end(String channel) {
        check.accept("events");
        return delegate.end(channel);
    }

    @Override
    public EventPage read(String channel, String position, int atMost) {
        check.accept("events");
        return delegate.read(channel, position, atMost);
    }
}
