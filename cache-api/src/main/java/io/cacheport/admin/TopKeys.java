package io.cacheport.admin;

import io.cacheport.CacheException;
import io.cacheport.CacheServicePort;
import io.cacheport.spi.KeySizes;
import io.cacheport.spi.KeySizes.Sized;
import io.cacheport.spi.KeyTraffic;
import io.cacheport.spi.KeyTraffic.Watching;
import io.cacheport.tiered.TieredCache;
import io.cacheport.warm.PopularKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;

/** The keys of one cache that are asked for most, and those of its largest values, while it is open. */
final class TopKeys implements AutoCloseable {

    private final CacheServicePort store;
    private final int top;
    private final PopularKeys<String> popular;
    private final Watching traffic;
    private final @Nullable KeySizes sizes;

    TopKeys(CacheServicePort cache, int top) {
        this.store = TieredCache.storeOf(cache);
        this.top = top;
        this.popular = PopularKeys.builder(top).sampling(1).build(); // what is told has been sampled
        this.traffic = KeyTraffic.watch(cache, popular);
        this.sizes = store instanceof Sized sized ? sized.keySizes() : null;
        if (sizes != null) {
            sizes.watch(top);
        }
    }

    List<KeyRequests> byTraffic(int most) {
        List<KeyRequests> all = new ArrayList<>();
        popular.counts().forEach((key, count) -> all.add(new KeyRequests(key, (long) count * KeyTraffic.SAMPLING)));
        return all.subList(0, Math.min(most, all.size()));
    }

    List<KeyBytes> bySize(int most) {
        if (sizes == null) {
            return List.of();
        }
        AtomicBoolean answers = new AtomicBoolean(true);
        List<KeyBytes> all = new ArrayList<>();
        sizes.top(Math.min(most, top), key -> isThere(key, answers))
                .forEach((key, bytes) -> all.add(new KeyBytes(key, bytes)));
        return all;
    }

    /** A store that does not answer is asked once. */
    private boolean isThere(String key, AtomicBoolean answers) {
        if (answers.get()) {
            try {
                return store.strict().exists(key);
            } catch (CacheException ill) {
                answers.set(false);
            }
        }
        return true;
    }

    @Override
    public void close() {
        traffic.close();
        if (sizes != null) {
            sizes.watch(0);
        }
    }
}
