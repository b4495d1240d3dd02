package io.cacheport.inmemory;

import com.github.benmanes.caffeine.cache.Cache;
import io.cacheport.ErrorCause;
import io.cacheport.TypeRef;
import io.cacheport.ValueEncodingException;
import io.cacheport.inmemory.Entry.Occupant;
import io.cacheport.lease.Lease;
import io.cacheport.lease.Stamp;
import io.cacheport.lease.Tags;
import io.cacheport.lease.Terms;
import io.cacheport.spi.CacheTelemetry;
import io.cacheport.spi.KeySizes;
import io.cacheport.spi.StatsCounter;
import io.cacheport.spi.UnreadableValueException;
import io.cacheport.tiered.Proof;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** The entries, their clock and counters; shared by an adapter and its strict view. Reads expired entries as none. */
final class Store {

    /** The TTL of an entry without one: longer than any JVM runs, and still less than the clock can tell apart. */
    static final long NO_EXPIRY = Long.MAX_VALUE / 2;

    private static final TypeRef<String> STAMP = TypeRef.of(String.class);
    private static final int TICK_EVERY = 4_096;
    /** What an entry costs beyond its key and value: map node, entry, array headers; measured on a 64-bit JVM. */
    private static final int OVERHEAD_BYTES = 160;

    final StatsCounter stats;
    final CacheTelemetry telemetry;
    final KeySizes sizes = new KeySizes();
    final ValueForm form;
    private final Cache<String, Entry> entries;
    private final ExpiryClock clock;
    private final boolean boundedByBytes;
    private volatile boolean closed;

    Store(Cache<String, Entry> entries, ExpiryClock clock, ValueForm form, StatsCounter stats, boolean boundedByBytes) {
        this.entries = entries;
        this.clock = clock;
        this.form = form;
        this.stats = stats;
        this.telemetry = new CacheTelemetry(stats, boundedByBytes ? this::bytes : null);
        this.boundedByBytes = boundedByBytes;
    }

    /** The value's entry, if there is one that may be read. The hot path. */
    @Nullable
    Entry find(String key) {
        Entry entry = entries.getIfPresent(key);
        return entry != null && isUsable(entry) ? entry : null;
    }

    /** The same if stale values are values too. */
    @Nullable
    Entry findEvenStale(String key) {
        Entry entry = entries.getIfPresent(key);
        return entry != null
                        && entry.isValue()
                        && isThere(entry)
                        && isProven(entry)
                        && (entry.beside() == null || isCurrent(entry.beside()))
                ? entry
                : null;
    }

    /** Whether it is a value that its TTL and its tags let live. */
    boolean isUsable(Entry entry) {
        return isThere(entry) && (entry.isPlain() || isUsableBeyondItsTtl(entry));
    }

    private boolean isUsableBeyondItsTtl(Entry entry) {
        Beside beside = entry.beside();
        return entry.isValue()
                && isProven(entry)
                && (beside == null || (isAhead(beside.freshUntil()) && isCurrent(beside)));
    }

    /** Whether it is no copy, or one that may be served now. */
    private boolean isProven(Entry entry) {
        return entry.proof() == null || entry.proof().holdsAt(clock.nanoTime());
    }

    /** Whether none of its tags was invalidated, or is unknown. */
    private boolean isCurrent(Beside beside) {
        if (beside.stampsByKey().isEmpty()) {
            return true;
        }
        for (Map.Entry<String, String> tag : beside.stampsByKey().entrySet()) {
            if (!tag.getValue().equals(stampOf(tag.getKey()))) {
                return false;
            }
        }
        return true;
    }

    private @Nullable String stampOf(String tagKey) {
        Entry entry = find(tagKey);
        try {
            return entry == null ? null : form.read(tagKey, entry.stored(), STAMP);
        } catch (UnreadableValueException somethingElse) {
            return null;
        }
    }

    /** The stamp of the tag, made if there is none; it lives so long at least. */
    String stamp(String tagKey, long nanos) {
        Object made = form.hold(tagKey, Stamp.next().toString());
        Entry now = entries.asMap().merge(tagKey, entryOf(tagKey, made, nanos, null, null), (there, fresh) -> {
            if (!there.isValue() || !isThere(there)) {
                return fresh;
            }
            return there.deadline() - fresh.deadline() >= 0
                    ? there
                    : new Entry(there.stored(), fresh.deadline(), there.weight(), null, null);
        });
        try {
            return String.valueOf(form.read(tagKey, now.stored(), STAMP));
        } catch (UnreadableValueException somethingElse) {
            return ""; // no stamp is like this one, so nothing that has it is ever read
        }
    }

    /** What to keep for the value; one that cannot be kept is counted. */
    @Nullable
    Object hold(String key, @Nullable Object value) {
        try {
            return form.hold(key, value);
        } catch (ValueEncodingException noEncoding) {
            stats.error(ErrorCause.UNENCODABLE);
            throw noEncoding;
        }
    }

    void put(String key, @Nullable Object held, long ttlNanos) {
        entries.put(key, entryOf(key, held, ttlNanos, null, null));
        if (closed) {
            entries.invalidate(key); // close came in between
        }
    }

    boolean remove(String key) {
        Entry entry = entries.asMap().remove(key);
        return entry != null && isThere(entry);
    }

    boolean expire(String key, long ttlNanos) {
        return change(key, entry -> {
            if (!isUsable(entry)) {
                return entry;
            }
            Beside beside = entry.beside();
            if (beside == null) {
                return entryOf(key, entry.stored(), ttlNanos, null, null);
            }
            Terms terms = beside.terms();
            long now = clock.nanoTime();
            Beside moved = new Beside(
                    terms, beside.stampsByKey(), beside.stamp(), beside.storedAt(), now + ttlNanos, null, false, 0);
            return entryOf(key, entry.stored(), ttlNanos + terms.stale().toNanos(), null, moved);
        });
    }

    /**
     * What {@code use} makes of the structure at the key, in one step. Where there is none it is made and used, if the caller
     * says how; else it is {@code none}. One that is empty then is gone.
     */
    <S extends Structure, R> @Nullable R inStructure(
            String key,
            Class<S> kind,
            @Nullable Supplier<S> made,
            long ttlNanos,
            Function<S, @Nullable R> use,
            @Nullable R none)
            throws WrongStructureException {
        List<@Nullable R> answers = new ArrayList<>(1);
        entries.asMap().compute(key, (k, entry) -> {
            if (entry == null || !isThere(entry)) {
                if (made == null) {
                    answers.add(none);
                    return null;
                }
                S fresh = made.get();
                answers.add(use.apply(fresh));
                return fresh.isEmpty() ? null : entryOf(key, fresh, ttlNanos, null, null);
            }
            if (!kind.isInstance(entry.stored())) {
                return entry;
            }
            S there = kind.cast(entry.stored());
            answers.add(use.apply(there));
            return there.isEmpty() ? null : new Entry(there, entry.deadline(), weight(key, there), null, null);
        });
        if (closed) {
            entries.invalidate(key);
        }
        if (answers.isEmpty()) {
            throw new WrongStructureException();
        }
        return answers.get(0);
    }

    /** Adds to the counter, or makes it; what it is then. Throws an ArithmeticException for what it cannot hold. */
    long add(String key, long by, long ttlNanos) throws WrongStructureException {
        long[] sum = {0};
        boolean[] wrong = {false};
        entries.asMap().compute(key, (k, entry) -> {
            if (entry == null || !isThere(entry)) {
                sum[0] = by;
                return entryOf(key, new Structure.Counter(by), ttlNanos, null, null);
            }
            if (!(entry.stored() instanceof Structure.Counter counter)) {
                wrong[0] = true;
                return entry;
            }
            sum[0] = Math.addExact(counter.number(), by);
            return new Entry(new Structure.Counter(sum[0]), entry.deadline(), entry.weight(), null, null);
        });
        if (closed) {
            entries.invalidate(key);
        }
        if (wrong[0]) {
            throw new WrongStructureException();
        }
        return sum[0];
    }

    /** Leases the key unless there is something, but for {@code inTheWay}; what there is then, or null. */
    @Nullable
    @SuppressWarnings("ReferenceEquality") // that very entry
    Entry lease(Lease lease, long nanos, @Nullable Entry inTheWay) {
        Entry leased = entryOf(lease.key(), null, nanos, new Occupant.Leased(lease), null);
        Entry now = entries.asMap()
                .merge(lease.key(), leased, (entry, made) -> entry != inTheWay && isThere(entry) ? entry : made);
        return now == leased ? null : now;
    }

    /** Leases the value to be refreshed, if it is still from that act of storing and nobody has its lease. */
    boolean leaseValue(Lease lease, Stamp seen, long nanos) {
        return change(lease.key(), entry -> {
            Beside beside = entry.beside();
            return beside == null || !isThere(entry) || !seen.equals(beside.stamp()) || isLeased(beside)
                    ? entry
                    : with(entry, beside.leased(lease, false, clock.nanoTime() + nanos));
        });
    }

    /** Whether somebody has its lease, or it rests. */
    boolean isLeased(Beside beside) {
        return (beside.lease() != null || beside.resting()) && isAhead(beside.leasedUntil());
    }

    /** Keeps a copy in the place of the lease; false if that is no longer there. */
    boolean keep(Lease place, @Nullable Object held, long deadline, @Nullable Beside beside, Proof proof) {
        Entry copy = Entry.copy(held, deadline, weight(place.key(), held), beside, proof);
        return change(place.key(), entry -> isOf(place, entry) ? copy : entry);
    }

    /** Removes whatever is there; whether it was a value. */
    boolean drop(String key) {
        Entry dropped = entries.asMap().remove(key);
        return dropped != null && dropped.isValue();
    }

    /** Drops what matches; how many values that were. */
    long dropIf(Predicate<String> matches) {
        return entries.asMap().keySet().stream()
                .filter(key -> matches.test(key) && drop(key))
                .count();
    }

    /** Stores it in the place of the lease; false if that is no longer there. */
    boolean fill(Lease lease, @Nullable Object held, Terms terms) {
        Entry filled = entryOf(lease.key(), held, terms);
        return change(lease.key(), entry -> isOf(lease, entry) ? filled : entry);
    }

    boolean keep(Lease lease, Terms terms) {
        return change(lease.key(), entry -> {
            Beside beside = entry.beside();
            return beside == null || !isOf(lease, entry)
                    ? entry
                    : entryOf(
                            lease.key(),
                            entry.stored(),
                            terms.life().toNanos(),
                            null,
                            beside.kept(terms, clock.nanoTime(), terms.fresh().toNanos()));
        });
    }

    boolean renew(Lease lease, long nanos) {
        return change(lease.key(), entry -> {
            if (!isOf(lease, entry)) {
                return entry;
            }
            Beside beside = entry.beside();
            return beside == null
                    ? entryOf(lease.key(), null, nanos, entry.occupant(), null)
                    : with(entry, beside.leased(lease, false, clock.nanoTime() + nanos));
        });
    }

    /** Gives the value's lease to nobody for a time. */
    boolean rest(Lease lease, long nanos) {
        return change(lease.key(), entry -> {
            Beside beside = entry.beside();
            return beside == null || !isOf(lease, entry)
                    ? entry
                    : with(entry, beside.leased(null, true, clock.nanoTime() + nanos));
        });
    }

    boolean release(Lease lease) {
        return change(lease.key(), entry -> {
            if (!isOf(lease, entry)) {
                return entry;
            }
            Beside beside = entry.beside();
            return beside == null ? null : with(entry, beside.leased(null, false, 0));
        });
    }

    boolean fail(Lease lease, String failure, long nanos) {
        return change(
                lease.key(),
                entry -> isOf(lease, entry) && !lease.ofValue()
                        ? entryOf(lease.key(), null, nanos, new Occupant.Failure(failure), null)
                        : entry);
    }

    /** Stores it unless one of its version or a newer is there, or the key is being written. */
    @SuppressWarnings("ReferenceEquality") // that very entry
    boolean putIfNewer(String key, @Nullable Object held, Terms terms, long version) {
        Entry put = entryOf(key, held, terms);
        Entry now = entries.asMap()
                .merge(key, put, (there, made) -> isThere(there) && staysBefore(there, version) ? there : made);
        if (closed) {
            entries.invalidate(key);
        }
        return now == put;
    }

    private static boolean staysBefore(Entry there, long version) {
        Beside beside = there.beside();
        Long its = beside == null ? null : beside.terms().version();
        return there.occupant() instanceof Occupant.Writing || (its != null && its >= version);
    }

    void beginWrite(String key, Stamp write, long nanos) {
        Entry alone = entryOf(key, null, nanos, new Occupant.Writing(List.of(write)), null);
        entries.asMap().merge(key, alone, (there, made) -> {
            if (!isThere(there) || !(there.occupant() instanceof Occupant.Writing others)) {
                return made;
            }
            List<Stamp> all = new ArrayList<>(others.writes());
            all.add(write);
            long last = there.deadline() - made.deadline() > 0 ? there.deadline() : made.deadline();
            return new Entry(null, last, made.weight(), new Occupant.Writing(List.copyOf(all)), null);
        });
    }

    void endWrite(String key, Stamp write) {
        change(key, entry -> {
            if (!isThere(entry) || !(entry.occupant() instanceof Occupant.Writing writing)) {
                return null;
            }
            List<Stamp> left =
                    writing.writes().stream().filter(one -> !one.equals(write)).toList();
            return left.isEmpty()
                    ? null
                    : new Entry(null, entry.deadline(), entry.weight(), new Occupant.Writing(left), null);
        });
    }

    /** Whether it was changed, in one step. */
    @SuppressWarnings({"ReferenceEquality", "NullAway"}) // that very entry; and a mapping may be removed by null
    private boolean change(String key, UnaryOperator<@Nullable Entry> to) {
        boolean[] changed = {false};
        entries.asMap().computeIfPresent(key, (k, entry) -> {
            Entry now = to.apply(entry);
            changed[0] = now != entry;
            return now;
        });
        return changed[0];
    }

    private boolean isOf(Lease lease, Entry entry) {
        if (!isThere(entry)) {
            return false;
        }
        Beside beside = entry.beside();
        return lease.ofValue()
                ? beside != null && lease.equals(beside.lease())
                : entry.occupant() instanceof Occupant.Leased leased && lease.equals(leased.lease());
    }

    private static Entry with(Entry entry, Beside beside) {
        return new Entry(entry.stored(), entry.deadline(), entry.weight(), null, beside);
    }

    private Entry entryOf(String key, @Nullable Object held, Terms terms) {
        long life = terms.life().toNanos();
        if (terms.isPlain()) {
            return entryOf(key, held, life, null, null);
        }
        Map<String, String> stampsByKey = new HashMap<>();
        terms.tags().forEach((tag, stamp) -> stampsByKey.put(Tags.keyOf(tag), stamp));
        long now = clock.nanoTime();
        Beside beside = new Beside(
                terms, stampsByKey, Stamp.next(), now, now + terms.fresh().toNanos(), null, false, 0);
        return entryOf(key, held, life, null, beside);
    }

    private Entry entryOf(
            String key, @Nullable Object held, long nanos, @Nullable Occupant occupant, @Nullable Beside beside) {
        return new Entry(held, clock.nanoTime() + nanos, weight(key, held), occupant, beside);
    }

    /** Whether its time is not over, whatever it is. */
    private boolean isThere(Entry entry) {
        return isAhead(entry.deadline());
    }

    boolean isAhead(long deadline) {
        return clock.isAhead(deadline);
    }

    long nanoTime() {
        return clock.nanoTime();
    }

    /** Of its TTL. */
    long remainingNanos(Entry entry) {
        Beside beside = entry.beside();
        return (beside == null ? entry.deadline() : beside.freshUntil()) - clock.nanoTime();
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
            if (!isThere(mapping.getValue())) {
                entries.asMap().remove(mapping.getKey(), mapping.getValue());
            }
            if (++seen % TICK_EVERY == 0) {
                Housekeeper.SHARED.tick();
            }
        }
    }

    /** Entries, some of which may have expired. */
    long estimatedSize() {
        return entries.estimatedSize();
    }

    /** Entries that have not expired. */
    long size() {
        sweep();
        entries.cleanUp();
        return entries.estimatedSize();
    }

    private long bytes() {
        return entries.policy()
                .eviction()
                .map(bound -> bound.weightedSize().orElse(0))
                .orElse(0L);
    }

    boolean isClosed() {
        return closed;
    }

    void close() {
        closed = true;
        Housekeeper.SHARED.remove(this);
        entries.invalidateAll();
    }

    /** References have none that is known. */
    private void noteSize(String key, int bytes) {
        if (bytes > 0 && sizes.wants(bytes) && !key.startsWith(Tags.KEY_PREFIX)) {
            sizes.sized(key, bytes);
        }
    }

    private int weight(String key, @Nullable Object held) {
        noteSize(key, form.bytes(held));
        if (!boundedByBytes) {
            return 1;
        }
        long bytes = held instanceof Structure structure ? structure.bytes(form::bytes) : form.bytes(held);
        return (int) Math.min(Integer.MAX_VALUE, OVERHEAD_BYTES + key.getBytes(StandardCharsets.UTF_8).length + bytes);
    }
}
