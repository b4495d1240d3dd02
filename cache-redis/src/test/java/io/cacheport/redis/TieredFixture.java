package io.cacheport.redis;

import static org.awaitility.Awaitility.await;

import io.cacheport.inmemory.InMemoryCacheAdapter;
import io.cacheport.inmemory.InMemoryCacheBuilder;
import io.cacheport.testkit.CacheFixture;
import io.cacheport.tiered.FeedState;
import io.cacheport.tiered.Tiered;
import io.cacheport.tiered.TieredCache;
import java.time.Duration;

/** A near cache in front of another fixture's Redis. What that does to the store has been heard when it returns. */
final class TieredFixture implements CacheFixture {

    private final RedisAdapterFixture behind;
    private final boolean copying;
    private final TieredCache cache;

    TieredFixture(RedisAdapterFixture behind, boolean copying) {
        this.behind = behind;
        this.copying = copying;
        InMemoryCacheBuilder near = InMemoryCacheAdapter.builder();
        this.cache = Tiered.near(copying ? near.copying().build() : near.build())
                .stalenessBound(Duration.ofMillis(200))
                .far(behind.cache());
        await().pollInterval(Duration.ofMillis(5))
                .pollDelay(Duration.ZERO)
                .atMost(Duration.ofSeconds(10))
                .until(() -> isHeard(cache));
    }

    private static boolean isHeard(TieredCache cache) {
        FeedState state = cache.feedState();
        return state.nodes() > 0 && state.proofAges().size() == state.nodes();
    }

    /** Returns when all that the store has said by now was heard. */
    static void awaitHeard(TieredCache cache) {
        long from = System.nanoTime();
        await().pollInterval(Duration.ofMillis(5))
                .atMost(Duration.ofSeconds(10))
                .until(() -> {
                    Duration elapsed = Duration.ofNanos(System.nanoTime() - from);
                    Duration age = cache.feedState().staleness();
                    return isHeard(cache) && age != null && age.compareTo(elapsed) < 0;
                });
    }

    @Override
    public TieredCache cache() {
        return cache;
    }

    @Override
    public void passTime(Duration time) {
        behind.passTime(time);
        awaitHeard(cache);
    }

    @Override
    public boolean copies() {
        return copying;
    }

    @Override
    public int maximumValueBytes() {
        return behind.maximumValueBytes();
    }

    @Override
    public void close() {
        cache.close();
        behind.close();
    }
}
