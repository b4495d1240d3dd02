package io.cacheport.spi;

import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * How many loads may run at once while a cache is degraded, and how long a caller waits for its turn (A10). A cache has
 * one for its life; caches in front of the same source may share one. The longest waiting is next. Thread-safe.
 *
 * @since 0.1
 */
public final class LoadLimit {

    private static final int MAX_CONCURRENT = 100_000;
    private static final Duration MAX_WAIT = Duration.ofHours(1);

    private final int concurrent;
    private final Duration wait;
    private final Semaphore places;
    private final LongAdder rejected = new LongAdder();

    /** How often this thread has entered and not left; nothing where it is outside. */
    @SuppressWarnings("ThreadLocalUsage") // one for each limit, because a thread may be inside several
    private final ThreadLocal<@Nullable Integer> depth = new ThreadLocal<>();

    private LoadLimit(int concurrent, Duration wait) {
        this.concurrent = concurrent;
        this.wait = wait;
        this.places = new Semaphore(concurrent, true);
    }

    /** 64 loads at once, and a wait of one second. */
    public static LoadLimit ofDefaults() {
        return of(64, Duration.ofSeconds(1));
    }

    /**
     * A limit of its own.
     *
     * @param concurrent how many loads may run at once, 1 to 100,000
     * @param wait how long a caller waits for its turn, zero to one hour; zero means not at all
     * @throws IllegalArgumentException naming the value and the rule
     */
    public static LoadLimit of(int concurrent, Duration wait) {
        if (concurrent < 1 || concurrent > MAX_CONCURRENT) {
            throw new IllegalArgumentException(
                    "concurrent loads " + concurrent + " is not between 1 and " + MAX_CONCURRENT);
        }
        if (wait == null) {
            throw new IllegalArgumentException("wait is null: zero means that nobody waits");
        }
        if (wait.isNegative() || wait.compareTo(MAX_WAIT) > 0) {
            throw new IllegalArgumentException("wait " + wait + " is not between zero and " + MAX_WAIT);
        }
        return new LoadLimit(concurrent, wait);
    }

    /**
     * Takes a place for one load, to be given back by {@link #leave} on this thread. A thread that is inside is let in
     * again without a place of its own: its load is waiting for the load it is about to start.
     *
     * @return false if no place was free in time, which is counted
     * @throws InterruptedException if interrupted while it had to wait
     */
    public boolean enter() throws InterruptedException {
        Integer held = depth.get();
        if (held == null && !takePlace()) {
            rejected.increment();
            return false;
        }
        depth.set(held == null ? 1 : held + 1);
        return true;
    }

    private boolean takePlace() throws InterruptedException {
        // a caller who need not wait loads whether it was interrupted or not, as with a healthy cache
        boolean free = !places.hasQueuedThreads() && places.tryAcquire();
        return free || places.tryAcquire(wait.toNanos(), TimeUnit.NANOSECONDS);
    }

    /**
     * Undoes one {@link #enter} that was let in.
     *
     * @throws IllegalStateException if this thread is not inside
     */
    public void leave() {
        Integer held = depth.get();
        if (held == null) {
            throw new IllegalStateException("left a load limit that this thread has not entered");
        }
        if (held > 1) {
            depth.set(held - 1);
        } else {
            depth.remove();
            places.release();
        }
    }

    /** Whether the calling thread is inside. */
    public boolean isInside() {
        return depth.get() != null;
    }

    /** How many loads may run at once. */
    public int concurrent() {
        return concurrent;
    }

    /** How long a caller waits for its turn. */
    public Duration longestWait() {
        return wait;
    }

    /** How many places are taken now. */
    public int running() {
        return concurrent - places.availablePermits();
    }

    /** About how many callers wait now. */
    public int waiting() {
        return places.getQueueLength();
    }

    /** How many callers were not let in so far. */
    public long rejected() {
        return rejected.sum();
    }

    @Override
    public String toString() {
        return "LoadLimit[" + concurrent + " at once, wait " + wait + "]";
    }
}
