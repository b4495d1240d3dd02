package io.cacheport.aside;

import java.time.Duration;

/**
 * A value was not there within the policy's hard timeout. Its load goes on, and what it finds is stored.
 *
 * @since 0.1
 */
public final class LoadTimeoutException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Duration timeout;

    LoadTimeoutException(Duration timeout) {
        super("no value within " + timeout.toMillis() + " ms, the hardTimeout of the policy; the load goes on");
        this.timeout = timeout;
    }

    /** How long the caller waited. */
    public Duration timeout() {
        return timeout;
    }
}
