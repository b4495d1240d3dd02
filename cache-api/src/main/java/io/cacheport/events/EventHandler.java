package io.cacheport.events;

/**
 * What the application does with an event, in every process.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface EventHandler<E> {

    /**
     * Handles it, on the thread of the channel, which waits for it. The same event may come again.
     *
     * @throws Exception if it could not: it is tried again, three times
     */
    void handle(E event) throws Exception;
}
