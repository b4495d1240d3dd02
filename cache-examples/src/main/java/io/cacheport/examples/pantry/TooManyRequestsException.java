package io.cacheport.examples.pantry;

import java.time.Duration;

/** An address has asked too often. */
public final class TooManyRequestsException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final Duration retryAfter;

    TooManyRequestsException(Duration retryAfter) {
        super("too many requests; the next may come in " + retryAfter.toSeconds() + " s");
        this.retryAfter = retryAfter;
    }

    /** When the next may come. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
