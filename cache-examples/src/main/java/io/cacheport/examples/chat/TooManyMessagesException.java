package io.cacheport.examples.chat;

import java.time.Duration;

/** A user sends faster than is allowed. */
public final class TooManyMessagesException extends RuntimeException {

    private static final long serialVersionUID = 1;

    private final Duration retryAfter;

    TooManyMessagesException(Duration retryAfter) {
        super("too many messages; the next is taken in " + retryAfter.toSeconds() + " s");
        this.retryAfter = retryAfter;
    }

    /** When to try again. */
    public Duration retryAfter() {
        return retryAfter;
    }
}
