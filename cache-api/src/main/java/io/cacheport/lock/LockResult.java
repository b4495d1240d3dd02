package io.cacheport.lock;

import org.jspecify.annotations.Nullable;

/**
 * What became of an action that needed a lock.
 *
 * @param <T> of what it returns
 * @since 0.1
 */
public sealed interface LockResult<T extends @Nullable Object> {

    /**
     * It was run.
     *
     * @param value what it returned
     */
    record Done<T extends @Nullable Object>(T value) implements LockResult<T> {}

    /**
     * It was not run.
     *
     * @param why the reason
     */
    record NotDone<T extends @Nullable Object>(NotAcquired why) implements LockResult<T> {}
}
