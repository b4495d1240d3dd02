package io.cacheport.tiered;

import io.cacheport.CacheServicePort;
import io.cacheport.Glob;
import io.cacheport.TypeRef;
import io.cacheport.lease.Lease;
import io.cacheport.lease.Sighting;
import io.cacheport.lease.Tags;
import io.cacheport.spi.CacheKeys;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import org.jspecify.annotations.Nullable;

/** Reads near first, then far, and keeps copies by N1: the place for one is taken before the store is asked. */
final class NearTier {

    /** Of a value that somebody refreshes: its lease ends without a word, after which the next reader is to take it. */
    private static final Duration LIFE_WHILE_REFRESHED = Duration.ofMillis(250);

    private final NearStore near;
    private final InvalidationFeed feed;
    private final Waits waits;
    private final Duration nearTtl;

    NearTier(NearStore near, InvalidationFeed feed, Waits waits, Duration nearTtl) {
        this.near = near;
        this.feed = feed;
        this.waits = waits;
        this.nearTtl = nearTtl;
    }

    <T> @Nullable T local(String key, TypeRef<T> type, @Nullable T missing) {
        return near.local(key, type, missing);
    }

    <T> @Nullable Sighting<T> look(String key, TypeRef<T> type, boolean alsoStale, Collection<String> tags) {
        Sighting<T> there = near.look(CacheKeys.require(key), type, alsoStale, tags);
        if (there != null) {
            return there;
        }
        Copy<T> copy = copied(near.begin(key), () -> feed.look(key, type, alsoStale, tags), type);
        return copy == null ? null : copy.seen();
    }

    /** Asks the store, and keeps a copy in the place, which was taken before (N1); or gives the place up. */
    private <T> @Nullable Copy<T> copied(@Nullable Lease place, Question<T> question, TypeRef<T> type) {
        boolean kept = false;
        try {
            Copy<T> copy = question.ask();
            kept = keep(place, copy, type);
            return copy;
        } finally {
            if (place != null && !kept) {
                near.end(place);
            }
        }
    }

    private interface Question<T> {
        @Nullable
        Copy<T> ask();
    }

    /** Without the keys that could not be asked. */
    <T> Map<String, @Nullable Sighting<T>> lookAll(
            Collection<String> keys, TypeRef<T> type, boolean alsoStale, Collection<String> tags) {
        Map<String, @Nullable Sighting<T>> seen = new LinkedHashMap<>();
        List<String> asked = new ArrayList<>();
        Map<String, Lease> places = new HashMap<>();
        for (String key : CacheKeys.requireAll(keys)) {
            Sighting<T> there = near.look(key, type, alsoStale, tags);
            seen.put(key, there); // for the order
            if (there == null) {
                asked.add(key);
                Lease place = near.begin(key);
                if (place != null) {
                    places.put(key, place);
                }
            }
        }
        if (asked.isEmpty()) {
            return seen;
        }
        try {
            Map<String, @Nullable Copy<T>> copies = feed.lookAll(asked, type, alsoStale, tags);
            for (String key : asked) {
                Copy<T> copy = copies.get(key);
                if (copy != null) {
                    seen.put(key, copy.seen());
                    if (keep(places.get(key), copy, type)) {
                        places.remove(key);
                    }
                } else if (!copies.containsKey(key)) {
                    seen.remove(key);
                }
            }
        } finally {
            places.values().forEach(near::end);
        }
        return seen;
    }

    /** Whether the place has been used. */
    private <T> boolean keep(@Nullable Lease place, @Nullable Copy<T> copy, TypeRef<T> type) {
        Duration life = place == null || copy == null || copy.proof() == null ? null : lifeOf(copy.seen());
        if (place == null || copy == null || life == null) {
            return false;
        }
        copy.seen().tags().keySet().forEach(this::keepStamp);
        return near.keep(place, copy, type, life);
    }

    /** N6. Its place is taken before it is asked for too. */
    private void keepStamp(String tag) {
        String key = Tags.keyOf(tag);
        Lease place = near.has(key) ? null : near.begin(key);
        if (place != null) {
            Copy<String> unused = copied(place, () -> feed.stamp(tag), TypeRef.of(String.class));
        }
    }

    /** N5; null if it is not to be copied. */
    private @Nullable Duration lifeOf(Sighting<?> seen) {
        Duration left = seen.freshFor();
        if (left == null || seen.isStale()) {
            return null;
        }
        Duration most = seen.leased() ? shorter(nearTtl, LIFE_WHILE_REFRESHED) : nearTtl;
        return left.equals(CacheServicePort.NO_EXPIRY) ? most : shorter(most, left);
    }

    private static Duration shorter(Duration one, Duration other) {
        return one.compareTo(other) < 0 ? one : other;
    }

    /** See {@link io.cacheport.lease.AwaitedLeases}. */
    boolean awaitChange(String key, long nanos) {
        CountDownLatch latch = waits.of(key);
        try {
            Boolean leased = feed.watch(key);
            if (leased != null && leased) {
                waits.await(latch, nanos);
            }
            return leased != null;
        } finally {
            waits.forget(key, latch);
        }
    }

    /** The store has been changed by this process, or may have been: N2, and who begins to read from now on sees it. */
    void changed(String key) {
        drop(key);
        feed.changed(List.of(key));
    }

    /** The same where it is no change to the other processes. */
    void drop(String key) {
        near.drop(key);
        waits.changed(key);
    }

    void changed(Collection<String> keys) {
        keys.forEach(this::drop);
        if (!keys.isEmpty()) {
            feed.changed(keys);
        }
    }

    void changed(Glob glob) {
        near.drop(glob);
        waits.changedAll();
        feed.changed(glob);
    }

    NearStore near() {
        return near;
    }

    InvalidationFeed feed() {
        return feed;
    }
}
