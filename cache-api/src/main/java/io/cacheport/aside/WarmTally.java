package io.cacheport.aside;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What a call that warms has done so far, in place of the values that others are given. One thread's. */
final class WarmTally<K> {

    /** Of loads of one key in a row, after which the rest of the call is not tried. */
    private static final int MOST_FAILURES = 5;

    private int found;
    private int loaded;
    private int absent;
    private int refused;
    private int failed;
    private @Nullable Throwable failure;
    private final Set<K> failedKeys = new HashSet<>();

    /** All that was neither counted nor is missing is there. */
    void looked(int asked, int missing) {
        found = asked - missing - loaded - absent - refused - failed;
    }

    void refused(int keys) {
        refused += keys;
    }

    void notLoaded(int keys, Throwable cause) {
        if (cause instanceof LoadRejectedException) {
            refused += keys;
        } else {
            failed += keys;
        }
        failure = cause;
    }

    void stored(@Nullable Object value, boolean live) {
        if (value == null) {
            absent++;
        } else if (live) {
            loaded++;
        } else {
            refused++;
        }
    }

    /** By a loader that goes on with the next key. */
    void failed(K key, Throwable cause) {
        failedKeys.add(key);
        failure = cause;
    }

    /** Whether the load of this one failed, and that of others did not. */
    boolean hasFailed(K key) {
        return failedKeys.contains(key);
    }

    /** As of one that was not tried: it is not asked for twice. */
    void left(K key) {
        failed++;
        failedKeys.remove(key);
    }

    @Nullable
    Throwable failure() {
        return failure;
    }

    Warmed result() {
        return new Warmed(found, loaded, absent, refused, failed, failure);
    }

    /** Many keys by a loader of one. One that fails is left out; after some in a row, so are the rest. */
    static <K, V> BulkLoader<K, V, Exception> each(
            KeyLoader<? super K, ? extends @Nullable V, ?> loader, WarmTally<K> tally) {
        return keys -> {
            Map<K, V> values = new HashMap<>();
            int inARow = 0;
            for (K key : keys) {
                if (inARow == MOST_FAILURES) {
                    tally.failed(key, Objects.requireNonNull(tally.failure));
                    continue;
                }
                try {
                    V value = loader.load(key);
                    if (value != null) {
                        values.put(key, value);
                    }
                    inARow = 0;
                } catch (Exception failure) {
                    if (Flights.isInterrupt(failure)) {
                        throw failure;
                    }
                    tally.failed(key, failure);
                    inARow++;
                }
            }
            return values;
        };
    }
}
