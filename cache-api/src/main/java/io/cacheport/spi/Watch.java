package io.cacheport.spi;

import org.jspecify.annotations.Nullable;

/**
 * One thing that takes time, watched from its beginning on the thread that does it. Where nobody observes the cache there is
 * none, and nothing is measured.
 *
 * @since 0.1
 */
public final class Watch {

    private final CacheObserver observer;
    private final Activity activity;
    private final CacheObserver.@Nullable Span span;

    private Watch(CacheObserver observer, Activity activity) {
        this.observer = observer;
        this.activity = activity;
        this.span = observer.begins(activity);
    }

    /** Begins one; null if nobody is to be told. */
    public static @Nullable Watch begin(@Nullable CacheObserver observer, Activity activity) {
        return observer == null ? null : new Watch(observer, activity);
    }

    /** It took so long; {@code failure} is null if it went well. */
    public void end(long nanos, @Nullable Throwable failure) {
        observer.ended(activity, nanos, failure);
        if (span != null) {
            span.end(failure);
        }
    }
}
