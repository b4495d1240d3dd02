package io.cacheport.limit;

import java.time.Duration;

/**
 * Whether something may be done now, and what a limit knows about it.
 *
 * @since 0.1
 */
public sealed interface Decision {

    /** Whether it may. */
    boolean isAllowed();

    /** How long to wait before the next try, as far as that is known; zero where there is nothing to wait for. */
    default Duration retryAfter() {
        return Duration.ZERO;
    }

    /**
     * Within the limit.
     *
     * @param remaining how many more are in this window, 0 or more
     */
    record Allowed(long remaining) implements Decision {

        @Override
        public boolean isAllowed() {
            return true;
        }
    }

    /**
     * Above the limit.
     *
     * @param retryAfter what remains of the window; zero if it ended in the meantime, or that is not to be known
     */
    record Denied(Duration retryAfter) implements Decision {

        @Override
        public boolean isAllowed() {
            return false;
        }
    }

    /**
     * The cache could not be asked.
     *
     * @param isAllowed what the limit does then
     */
    record Unknown(boolean isAllowed) implements Decision {}
}
