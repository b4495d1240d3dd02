package io.cacheport.guard;

import java.util.Locale;

/**
 * Where a circuit breaker stands.
 *
 * @since 0.1
 */
public enum CircuitState {
    /** Calls go through. */
    CLOSED,
    /** Calls are answered without asking the node, and a probe looks for it. */
    OPEN,
    /** The probe was answered; a few more of its calls decide, and callers still wait outside. */
    HALF_OPEN,
    /** Open because someone said so, until told otherwise; no probe. */
    FORCED_OPEN,
    /** Closed because someone said so, whatever happens to calls, until told otherwise. */
    FORCED_CLOSED;

    /** The name as a metric tag: lower case. */
    public String tag() {
        return name().toLowerCase(Locale.ROOT);
    }
}
