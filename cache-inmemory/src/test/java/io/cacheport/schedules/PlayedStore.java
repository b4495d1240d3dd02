package io.cacheport.schedules;

import io.cacheport.CacheServicePort;
import io.cacheport.Glob;
import io.cacheport.TypeRef;
import io.cacheport.inmemory.InMemoryCacheAdapter;
import io.cacheport.lease.LeasedCache;
import io.cacheport.lease.Leases;
import io.cacheport.lease.Sighting;
import io.cacheport.lease.Tags;
import io.cacheport.spi.ForwardingCacheService;
import io.cacheport.tiered.Coherence;
import io.cacheport.tiered.Copy;
import io.cacheport.tiered.FeedSource;
import io.cacheport.tiered.FeedState;
import io.cacheport.tiered.InvalidationFeed;
import io.cacheport.tiered.Proof;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The store, seen over a wire: a command takes its time on the way there, and its answer on the way back. */
final class PlayedStore extends ForwardingCacheService implements FeedSource, LeasedCache {

    private final InMemoryCacheAdapter server;
    private final World world;

    PlayedStore(InMemoryCacheAdapter server, World world) {
        super(server);
        this.server = server;
        this.world = world;
    }

    @Override
    public boolean del(String key) {
        world.pause();
        boolean removed = world.ownRemoved(key);
        world.pause();
        return removed;
    }

    @Override
    public long clear() {
        world.pause();
        world.ownFlushed();
        world.pause();
        return 0;
    }

    @Override
    public Leases leases() {
        return server.leases();
    }

    @Override
    public CacheServicePort strict() {
        return this;
    }

    @Override
    public void close() {
        // the world's
    }

    @Override
    public InvalidationFeed feed(Wanted wanted, Changes changes) {
        world.listener = changes;
        return new Feed();
    }

    private final class Feed implements InvalidationFeed {

        @Override
        public <T> @Nullable Copy<T> look(String key, TypeRef<T> type, boolean alsoStale, Collection<String> tags) {
            world.pause();
            long asked = world.now;
            Wire wire = world.wire;
            Proof proof =
                    wire != null && wire.alive && (wire.armed || world.flaw == Flaw.ARMED_EARLY) ? wire.proof : null;
            world.pause();
            if (wire == null || proof == null || !wire.alive) {
                return copy(server.leases().look(key, type, true, tags), asked, null);
            }
            Sighting<T> seen = server.leases().look(key, type, true, tags);
            if (wire.tracking) {
                wire.tracked.add(key);
            }
            boolean[] here = {false};
            wire.send(() -> here[0] = true);
            world.pause();
            while (!here[0] && wire.arrive()) {
                // what was said before the answer
            }
            if (!here[0]) { // lost, and asked for again over another connection
                return copy(server.leases().look(key, type, true, tags), asked, null);
            }
            world.pause(); // whoever waited for the answer takes its time
            return copy(seen, world.flaw == Flaw.TTL_FROM_ANSWER ? world.now : asked, proof);
        }

        private <T> @Nullable Copy<T> copy(@Nullable Sighting<T> seen, long asked, @Nullable Proof proof) {
            return seen == null || seen.isStale() ? null : new Copy<>(seen, asked, proof);
        }

        @Override
        public <T> Map<String, @Nullable Copy<T>> lookAll(
                Collection<String> keys, TypeRef<T> type, boolean alsoStale, Collection<String> tags) {
            Map<String, @Nullable Copy<T>> copies = new LinkedHashMap<>();
            keys.forEach(key -> copies.put(key, look(key, type, alsoStale, tags)));
            return copies;
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
            // the server says so
        }

        @Override
        public void changed(Glob glob) {
            // the server says so
        }

        @Override
        public FeedState state() {
            return new FeedState(Coherence.TRACKING, Map.of(), 1, 0);
        }

        @Override
        public void close() {
            // the world's
        }
    }
}
