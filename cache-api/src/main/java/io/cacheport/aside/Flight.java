package io.cacheport.aside;

import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** One caller's look in the cache, and load, that others may share. Written by its leader, read by the others after. */
final class Flight {

    /** Who looks and loads; nobody, and then another thread, once the load is handed over to it. */
    volatile @Nullable Thread leader = Thread.currentThread();

    private final CountDownLatch done = new CountDownLatch(1);

    private @Nullable CacheResult<?> result;
    private @Nullable Throwable failure;
    private boolean leaderInterrupted;
    private boolean current;
    private volatile boolean looking = true;
    private volatile boolean filling;

    /**
     * Loads at once and stores nothing: its leader has already waited for a cache that could not be asked, and does not do so
     * twice (A11). Set before others can see it.
     */
    boolean withoutCache;

    /** Whether the cache could not be asked; for those who waited. */
    private boolean cacheIsIll;

    /** Set once its load has its place under a limit or needs none. */
    volatile boolean hasPlace;

    /** The cache has answered, or is not asked. */
    void looked() {
        looking = false;
    }

    boolean isLooking() {
        return looking;
    }

    /**
     * From here on it is too late for others, be there something to fill or only a lease to release: what happens to the key
     * once Redis has taken the value, but before that is known here, they would not be told; and a load that had failed
     * before they came is not theirs.
     */
    void filling() {
        filling = true;
    }

    /** Whether a caller who joins now may take the value if it was {@code current} in the end. */
    boolean isInTime() {
        return !filling;
    }

    /**
     * @param current whether nothing had happened to the key when the value was stored: then it is good for everybody who
     *     joined in time, whenever its load began
     */
    void succeeded(CacheResult<?> result, boolean current) {
        this.result = result;
        this.current = current;
    }

    /** Nothing came of it: whoever joined it begins anew. */
    void givenUp() {
        leaderInterrupted = true;
    }

    void foundCacheIll() {
        cacheIsIll = true;
    }

    boolean isCacheIll() {
        return cacheIsIll;
    }

    void failed(Throwable failure, boolean leaderInterrupted) {
        this.failure = failure;
        this.leaderInterrupted = leaderInterrupted;
    }

    void end() {
        done.countDown();
    }

    /** False if it did not end in time. */
    boolean await(long nanos) {
        try {
            return Time.here().await(done, nanos);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new LoadInterruptedException("another caller's load", interrupted);
        }
    }

    void await() {
        try {
            Time.here().await(done);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new LoadInterruptedException("another caller's load", interrupted);
        }
    }

    /**
     * Whether it ended with something for a caller who joined in time, or began before it did: not if only its own leader
     * was told to stop. That a load failed earlier is something found in the cache, like a value.
     */
    boolean isFor(boolean joinedInTime, boolean beganBefore) {
        boolean loadFailed = failure != null && !(failure instanceof LoadFailedException);
        return !leaderInterrupted && (beganBefore || (joinedInTime && (current || loadFailed)));
    }

    /** Whether it ended with a stale value, of which the policy will not hear: its leader's was another. */
    boolean isTooOldFor(CachePolicy policy) {
        return result != null && result.origin() == CacheResult.Origin.STALE && !policy.servesStale();
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals", "NullAway"}) // the id holds the type
    <T extends @Nullable Object> CacheResult<T> result() {
        if (failure != null) {
            throw Flight.<RuntimeException>asItIs(failure);
        }
        return (CacheResult<T>) Objects.requireNonNull(result);
    }

    /** Throws a checked exception through a signature that does not name it: callers declare their loader's own. */
    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <E extends Throwable> E asItIs(Throwable failure) throws E {
        throw (E) failure;
    }
}
