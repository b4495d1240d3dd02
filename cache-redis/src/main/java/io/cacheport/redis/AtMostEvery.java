package io.cacheport.redis;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.LongSupplier;

/** Lets the same thing happen once per period, whoever asks for it. */
final class AtMostEvery {

    private final long periodNanos;
    private final LongSupplier nanoTime;
    private final Map<String, Long> last = new ConcurrentHashMap<>();

    AtMostEvery(Duration period, LongSupplier nanoTime) {
        this.periodNanos = period.toNanos();
        this.nanoTime = nanoTime;
    }

    /** Whether it may happen now; who is told so does it. */
    boolean allows(String what) {
        long now = nanoTime.getAsLong();
        Long before = last.get(what);
        if (before == null) {
            return last.putIfAbsent(what, now) == null;
        }
        return now - before >= periodNanos && last.replace(what, before, now);
    }
}
