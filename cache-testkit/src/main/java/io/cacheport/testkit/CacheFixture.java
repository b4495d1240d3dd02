package io.cacheport.testkit;

import io.cacheport.CacheServicePort;
import io.cacheport.spi.LoadLimit;
import io.cacheport.testkit.fault.FaultyCacheService;
import java.time.Duration;

/**
 * A cache under test and the power over its time. A new one is made for each test, over an empty store and with counters
 * at zero; {@code keys} counts nothing but the test's own entries.
 *
 * @since 0.1
 */
public interface CacheFixture extends AutoCloseable {

    /** The cache under test. */
    CacheServicePort cache();

    /**
     * Makes every entry that much older: what has so much TTL left or less is gone when this returns. A store whose clock
     * cannot be moved is aged by shortening its TTLs.
     */
    void passTime(Duration time);

    /** Whether values are encoded (P5, P9). */
    default boolean encodes() {
        return true;
    }

    /** Whether every reader gets a value of its own (P5); as it does where they are decoded. */
    default boolean copies() {
        return encodes();
    }

    /** The size limit of an encoded value, or 0 if there is none (P10). Should be small: tests store that much. */
    default int maximumValueBytes() {
        return 0;
    }

    /**
     * A cache that is degraded and stays so, whose loads have this limit (A10). By default the cache under test with its
     * store made unreachable; an adapter that implements {@link io.cacheport.spi.LoadLimited} gives one of its own.
     */
    default CacheServicePort degraded(LoadLimit limit) {
        FaultyCacheService faulty = FaultyCacheService.over(cache(), limit);
        faulty.down();
        return faulty;
    }

    /**
     * Closes the cache under test as whoever opened it would; of a view that closes nothing, the cache behind. May be called
     * twice.
     */
    default void closeCache() {
        cache().close();
    }

    /** Closes the cache. */
    @Override
    void close();

    /** This fixture with a decorator in front of its cache, to show that the decorator keeps the contract too. */
    default CacheFixture behind(CacheServicePort decorator) {
        return new FrontedFixture(this, decorator);
    }

    /** The same for a view whose {@code close} leaves the cache behind open, for others to use. */
    default CacheFixture seenThrough(CacheServicePort view) {
        return new FrontedFixture(this, view) {
            @Override
            public void closeCache() {
                behind().closeCache();
            }
        };
    }
}
