package io.cacheport.behind;

import io.cacheport.CacheServicePort;
import io.cacheport.TypeRef;
import io.cacheport.lock.Locks;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * How changes are kept and written. Immutable; each method gives a changed copy.
 *
 * <pre>{@code
 * BufferedCounters views = WriteBehind.named("views").counters(cache, repository::addViews);
 *
 * views.add("item:7", 1);       // one round trip to the cache's store, none to the database
 * views.pending("item:7");      // what the database does not know yet
 * views.close();                // writes what waits
 * }</pre>
 *
 * <p>All processes that use the name on the same store share what waits; one of them at a time writes it.
 *
 * @since 0.1
 */
public final class WriteBehind {

    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration DAY = Duration.ofDays(1);
    private static final int MOST_AT_ONCE = 10_000;

    private final String name;
    private final Duration every;
    private final int batchSize;
    private final int limit;
    private final Duration closeWithin;
    private final @Nullable DeadLetters<Object> deadLetters;

    private WriteBehind(
            String name,
            Duration every,
            int batchSize,
            int limit,
            Duration closeWithin,
            @Nullable DeadLetters<Object> deadLetters) {
        this.name = name;
        this.every = every;
        this.batchSize = batchSize;
        this.limit = limit;
        this.closeWithin = closeWithin;
        this.deadLetters = deadLetters;
    }

    /**
     * Batches of 500 every 30 seconds, of at most 100,000 keys that wait; close takes at most 10 seconds.
     *
     * @param name 1 to 64 letters, digits, dots, underscores or hyphens
     */
    public static WriteBehind named(String name) {
        if (name == null || !NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "name \"" + name + "\" is not 1 to 64 letters, digits, dots, underscores or hyphens");
        }
        return new WriteBehind(name, Duration.ofSeconds(30), 500, 100_000, Duration.ofSeconds(10), null);
    }

    /** The pause between two rounds of writing, 1 ms to 1 day; some of up to a tenth less, so that processes do not meet. */
    public WriteBehind every(Duration pause) {
        return new WriteBehind(name, within("every", pause), batchSize, limit, closeWithin, deadLetters);
    }

    /** How many changes the target is given at once, 1 to 10,000; there may be a few more. */
    public WriteBehind batchSize(int changes) {
        if (changes < 1 || changes > MOST_AT_ONCE) {
            throw new IllegalArgumentException("batchSize " + changes + " is not from 1 to " + MOST_AT_ONCE);
        }
        return new WriteBehind(name, every, changes, limit, closeWithin, deadLetters);
    }

    /** How many keys may wait, at least 1; changes of more are written at once. */
    public WriteBehind limit(int keys) {
        if (keys < 1) {
            throw new IllegalArgumentException("limit " + keys + " is not positive");
        }
        return new WriteBehind(name, every, batchSize, keys, closeWithin, deadLetters);
    }

    /** How long close writes what waits, 1 ms to 1 day; what is left then is written by the next process. */
    public WriteBehind closeWithin(Duration time) {
        return new WriteBehind(name, every, batchSize, limit, within("closeWithin", time), deadLetters);
    }

    /**
     * Who takes the changes that can never be written. Without one they are tried again and again, like any that cannot be
     * written now, and hold up what comes after them.
     */
    public WriteBehind deadLetters(DeadLetters<Object> taker) {
        if (taker == null) {
            throw new IllegalArgumentException("deadLetters is null");
        }
        return new WriteBehind(name, every, batchSize, limit, closeWithin, taker);
    }

    /**
     * Counters whose sums are added to what the target has. Starts to write.
     *
     * @throws IllegalArgumentException if the cache's store cannot keep what waits, or has no locks
     */
    public BufferedCounters counters(CacheServicePort cache, BatchTarget<Long> target) {
        return new BufferedCounters(name, limit, drain(cache, TypeRef.of(Long.class), target));
    }

    /**
     * Values of which the target gets the last. Starts to write.
     *
     * @throws IllegalArgumentException if the cache's store cannot keep what waits, or has no locks
     */
    public <T> BufferedValues<T> values(CacheServicePort cache, Class<T> type, BatchTarget<T> target) {
        return values(cache, TypeRef.of(type), target);
    }

    /** As {@link #values(CacheServicePort, Class, BatchTarget)}, for generics. */
    public <T> BufferedValues<T> values(CacheServicePort cache, TypeRef<T> type, BatchTarget<T> target) {
        if (type == null) {
            throw new IllegalArgumentException("type is null: name the type of the values");
        }
        return new BufferedValues<>(name, limit, type, drain(cache, type, target));
    }

    private <T> Drain<T> drain(CacheServicePort cache, TypeRef<T> type, BatchTarget<T> target) {
        if (!(cache instanceof BufferingCache buffering)) {
            throw new IllegalArgumentException(cache + " cannot keep what is to be written later");
        }
        if (target == null) {
            throw new IllegalArgumentException("target is null: say where changes are written to");
        }
        Drain<T> drain = new Drain<>(this, buffering.writeBuffers(), Locks.of(cache), type, target);
        drain.start();
        return drain;
    }

    private static Duration within(String what, Duration time) {
        if (time == null || time.compareTo(SHORTEST) < 0 || time.compareTo(DAY) > 0) {
            throw new IllegalArgumentException(what + " " + time + " is not from " + SHORTEST + " to " + DAY);
        }
        return time;
    }

    String name() {
        return name;
    }

    Duration every() {
        return every;
    }

    int batchSize() {
        return batchSize;
    }

    Duration closeWithin() {
        return closeWithin;
    }

    @Nullable
    DeadLetters<Object> deadLetters() {
        return deadLetters;
    }

    @Override
    public String toString() {
        return "WriteBehind[" + name + ", every " + every + ", " + batchSize + " at once, at most " + limit + " keys]";
    }
}
