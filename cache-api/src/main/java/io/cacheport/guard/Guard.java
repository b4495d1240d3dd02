package io.cacheport.guard;

import java.util.Map;
import java.util.function.Consumer;

/**
 * The circuit breakers and the journal of one cache, seen and steered. Thread-safe; nothing here asks the store.
 *
 * @since 0.1
 */
public interface Guard {

    /** The state of each node's circuit, by {@code host:port}; one entry for a single server. */
    Map<String, CircuitState> circuits();

    /** The counters now. */
    GuardStats stats();

    /** Opens every circuit until {@link #release}: the cache answers as if its store were away. */
    void forceOpen();

    /** Closes every circuit until {@link #release}, whatever happens to calls. */
    void forceClosed();

    /** Ends what was forced; every circuit is closed and counts anew. */
    void release();

    /**
     * Calls {@code listener} at each transition from now on, on the thread that caused it: a caller's, or the probe's. It
     * should be quick; what it throws is logged and goes no further.
     */
    void onTransition(Consumer<CircuitTransition> listener);
}
