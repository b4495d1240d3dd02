package io.cacheport.lease;

import org.jspecify.annotations.Nullable;

/**
 * What became of an attempt to take a lease.
 *
 * @param <T> the value's type
 * @since 0.1
 */
public sealed interface LeaseAnswer<T> {

    /**
     * It was given: load, then fill or release.
     *
     * @param lease the lease
     */
    record Granted<T>(Lease lease) implements LeaseAnswer<T> {}

    /**
     * There is a value.
     *
     * @param value the value, which may be a cached null
     * @param local whether it was in the memory of this process
     */
    record Found<T>(@Nullable T value, boolean local) implements LeaseAnswer<T> {}

    /** Somebody else has it. */
    record Taken<T>() implements LeaseAnswer<T> {}

    /** The key is being written (L14): load, and store nothing. */
    record Held<T>() implements LeaseAnswer<T> {}

    /**
     * A load has failed a moment ago and is not to be tried again yet (L13).
     *
     * @param failure the class of what the loader threw
     */
    record Failed<T>(String failure) implements LeaseAnswer<T> {}
}
