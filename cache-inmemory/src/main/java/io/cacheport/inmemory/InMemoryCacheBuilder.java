package io.cacheport.inmemory;

import com.github.benmanes.caffeine.cache.Caffeine;
import io.cacheport.spi.Codec;
import io.cacheport.spi.CodecProvider;
import io.cacheport.spi.StatsCounter;
import java.util.ServiceLoader;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * Settings of an {@link InMemoryCacheAdapter}. Each is checked when it is given, contradictions when the cache is built.
 * Not thread-safe.
 *
 * @since 0.1
 */
public final class InMemoryCacheBuilder {

    /** The bound when none is given. */
    public static final long DEFAULT_ENTRIES = 100_000;

    /** The largest encoded value when none is given: 1 MiB, as on Redis. */
    public static final int DEFAULT_VALUE_BYTES = 1 << 20;

    private @Nullable Long maximumEntries;
    private @Nullable Long maximumBytes;
    private @Nullable Integer maximumValueBytes;
    private @Nullable Codec codec;
    private @Nullable LongSupplier nanoTime;

    InMemoryCacheBuilder() {}

    /** Holds at most so many entries; {@value #DEFAULT_ENTRIES} if no bound is given. */
    public InMemoryCacheBuilder maximumEntries(long entries) {
        this.maximumEntries = positive("maximumEntries", entries);
        return this;
    }

    /** Holds at most about so many bytes, keys and overhead included; needs {@link #copying()}. */
    public InMemoryCacheBuilder maximumBytes(long bytes) {
        this.maximumBytes = positive("maximumBytes", bytes);
        return this;
    }

    /** Refuses values whose encoding is larger (P10), {@value #DEFAULT_VALUE_BYTES} if not given; needs {@link #copying()}. */
    public InMemoryCacheBuilder maximumValueBytes(int bytes) {
        this.maximumValueBytes = (int) positive("maximumValueBytes", bytes);
        return this;
    }

    /**
     * Encodes and decodes every value with the codec of the Redis adapter, so that tests meet what Redis would do.
     *
     * @throws IllegalStateException if {@code cache-redis}, which has the codec, is not on the class path
     */
    public InMemoryCacheBuilder copying() {
        return copying(ServiceLoader.load(CodecProvider.class, InMemoryCacheBuilder.class.getClassLoader())
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException(
                                "no codec on the class path: add the artifact io.cacheport:cache-redis, or call copying(codec)"))
                .codec());
    }

    /** Encodes and decodes every value with this codec. */
    public InMemoryCacheBuilder copying(Codec codec) {
        if (codec == null) {
            throw new IllegalArgumentException("codec is null");
        }
        this.codec = codec;
        return this;
    }

    /** A monotonic clock in nanoseconds, for tests that move time; {@code System::nanoTime} if not given. */
    public InMemoryCacheBuilder nanoTime(LongSupplier nanoTime) {
        if (nanoTime == null) {
            throw new IllegalArgumentException("nanoTime is null");
        }
        this.nanoTime = nanoTime;
        return this;
    }

    /**
     * The cache.
     *
     * @throws IllegalArgumentException if two settings contradict each other, naming both
     */
    public InMemoryCacheAdapter build() {
        if (maximumEntries != null && maximumBytes != null) {
            throw new IllegalArgumentException("maximumEntries " + maximumEntries + " and maximumBytes " + maximumBytes
                    + " are both given: bound the cache by one");
        }
        if (codec == null && (maximumBytes != null || maximumValueBytes != null)) {
            throw new IllegalArgumentException(
                    (maximumBytes != null ? "maximumBytes " + maximumBytes : "maximumValueBytes " + maximumValueBytes)
                            + " needs copying(): the size of a reference is not known");
        }
        ValueForm form = codec == null ? new ValueForm.References() : new ValueForm.Copies(codec);
        ExpiryClock clock =
                nanoTime == null ? new ExpiryClock.Coarse(Housekeeper.SHARED) : new ExpiryClock.Given(nanoTime);
        // on the caller's thread, so that eviction is done when set returns and no pool is needed
        StatsCounter stats = new StatsCounter();
        Caffeine<Object, Object> caffeine =
                Caffeine.newBuilder().executor(Runnable::run).evictionListener((key, entry, cause) -> stats.evicted());
        String bound;
        Store store;
        if (maximumBytes != null) {
            bound = maximumBytes + " bytes";
            store = new Store(
                    caffeine.maximumWeight(maximumBytes)
                            .weigher((String key, Entry entry) -> entry.weight())
                            .build(),
                    clock,
                    form,
                    stats,
                    true);
        } else {
            long entries = maximumEntries == null ? DEFAULT_ENTRIES : maximumEntries;
            bound = entries + " entries";
            store = new Store(caffeine.maximumSize(entries).build(), clock, form, stats, false);
        }
        Housekeeper.SHARED.add(store);
        return new InMemoryCacheAdapter(
                store,
                maximumValueBytes == null ? DEFAULT_VALUE_BYTES : maximumValueBytes,
                "at most " + bound + ", " + form);
    }

    private static long positive(String name, long value) {
        if (value <= 0) {
            throw new IllegalArgumentException(name + " " + value + " is not positive");
        }
        return value;
    }
}
