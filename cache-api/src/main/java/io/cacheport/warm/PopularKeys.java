package io.cacheport.warm;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Learns which keys are asked for most, in bounded memory.
 *
 * <pre>{@code
 * PopularKeys<Long> popular = PopularKeys.top(1_000);
 * Cache<Long, Event> events = Cache.named("event", Event.class).<Long>over(cache).learning(popular);
 * }</pre>
 *
 * <p>Ten times as many keys as wanted are counted, in sets of eight. A key that has no counter takes that of the least of its
 * set with a probability of one to the other's count and one, so that a stream of keys that come once displaces nobody who comes
 * often: RAP, "Randomized Admission Policy for Efficient Top-k and Frequency Estimation" (Ben Basat, Einziger, Friedman and
 * Kassner, INFOCOM 2017), in its set-associative form. Counts are halved when the half-life is over, so that yesterday's
 * favourites leave; while little is asked they are kept.
 *
 * <p>Thread-safe without locks: of keys that are asked for at the very same time one may go uncounted. It allocates nothing,
 * and looks at one in eight keys only. It holds keys, never values.
 *
 * @param <K> the key, with {@code equals} and {@code hashCode}
 * @since 0.1
 */
public final class PopularKeys<K> implements Consumer<K> {

    /** Until counts are halved, unless said. */
    public static final Duration DEFAULT_HALF_LIFE = Duration.ofHours(1);

    /** Of how many keys one is looked at, unless said. */
    public static final int DEFAULT_SAMPLING = 8;

    /** The most keys that can be wanted. */
    public static final int MAX_TOP = 100_000;

    private static final int WAYS = 8;
    private static final int COUNTED_FOR_EACH_WANTED = 10;
    private static final int LOOKS_AT_THE_CLOCK_EVERY = 64;
    private static final VarHandle KEYS = MethodHandles.arrayElementVarHandle(Object[].class);
    private static final VarHandle COUNTS = MethodHandles.arrayElementVarHandle(int[].class);

    private final int top;
    private final int samplingMask;
    private final long halfLifeNanos;
    private final LongSupplier nanoTime;
    private final @Nullable Object[] keys;
    private final int[] counts;
    private final int setMask;
    private final AtomicLong halvedAt;

    /** Since the counts were halved; some go missing, which does not matter. */
    private int seen;

    private PopularKeys(Builder settings) {
        this.top = settings.top;
        this.samplingMask = settings.sampling - 1;
        this.halfLifeNanos = settings.halfLife.toNanos();
        this.nanoTime = settings.nanoTime;
        int sets = Integer.highestOneBit(Math.max(1, top * COUNTED_FOR_EACH_WANTED / WAYS) * 2 - 1);
        this.setMask = sets - 1;
        this.keys = new @Nullable Object[sets * WAYS];
        this.counts = new int[sets * WAYS];
        this.halvedAt = new AtomicLong(nanoTime.getAsLong());
    }

    /**
     * Learns so many keys, with a half-life of an hour.
     *
     * @param top from 1 to {@value #MAX_TOP}
     */
    public static <K> PopularKeys<K> top(int top) {
        return builder(top).build();
    }

    /** Begins one with other settings. */
    public static Builder builder(int top) {
        return new Builder(top, DEFAULT_HALF_LIFE, DEFAULT_SAMPLING, System::nanoTime);
    }

    /** Notes that a key is asked for. */
    @Override
    public void accept(K key) {
        if ((ThreadLocalRandom.current().nextInt() & samplingMask) == 0) {
            add(key, 1);
            if ((++seen & (LOOKS_AT_THE_CLOCK_EVERY - 1)) == 0) {
                age();
            }
        }
    }

    /** Counts a key as often as that, as one that was popular before a restart. */
    void add(K key, int count) {
        int from = (spread(key.hashCode()) & setMask) * WAYS;
        int least = from;
        int leastCount = Integer.MAX_VALUE;
        for (int i = from; i < from + WAYS; i++) {
            Object there = KEYS.getAcquire(keys, i);
            int countThere = there == null ? 0 : (int) COUNTS.getOpaque(counts, i);
            if (there != null && there.equals(key)) {
                COUNTS.setOpaque(counts, i, sum(countThere, count));
                return;
            }
            if (countThere < leastCount) {
                least = i;
                leastCount = countThere;
            }
        }
        // as often as it would come to it one by one
        if (leastCount == 0 || ThreadLocalRandom.current().nextInt(sum(leastCount, count)) < count) {
            KEYS.setRelease(keys, least, key);
            COUNTS.setOpaque(counts, least, sum(leastCount, count));
        }
    }

    private static int sum(int one, int other) {
        int sum = one + other;
        return sum < 0 ? Integer.MAX_VALUE : sum;
    }

    private static int spread(int hash) {
        int mixed = (hash ^ (hash >>> 16)) * 0x85ebca6b;
        mixed = (mixed ^ (mixed >>> 13)) * 0xc2b2ae35;
        return mixed ^ (mixed >>> 16);
    }

    /** Not after a quiet night, of which nothing was learnt. */
    private void age() {
        long now = nanoTime.getAsLong();
        long before = halvedAt.get();
        if (now - before < halfLifeNanos || seen < counts.length || !halvedAt.compareAndSet(before, now)) {
            return;
        }
        seen = 0;
        for (int i = 0; i < counts.length; i++) {
            int half = (int) COUNTS.getOpaque(counts, i) / 2;
            COUNTS.setOpaque(counts, i, half);
            if (half == 0) {
                KEYS.setRelease(keys, i, null);
            }
        }
    }

    /** The most popular keys, the most popular first, at most as many as wanted. The list is the caller's. */
    public List<K> keys() {
        return new ArrayList<>(counts().keySet());
    }

    /**
     * The same with how often each was seen, of those looked at, with less weight the longer ago. The map is the caller's, in that
     * order.
     */
    @SuppressWarnings("unchecked") // nothing but a K is ever put in
    public Map<K, Integer> counts() {
        Map<K, Integer> all = new HashMap<>();
        for (int i = 0; i < counts.length; i++) {
            Object key = KEYS.getAcquire(keys, i);
            if (key != null) {
                all.merge((K) key, (int) COUNTS.getOpaque(counts, i), PopularKeys::sum);
            }
        }
        return most(all, top);
    }

    static <T> Map<T, Integer> most(Map<T, Integer> all, int top) {
        Map<T, Integer> most = new LinkedHashMap<>();
        all.entrySet().stream()
                .sorted(Map.Entry.<T, Integer>comparingByValue(Comparator.reverseOrder()))
                .limit(top)
                .forEach(entry -> most.put(entry.getKey(), entry.getValue()));
        return most;
    }

    int top() {
        return top;
    }

    @Override
    public String toString() {
        return "PopularKeys[top " + top + " of " + counts.length + " counted]";
    }

    /** Collects the settings. Immutable; each method gives a changed copy. */
    public static final class Builder {

        private final int top;
        private final Duration halfLife;
        private final int sampling;
        private final LongSupplier nanoTime;

        private Builder(int top, Duration halfLife, int sampling, LongSupplier nanoTime) {
            if (top < 1 || top > MAX_TOP) {
                throw new IllegalArgumentException("top " + top + " is not from 1 to " + MAX_TOP);
            }
            this.top = top;
            this.halfLife = halfLife;
            this.sampling = sampling;
            this.nanoTime = nanoTime;
        }

        /**
         * After what time a count weighs half.
         *
         * @param halfLife at least a second
         */
        public Builder halfLife(Duration halfLife) {
            if (halfLife == null || halfLife.compareTo(Duration.ofSeconds(1)) < 0) {
                throw new IllegalArgumentException("halfLife " + halfLife + " is below a second");
            }
            return new Builder(top, halfLife, sampling, nanoTime);
        }

        /**
         * Of how many keys one is looked at, by chance: the more, the cheaper, and the longer it takes to learn.
         *
         * @param oneIn a power of two from 1 to 1,024; {@value PopularKeys#DEFAULT_SAMPLING} unless said
         */
        public Builder sampling(int oneIn) {
            if (oneIn < 1 || oneIn > 1_024 || Integer.bitCount(oneIn) != 1) {
                throw new IllegalArgumentException("sampling " + oneIn + " is not a power of two from 1 to 1024");
            }
            return new Builder(top, halfLife, oneIn, nanoTime);
        }

        /** A monotonic clock in nanoseconds, for tests that move time; {@code System::nanoTime} if not given. */
        public Builder nanoTime(LongSupplier nanoTime) {
            if (nanoTime == null) {
                throw new IllegalArgumentException("nanoTime is null");
            }
            return new Builder(top, halfLife, sampling, nanoTime);
        }

        /** The keys, none yet. */
        public <K> PopularKeys<K> build() {
            return new PopularKeys<>(this);
        }
    }
}
