package io.cacheport.events;

import org.jspecify.annotations.Nullable;

/**
 * A rule or handler that has failed for good on an event.
 *
 * @param type the event's name
 * @param event null if it could not be read
 * @param handler which one: {@code rule 1} and {@code handler 1} are the first given for the type, {@code decoding} is none
 * @param why what was thrown last
 * @since 0.1
 */
public record FailedEvent(String type, @Nullable Object event, String handler, Throwable why) {

    /** Without the event, which may be for nobody's eyes. */
    @Override
    public String toString() {
        return "FailedEvent[" + type + ", " + handler + ", " + why.getClass().getName() + "]";
    }
}
