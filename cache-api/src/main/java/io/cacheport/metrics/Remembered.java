package io.cacheport.metrics;

import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** An answer that is kept for a second: a scrape reads all meters within moments, and each would ask the store. */
final class Remembered<T> {

    private static final long NANOS = TimeUnit.SECONDS.toNanos(1);

    private volatile @Nullable Answer<T> last;

    private record Answer<T>(T value, long at) {}

    /** The answer of less than a second ago, else that of {@code source}. */
    T get(Supplier<T> source) {
        Answer<T> known = last;
        long now = System.nanoTime();
        if (known == null || now - known.at >= NANOS) {
            known = new Answer<>(source.get(), now);
            last = known;
        }
        return known.value;
    }
}
