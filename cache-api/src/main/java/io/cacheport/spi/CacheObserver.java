package io.cacheport.spi;

import org.jspecify.annotations.Nullable;

/**
 * Is told what takes time in a cache: meters and tracing. Called by whoever does it, on the way to the caller: it must be
 * quick and thread-safe. What it throws is logged and goes no further.
 *
 * @since 0.1
 */
public interface CacheObserver {

    /** Something has ended that took so long; {@code failure} is null if it went well. */
    default void ended(Activity activity, long nanos, @Nullable Throwable failure) {}

    /**
     * A load or a call to the store begins on this thread. Not called for waits.
     *
     * @return told of its end, on this thread; null for nobody
     */
    default @Nullable Span begins(Activity activity) {
        return null;
    }

    /** The task as it is to run on another thread, with what this thread carries, such as the span it is in. */
    default Runnable carried(Runnable task) {
        return task;
    }

    /** What {@link #begins} began. */
    interface Span {

        /** It has ended; {@code failure} is null if it went well. */
        void end(@Nullable Throwable failure);
    }
}
