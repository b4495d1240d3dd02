package io.cacheport.schedules;

import io.cacheport.CacheStats;
import io.cacheport.Glob;
import io.cacheport.TypeRef;
import io.cacheport.lease.Lease;
import io.cacheport.lease.Sighting;
import io.cacheport.tiered.Copy;
import io.cacheport.tiered.NearStore;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The near cache's store with one of its lines gone. */
final class FlawedNear implements NearStore {

    private final NearStore near;
    private final World world;
    private final Map<Lease, Lease> places = new HashMap<>();

    FlawedNear(NearStore near, World world) {
        this.near = near;
        this.world = world;
    }

    @Override
    public <T> @Nullable T local(String key, TypeRef<T> type, @Nullable T missing) {
        return near.local(key, type, missing);
    }

    @Override
    public <T> @Nullable Sighting<T> look(String key, TypeRef<T> type, boolean alsoStale, Collection<String> tags) {
        return near.look(key, type, alsoStale, tags);
    }

    @Override
    public @Nullable Lease begin(String key) {
        if (world.flaw == Flaw.PLACE_TAKEN_LATE) {
            return Lease.of(key, Duration.ofMinutes(1));
        }
        Lease place = near.begin(key);
        if (place != null) {
            places.put(place, place);
        }
        return place;
    }

    @Override
    public <T> boolean keep(Lease place, Copy<T> copy, TypeRef<T> type, Duration life) {
        if (world.flaw == Flaw.PLACE_TAKEN_LATE) {
            Lease late = near.begin(place.key());
            return late != null && near.keep(late, copy, type, life);
        }
        Lease now = places.remove(place);
        Copy<T> kept = copy;
        if (world.flaw == Flaw.TAGS_UNSEEN) {
            kept = new Copy<>(
                    Sighting.plain(place.key(), copy.seen().value(), copy.seen().freshFor(), false),
                    copy.askedAt(),
                    copy.proof());
        }
        return near.keep(now == null ? place : now, kept, type, life);
    }

    @Override
    public void end(Lease place) {
        Lease now = places.remove(place);
        near.end(now == null ? place : now);
    }

    @Override
    public boolean has(String key) {
        return near.has(key);
    }

    @Override
    public void drop(String key) {
        if (world.flaw == Flaw.OWN_CHANGE_UNSEEN && !world.hearing) {
            return;
        }
        near.drop(key);
        if (world.flaw == Flaw.PLACE_KEPT) {
            places.forEach((place, now) -> {
                if (place.key().equals(key)) {
                    Lease again = near.begin(key);
                    if (again != null) {
                        places.put(place, again);
                    }
                }
            });
        }
    }

    @Override
    public void drop(Glob glob) {
        if (world.flaw != Flaw.OWN_CHANGE_UNSEEN) {
            near.drop(glob);
        }
    }

    @Override
    public void dropAll() {
        if (world.flaw != Flaw.FLUSH_UNSEEN) {
            near.dropAll();
        }
    }

    @Override
    public CacheStats stats() {
        return near.stats();
    }
}
