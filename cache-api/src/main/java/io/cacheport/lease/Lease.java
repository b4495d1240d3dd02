package io.cacheport.lease;

import java.time.Duration;

/**
 * The right to fill one key, for a time.
 *
 * @param key the key it is for
 * @param stamp like no other: one for each attempt to load
 * @param time how long it lives unless renewed
 * @param ofValue whether it was given beside a value that stays readable meanwhile, to refresh it (L10)
 * @since 0.1
 */
public record Lease(String key, Stamp stamp, Duration time, boolean ofValue) {

    /** A lease of a key that has no value. */
    public static Lease of(String key, Duration time) {
        return new Lease(key, Stamp.next(), time, false);
    }

    /** A lease of a key to refresh its value. */
    public static Lease ofValue(String key, Duration time) {
        return new Lease(key, Stamp.next(), time, true);
    }
}
