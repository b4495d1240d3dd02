package io.cacheport.events;

import java.util.List;

/**
 * Events that were read.
 *
 * @param events in order, each with the position after it
 * @param position where to go on after all of them
 * @param gap whether there may have been others before them, which are gone
 * @since 0.1
 */
public record EventPage(List<Positioned> events, String position, boolean gap) {

    /**
     * An event and where it stands.
     *
     * @param position where to go on after it
     * @param entry the event
     */
    public record Positioned(String position, EventEntry entry) {}

    /** Made unchangeable. */
    public EventPage {
        events = List.copyOf(events);
    }
}
