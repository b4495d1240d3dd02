package io.cacheport.warm;

import java.time.Duration;
import java.util.Locale;

/**
 * How far a warming has come. {@code loaded + found + absent + refused + failed == asked}, unless a key came twice in a batch.
 *
 * @param state whether it runs, and if not why it ended
 * @param asked keys dealt with
 * @param loaded keys loaded and stored
 * @param found keys that were there already, or were being loaded by somebody else
 * @param absent keys of which the source has no value
 * @param refused keys not loaded, because the cache could not be asked or the key was being written; or loaded and not
 *     stored, because the key was written meanwhile or the cache did not take it
 * @param failed keys whose load failed
 * @param duration since it began, waiting for its pace included
 * @since 0.1
 */
public record WarmReport(
        State state, long asked, long loaded, long found, long absent, long refused, long failed, Duration duration) {

    /** Whether a warming runs. */
    public enum State {
        /** It does. */
        RUNNING,
        /** It came to the end of its keys, whatever became of each. */
        COMPLETE,
        /** It was told to stop, or its thread was interrupted. */
        CANCELLED,
        /** Too many batches in a row came to nothing, or the keys themselves could not be read on. */
        GAVE_UP
    }

    /** Keys that are warm now: loaded or found. */
    public long warm() {
        return loaded + found;
    }

    /** What the log says: {@code warmed 200 of 200 user values in 0.4 s: 150 loaded, 50 there already, 0 failed}. */
    String text(String name) {
        StringBuilder text = new StringBuilder(String.format(
                Locale.ROOT,
                "warmed %d of %d %s values in %.1f s: %d loaded, %d there already, %d failed",
                warm(),
                asked,
                name,
                duration.toMillis() / 1_000.0,
                loaded,
                found,
                failed));
        if (absent > 0) {
            text.append(", ").append(absent).append(" not at the source");
        }
        if (refused > 0) {
            text.append(", ").append(refused).append(" refused by the cache");
        }
        return switch (state) {
            case RUNNING -> text.append("; it goes on").toString();
            case COMPLETE -> text.toString();
            case CANCELLED -> text.append("; it was cancelled").toString();
            case GAVE_UP -> text.append("; it gave up").toString();
        };
    }
}
