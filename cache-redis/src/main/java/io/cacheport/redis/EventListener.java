package io.cacheport.redis;

import io.lettuce.core.event.Event;
import io.lettuce.core.event.EventBus;
import java.util.function.Consumer;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;

/**
 * Hears Lettuce's events, of a bus that ends with its listener, until it is closed. It never cancels: an event that comes
 * once the bus's threads have ended is an error to Reactor, which is told to a listener that hears it, and logged for one
 * that has cancelled.
 */
final class EventListener implements CoreSubscriber<Event>, AutoCloseable {

    private final Consumer<Event> consumer;
    private volatile boolean closed;

    private EventListener(Consumer<Event> consumer) {
        this.consumer = consumer;
    }

    static EventListener on(EventBus bus, Consumer<Event> consumer) {
        EventListener listener = new EventListener(consumer);
        bus.get().subscribe(listener);
        return listener;
    }

    @Override
    public void onSubscribe(Subscription made) {
        made.request(Long.MAX_VALUE);
    }

    @Override
    public void onNext(Event event) {
        if (!closed) {
            consumer.accept(event);
        }
    }

    @Override
    public void onError(Throwable closing) {
        // the bus has none but this: its threads have ended
    }

    @Override
    public void onComplete() {
        // nothing more to hear
    }

    @Override
    public void close() {
        closed = true;
    }
}
