package io.cacheport.redis;

import io.lettuce.core.event.Event;
import io.lettuce.core.event.EventBus;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.reactivestreams.Subscription;
import reactor.core.CoreSubscriber;

/**
 * Hears Lettuce's events until it is closed. Not by {@code Flux.subscribe(Consumer)}: an event that comes while that is
 * disposed of is an error to Reactor, which it logs.
 */
final class EventListener implements CoreSubscriber<Event>, AutoCloseable {

    private final Consumer<Event> consumer;
    private volatile @Nullable Subscription subscription;
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
        subscription = made;
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
        Subscription made = subscription;
        if (made != null) {
            made.cancel();
        }
    }
}
