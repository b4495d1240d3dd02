package io.cacheport.examples.events;

import io.cacheport.CacheServicePort;
import io.cacheport.aside.Cache;
import io.cacheport.examples.events.Event.Kind;
import io.cacheport.examples.events.Event.Page;
import io.cacheport.examples.events.Event.State;
import io.cacheport.warm.KeyFormat;
import io.cacheport.warm.PopularKeys;
import io.cacheport.warm.PopularWarming;
import io.cacheport.warm.WarmReport;
import io.cacheport.warm.Warmer;
import io.cacheport.warm.Warming;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

/**
 * Keeps what is popular warm: the events that are asked for most and the first page of each list, hourly; the events also
 * after a restart, and when the cache has lost its data.
 */
public final class Popular implements AutoCloseable {

    private static final int TOP = 100;

    private final EventRepository source;
    private final Views views;
    private final PopularWarming<Long, Event> events;
    private final Warmer hourly;

    private Popular(EventRepository source, Views views, PopularWarming<Long, Event> events) {
        this.source = source;
        this.views = views;
        this.events = events;
        this.hourly = Warmer.every(Duration.ofHours(1), this::warm)
                .named("popular events and lists")
                .start();
    }

    /** What is to be told of each event that is asked for. */
    static PopularKeys<Long> keys() {
        return PopularKeys.builder(TOP).sampling(1).build(); // visitors are few enough to count each
    }

    /** Begins at once. */
    static Popular start(
            EventRepository source, Views views, PopularKeys<Long> keys, CacheServicePort cache, Duration lossCheck) {
        Cache<Long, Event> events = views.events();
        return new Popular(
                source,
                views,
                PopularWarming.of(events, keys, source::events)
                        .format(KeyFormat.longs())
                        .savedIn(cache)
                        .every(lossCheck)
                        .start());
    }

    /** Of all lists: these states are the major ones. */
    static List<Page> firstPages() {
        return Stream.of(State.values())
                .flatMap(state -> Stream.of(Kind.values()).map(kind -> new Page(state, kind, 1)))
                .toList();
    }

    /** Loads what is missing of it now; what became of events and of lists. */
    public List<WarmReport> warm() {
        return List.of(events.warm(), Warming.of(views.feed()).each(firstPages(), source::feed));
    }

    @Override
    public void close() {
        hourly.close();
        events.close();
    }
}
