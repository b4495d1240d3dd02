package io.cacheport.tiered;

import io.cacheport.Glob;
import io.cacheport.TypeRef;
import io.cacheport.lease.Leases;
import io.cacheport.lease.Sighting;
import io.cacheport.lease.Tags;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Of a store that does not say what changes in it: what was read is taken for true for a short while. */
final class UntrackedFeed implements InvalidationFeed {

    private final Leases leases;
    private final Duration shortTtl;

    UntrackedFeed(Leases leases, Duration shortTtl) {
        this.leases = leases;
        this.shortTtl = shortTtl;
    }

    @Override
    public <T> @Nullable Copy<T> look(String key, TypeRef<T> type, boolean alsoStale, Collection<String> tags) {
        long now = System.nanoTime();
        return copyOf(leases.look(key, type, true, tags), now, alsoStale);
    }

    @Override
    public <T> Map<String, @Nullable Copy<T>> lookAll(
            Collection<String> keys, TypeRef<T> type, boolean alsoStale, Collection<String> tags) {
        long now = System.nanoTime();
        Map<String, @Nullable Copy<T>> copies = new LinkedHashMap<>();
        leases.lookAll(keys, type, true, tags).forEach((key, seen) -> copies.put(key, copyOf(seen, now, alsoStale)));
        return copies;
    }

    private <T> @Nullable Copy<T> copyOf(@Nullable Sighting<T> seen, long askedAt, boolean alsoStale) {
        return seen == null || (seen.isStale() && !alsoStale)
                ? null
                : new Copy<>(seen, askedAt, new Proof(shortTtl, askedAt));
    }

    @Override
    public @Nullable Copy<String> stamp(String tag) {
        return look(Tags.keyOf(tag), TypeRef.of(String.class), false, List.of());
    }

    @Override
    public @Nullable Boolean watch(String key) {
        return null;
    }

    @Override
    public void changed(Collection<String> keys) {
        // there is nobody to tell
    }

    @Override
    public void changed(Glob glob) {
        // there is nobody to tell
    }

    @Override
    public FeedState state() {
        return new FeedState(Coherence.SHORT_TTL, Map.of("store", shortTtl), 1, 0);
    }

    @Override
    public void close() {
        // nothing was opened
    }
}
