package io.cacheport.events;

import io.cacheport.TypeRef;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** What is to be done about the events of one class, which have this name in the log. */
record EventType<E>(
        String name,
        Class<E> eventClass,
        List<Function<? super E, Invalidation>> rules,
        List<EventHandler<? super E>> handlers) {

    EventType(String name, Class<E> eventClass) {
        this(name, eventClass, new ArrayList<>(), new ArrayList<>());
    }

    TypeRef<E> type() {
        return TypeRef.of(eventClass);
    }

    /** One that changes no more. */
    EventType<E> copy() {
        return new EventType<>(name, eventClass, List.copyOf(rules), List.copyOf(handlers));
    }
}
