package io.cacheport.guard;

/**
 * A circuit breaker went from one state to another.
 *
 * @param node the node it guards, as {@code host:port}
 * @since 0.1
 */
public record CircuitTransition(String node, CircuitState from, CircuitState to) {}
