package io.cacheport.examples.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheport.CacheServicePort;
import io.cacheport.inmemory.InMemoryCacheAdapter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** The chat's unit tests: a cache in memory, whose clock the test moves. */
class ChatInMemoryTest extends ChatContract {

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

    @Test
    void hasNoCircuit() {
        assertThat(chat.circuits()).isEmpty();
    }
}
