package io.cacheport.inmemory;

import com.github.benmanes.caffeine.cache.Cache;
import io.cacheport.ValueEncodingException;
import io.cacheport.lease.Lease;
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

    /** The value's entry, if there is one that has not expired. The hot path. */
    @Nullable
    Entry find(String key) {
        Entry entry = entries.getIfPresent(key);
        return entry != null && entry.isValue() && clock.isAhead(entry.deadline()) ? entry : null;
    }

    /** What to keep for the value; one that cannot be kept is counted. */
    @Nullable
    Object hold(@Nullable Object value) {
        try {
            return form.hold(value);
        } catch (ValueEncodingException noEncoding) {
            stats.error();
            throw noEncoding;
        }
    }

    void put(String key, @Nullable Object held, long ttlNanos) {
        entries.put(key, entryOf(key, held, ttlNanos, null));
        if (closed) {
            entries.invalidate(key); // close came in between
        }
    }

    boolean remove(String key) {
        Entry entry = entries.asMap().remove(key);
        return entry != null && clock.isAhead(entry.deadline());
    }

    boolean expire(String key, long ttlNanos) {
        Entry now = entries.asMap().computeIfPresent(key, (k, entry) -> {
            if (!clock.isAhead(entry.deadline())) {
                return null;
            }
            return entry.isValue() ? entryOf(key, entry.stored(), ttlNanos, null) : entry;
        });
        return now != null && now.isValue();
    }

    /** Leases the key unless there is something, but for {@code inTheWay}; what there is then, or null. */
    @Nullable
    @SuppressWarnings("ReferenceEquality") // that very entry
    Entry lease(Lease lease, long nanos, @Nullable Entry inTheWay) {
        Entry leased = entryOf(lease.key(), null, nanos, lease);
        Entry now = entries.asMap()
                .merge(
                        lease.key(),
                        leased,
                        (entry, made) -> entry != inTheWay && clock.isAhead(entry.deadline()) ? entry : made);
        return now == leased ? null : now;
    }

    /** Stores it in the place of the lease; false if that is no longer there. */
    @SuppressWarnings("ReferenceEquality") // that very entry
    boolean fill(Lease lease, @Nullable Object held, long ttlNanos) {
        Entry filled = entryOf(lease.key(), held, ttlNanos, null);
        return entries.asMap().computeIfPresent(lease.key(), (k, entry) -> isOf(lease, entry) ? filled : entry)
                == filled;
    }

    boolean renew(Lease lease, long nanos) {
        Entry entry = entries.asMap().get(lease.key());
        return entry != null
                && isOf(lease, entry)
                && entries.asMap().replace(lease.key(), entry, entryOf(lease.key(), null, nanos, lease));
    }

    boolean release(Lease lease) {
        Entry entry = entries.asMap().get(lease.key());
        return entry != null && isOf(lease, entry) && entries.asMap().remove(lease.key(), entry);
    }

    private boolean isOf(Lease lease, Entry entry) {
        return lease.equals(entry.lease()) && clock.isAhead(entry.deadline());
    }

    private Entry entryOf(String key, @Nullable Object held, long nanos, @Nullable Lease lease) {
        return new Entry(held, clock.nanoTime() + nanos, weight(key, held), lease);
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
