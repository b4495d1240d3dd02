package io.cacheport.events;

/**
 * An event as it is stored.
 *
 * @param type the name of its type
 * @param publisher who published it
 * @param applied whether the publisher's removals have reached the store
 * @param content the event, as {@link EventLog#encode} made it
 * @since 0.1
 */
public record EventEntry(String type, String publisher, boolean applied, Object content) {

    /** Without what it says. */
    @Override
    public String toString() {
        return "EventEntry[" + type + "]";
    }
}
