package io.cacheport.behind;

import org.jspecify.annotations.Nullable;

/**
 * Takes changes that can never be written.
 *
 * @since 0.1
 */
@FunctionalInterface
public interface DeadLetters<T> {

    /**
     * Takes over the change: when this returns it waits no longer. If it throws, the change stays and comes again.
     *
     * @param change null if what waited could not be read
     */
    void accept(String key, @Nullable T change, Exception why);
}
