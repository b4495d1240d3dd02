package io.cacheport.spi;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The keys of the largest values that an adapter has stored or read, while somebody wants to know; one for each adapter,
 * which tells it the bytes of each value. A value above the least of them is always noted, another one time in {@value
 * #SAMPLING}, so that one that has shrunk leaves. While nobody wants to know it costs a look at one field.
 *
 * <p>Thread-safe, in bounded memory.
 *
 * @since 0.1
 */
public final class KeySizes {

    /** Of how many small values one is looked at. */
    public static final int SAMPLING = 8;

    /** The most keys that can be wanted. */
    public static final int MAX_TOP = 1_000;

    /** So many are noted for each that is wanted, since some are gone when it is asked. */
    private static final int NOTED_FOR_EACH_WANTED = 4;

    private volatile @Nullable Largest largest;

    /** Nobody wants to know. */
    public KeySizes() {}

    /** Capability of an adapter that has such sizes. */
    public interface Sized {

        /** Those of its values, always the same. */
        KeySizes keySizes();
    }

    /**
     * Begins to note the largest, or goes on with more or fewer; 0 ends it and forgets them.
     *
     * @param top 0 to {@value #MAX_TOP}
     */
    public void watch(int top) {
        if (top < 0 || top > MAX_TOP) {
            throw new IllegalArgumentException("top " + top + " is not from 0 to " + MAX_TOP);
        }
        largest = top == 0 ? null : new Largest(top * NOTED_FOR_EACH_WANTED);
    }

    /** For the adapter: whether {@link #sized} wants to be told of a value of so many bytes now. */
    public boolean wants(int bytes) {
        Largest now = largest;
        return now != null && (bytes > now.least || ThreadLocalRandom.current().nextInt(SAMPLING) == 0);
    }

    /** For the adapter, if it is {@linkplain #wants wanted}: the value at the key has so many bytes. */
    public void sized(String key, int bytes) {
        Largest now = largest;
        if (now != null) {
            now.note(key, bytes);
        }
    }

    /** A key is gone. */
    private void forget(String key) {
        Largest now = largest;
        if (now != null) {
            now.forget(key);
        }
    }

    /**
     * The largest that are still there, with their bytes, the largest first.
     *
     * @param isThere asked of each from the largest on until there are enough
     */
    public Map<String, Integer> top(int top, Predicate<String> isThere) {
        Largest now = largest;
        Map<String, Integer> found = new LinkedHashMap<>();
        for (Map.Entry<String, Integer> one : now == null ? List.<Map.Entry<String, Integer>>of() : now.inOrder()) {
            if (found.size() == top) {
                break;
            }
            if (isThere.test(one.getKey())) {
                found.put(one.getKey(), one.getValue());
            } else {
                forget(one.getKey());
            }
        }
        return found;
    }

    /** At most so many. */
    private static final class Largest {

        private final int most;
        private final ConcurrentHashMap<String, Integer> bytesByKey = new ConcurrentHashMap<>();

        /** What a value has to exceed to be among them; -1 while there is room. */
        private volatile int least = -1;

        Largest(int most) {
            this.most = most;
        }

        void note(String key, int bytes) {
            Integer before = bytesByKey.get(key);
            if (before != null ? before != bytes : bytes > least) {
                change(key, bytes);
            }
        }

        private synchronized void change(String key, int bytes) {
            bytesByKey.put(key, bytes);
            if (bytesByKey.size() > most) {
                bytesByKey.remove(least().getKey());
            }
            least = bytesByKey.size() < most ? -1 : least().getValue();
        }

        synchronized void forget(String key) {
            bytesByKey.remove(key);
            least = -1;
        }

        private Map.Entry<String, Integer> least() {
            return bytesByKey.entrySet().stream()
                    .min(Map.Entry.comparingByValue())
                    .orElseThrow();
        }

        List<Map.Entry<String, Integer>> inOrder() {
            List<Map.Entry<String, Integer>> all = new ArrayList<>(bytesByKey.size());
            bytesByKey.forEach((key, bytes) -> all.add(Map.entry(key, bytes)));
            all.sort(Map.Entry.comparingByValue(Comparator.reverseOrder()));
            return all;
        }
    }
}
