package io.cacheport.aside;

import io.cacheport.CacheServicePort;
import io.cacheport.TypeRef;
import io.cacheport.spi.CacheKeys;
import io.cacheport.spi.KeyRestricted;
import io.cacheport.spi.LoadCounter;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * One call for one key that was not at hand, and the time it has.
 *
 * @param <A> what the loader is given
 */
final class Call<A, T extends @Nullable Object, X extends Exception> {

    final FlightId id;
    final TypeRef<T> type;
    final CachePolicy policy;
    private final A argument;
    private final KeyLoader<A, T, X> loader;
    private final long began = Time.here().nanoTime();

    Call(
            CacheServicePort cache,
            String key,
            TypeRef<T> type,
            CachePolicy policy,
            A argument,
            KeyLoader<A, T, X> loader) {
        this.id = new FlightId(cache, requireKey(cache, key), type);
        this.type = type;
        this.policy = policy;
        this.argument = argument;
        this.loader = loader;
    }

    /**
     * Returns the key if it keeps the rule, and that of this cache.
     *
     * @throws IllegalArgumentException if not
     */
    static String requireKey(CacheServicePort cache, String key) {
        CacheKeys.require(key);
        if (cache instanceof KeyRestricted restricted) {
            restricted.requireKey(key);
        }
        return key;
    }

    @SuppressWarnings("NullAway") // null only where T says so
    T load(LoadContext<T> context) throws X {
        return loader instanceof WithContext<A, T, X> withContext
                ? withContext.loader().load(argument, context)
                : loader.load(argument);
    }

    /** A loader that is given the context, where one is expected that is not. */
    record WithContext<A, T extends @Nullable Object, X extends Exception>(ContextLoader<? super A, T, X> loader)
            implements KeyLoader<A, T, X> {

        @Override
        public T load(A argument) {
            throw new IllegalStateException("a loader that wants a context is called with one");
        }
    }

    /** What is left of the time that the call may take; the most there can be if there is no limit. */
    long nanosLeft() {
        return left(policy.hardTimeout());
    }

    /** What is left of the time after which a stale value does. */
    long nanosUntilStale() {
        return Math.min(left(policy.softTimeout()), nanosLeft());
    }

    private long left(@Nullable Duration timeout) {
        return timeout == null ? Long.MAX_VALUE : Math.max(0, timeout.toNanos() - nanosSoFar());
    }

    long nanosSoFar() {
        return Time.here().nanoTime() - began;
    }

    LoadTimeoutException timedOut() {
        Told.count(id.cache(), LoadCounter::timedOut);
        Duration hard = policy.hardTimeout();
        return new LoadTimeoutException(hard == null ? Duration.ZERO : hard);
    }
}
