package io.cacheport;

import io.cacheport.config.CacheSettings;
import io.cacheport.config.MemorySettings;
import io.cacheport.config.NearSettings;
import io.cacheport.tiered.NearCapable;
import io.cacheport.tiered.Tiered;
import io.cacheport.tiered.TieredBuilder;

/** Puts a near cache in front of a Redis, as the settings say. */
final class NearFront {

    private NearFront() {}

    static CacheServicePort connect(String uri, CacheSettings settings) {
        CacheServicePort near = near(settings);
        CacheServicePort far = null;
        try {
            TieredBuilder tiered = builder(near, settings);
            far = Adapters.of(uri).connect(uri, settings);
            return tiered.far(far);
        } catch (RuntimeException refused) {
            near.close();
            if (far != null) {
                far.close();
            }
            throw refused;
        }
    }

    private static CacheServicePort near(CacheSettings settings) {
        CacheSettings bound = CacheSettings.builder()
                .set(MemorySettings.ENTRIES, settings.get(NearSettings.ENTRIES))
                .build();
        CacheServicePort near = Adapters.of("memory:").connect("memory:", bound);
        if (near instanceof NearCapable) {
            return near;
        }
        near.close();
        throw new IllegalStateException(near.getClass().getName() + " answers to memory: and cannot be a near cache");
    }

    private static TieredBuilder builder(CacheServicePort near, CacheSettings settings) {
        TieredBuilder tiered =
                Tiered.near((CacheServicePort & NearCapable) near).nearTtl(settings.get(NearSettings.TTL));
        if (settings.isSet(NearSettings.STALENESS_BOUND)) { // a bound that is set is one that has to be kept
            tiered.stalenessBound(settings.get(NearSettings.STALENESS_BOUND));
        }
        if (settings.get(NearSettings.OR_PUBSUB)) {
            tiered.orPubSub();
        }
        settings.find(NearSettings.SHORT_TTL).ifPresent(tiered::orShortTtl);
        if (settings.get(NearSettings.SERVE_WHILE_DOWN)) {
            tiered.serveWhileDown();
        }
        return tiered;
    }
}
