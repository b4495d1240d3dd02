package io.cacheport.inmemory;

import io.cacheport.testkit.CacheFixture;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/** An in-memory cache whose clock the test moves. */
record InMemoryFixture(boolean encodes, InMemoryCacheAdapter cache, AtomicLong clock) implements CacheFixture {

    InMemoryFixture(boolean encodes, InMemoryCacheBuilder builder) {
        this(encodes, builder, new AtomicLong(System.nanoTime()));
    }

    private InMemoryFixture(boolean encodes, InMemoryCacheBuilder builder, AtomicLong clock) {
        this(encodes, builder.nanoTime(clock::get).build(), clock);
    }

    @Override
    public void passTime(Duration time) {
        clock.addAndGet(time.toNanos());
    }

    @Override
    public void close() {
        cache.close();
    }
}
