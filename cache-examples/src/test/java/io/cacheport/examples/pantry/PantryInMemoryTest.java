package io.cacheport.examples.pantry;

import io.cacheport.CacheServicePort;
import io.cacheport.inmemory.InMemoryCacheAdapter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** The pantry's unit tests: a cache in memory, whose clock the test moves. */
class PantryInMemoryTest extends PantryContract {

    private final AtomicLong clock = new AtomicLong();

    @Override
    CacheServicePort emptyCache() {
        return InMemoryCacheAdapter.builder().nanoTime(clock::get).build();
    }

    @Override
    void passTime(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    /** A closed cache answers as one whose store is away. */
    @Override
    void cacheGoesAway() {
        cache.close();
    }
}
