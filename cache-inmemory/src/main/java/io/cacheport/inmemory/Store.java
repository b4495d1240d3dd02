package io.cacheport.inmemory;

import com.github.benmanes.caffeine.cache.Cache;
import io.cacheport.spi.StatsCounter;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** The entries, their clock and counters; shared by an adapter and its strict view. Reads expired entries as none. */
final class Store {

    private static final int TICK_EVERY = 4_096;
    /** What an entry costs beyond its key and value: map node, entry, array headers; measured on a 64-bit JVM. */
    private static final int OVERHEAD_BYTES = 160;

    final StatsCounter stats = new StatsCounter();
    final ValueForm form;
    private final Cache<String, Entry> entries;
    private final ExpiryClock clock;
    private final boolean boundedByBytes;
    private volatile boolean closed;

    Store(Cache<String, Entry> entries, ExpiryClock clock, ValueForm form, boolean boundedByBytes) {
        this.entries = entries;
        this.clock = clock;
        this.form = form;
        this.boundedByBytes = boundedByBytes;
    }

    /** The entry, if there is one that has not expired. The hot path. */
    @Nullable
    Entry find(String key) {
        Entry entry = entries.getIfPresent(key);
        return entry != null && clock.isAhead(entry.deadline()) ? entry : null;
    }

    void put(String key, @Nullable Object held, long ttlNanos) {
        entries.put(key, new Entry(held, clock.nanoTime() + ttlNanos, weight(key, held)));
        if (closed) {
            entries.invalidate(key); // close came in between
        }
    }

    boolean remove(String key) {
        Entry entry = entries.asMap().remove(key);
        return entry != null && clock.isAhead(entry.deadline());
    }

    boolean expire(String key, long ttlNanos) {
        return entries.asMap()
                        .computeIfPresent(
                                key,
                                (k, entry) -> clock.isAhead(entry.deadline())
                                        ? new Entry(entry.stored(), clock.nanoTime() + ttlNanos, entry.weight())
                                        : null)
                != null;
    }

    long remainingNanos(Entry entry) {
        return entry.deadline() - clock.nanoTime();
    }

    long removeIf(Predicate<String> matches) {
        long removed = 0;
        for (String key : entries.asMap().keySet()) {
            if (matches.test(key) && remove(key)) {
                removed++;
            }
        }
        return removed;
    }

    /** Removes what has expired; an entry replaced meanwhile stays. */
    void sweep() {
        int seen = 0;
        for (Map.Entry<String, Entry> mapping : entries.asMap().entrySet()) {
            if (!clock.isAhead(mapping.getValue().deadline())) {
                entries.asMap().remove(mapping.getKey(), mapping.getValue());
            }
            if (++seen % TICK_EVERY == 0) {
                Housekeeper.SHARED.tick();
            }
        }
    }

    /** Entries that have not expired. */
    long size() {
        sweep();
        entries.cleanUp();
        return entries.estimatedSize();
    }

    boolean isClosed() {
        return closed;
    }

    void close() {
        closed = true;
        Housekeeper.SHARED.remove(this);
        entries.invalidateAll();
    }

    private int weight(String key, @Nullable Object held) {
        return boundedByBytes ? OVERHEAD_BYTES + key.getBytes(StandardCharsets.UTF_8).length + form.bytes(held) : 1;
    }
}
