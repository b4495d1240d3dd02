package io.cacheport.redis;

import io.cacheport.TypeRef;
import io.cacheport.lease.Lease;
import io.cacheport.lease.Sighting;
import io.cacheport.lease.Terms;
import io.cacheport.redis.Looks.Seen;
import io.cacheport.redis.Looks.SeenAll;
import io.cacheport.redis.Looks.Verdict;
import io.cacheport.redis.StoredValues.UnusableException;
import io.cacheport.spi.CacheKeys;
import io.cacheport.spi.CacheTtl;
import io.cacheport.spi.FailureHandler;
import io.cacheport.spi.StatsCounter;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Looks that count as reads, and leases of values that stay readable, in a place of their frame. */
final class RedisRefreshes {

    private final RedisSettings settings;
    private final Looks looks;
    private final StatsCounter stats;
    private final FailureHandler failures;
    private final LeaseChanges changes;

    RedisRefreshes(
            RedisSettings settings, Looks looks, StatsCounter stats, FailureHandler failures, LeaseChanges changes) {
        this.settings = settings;
        this.looks = looks;
        this.stats = stats;
        this.failures = failures;
        this.changes = changes;
    }

    <T> @Nullable Sighting<T> look(String key, TypeRef<T> type, boolean alsoStale, Collection<String> tags) {
        byte[] redisKey = settings.redisKey(CacheKeys.require(key));
        Seen one;
        boolean usable;
        try {
            if (tags.isEmpty()) {
                one = looks.one(redisKey, alsoStale);
                usable = !one.isFramed() || looks.isUsable(key, one, alsoStale);
            } else {
                SeenAll seen = looks.all(List.of(key), alsoStale, tags);
                requireNone(seen.failure());
                Verdict verdict = looks.furtherLook(seen.seen(), alsoStale, seen.stamps());
                requireNone(verdict.failure());
                one = Objects.requireNonNull(seen.seen().get(key));
                usable = verdict.unusable().isEmpty();
            }
        } catch (CommandFailure failure) {
            stats.miss();
            throw failures.toThrow("get", failure.errorCause(), failure.getCause());
        }
        return usable ? sighting("get", key, one, type, alsoStale, tags) : missed();
    }

    private static void requireNone(@Nullable CommandFailure failure) throws CommandFailure {
        if (failure != null) {
            throw failure;
        }
    }

    <T> Map<String, @Nullable Sighting<T>> lookAll(
            Collection<String> keys, TypeRef<T> type, boolean alsoStale, Collection<String> tags) {
        Set<String> distinct = CacheKeys.requireAll(keys);
        SeenAll seen = looks.all(distinct, alsoStale, tags);
        Verdict verdict = looks.furtherLook(seen.seen(), alsoStale, seen.stamps());
        Map<String, @Nullable Sighting<T>> sightings = new LinkedHashMap<>();
        for (String key : distinct) {
            Seen one = seen.seen().get(key);
            if (one != null && !verdict.unsure().contains(key)) {
                boolean usable = !verdict.unusable().contains(key);
                sightings.put(key, usable ? sighting("getAll", key, one, type, alsoStale, tags) : missed());
            }
        }
        stats.misses(distinct.size() - sightings.size());
        CommandFailure failure = seen.failure() == null ? verdict.failure() : seen.failure();
        if (failure != null) {
            failures.failed("getAll", failure.errorCause(), failure.getCause());
        }
        return sightings;
    }

    /** Counted as the hit or miss it is. */
    <T> @Nullable Sighting<T> sighting(
            String operation, String key, Seen one, TypeRef<T> type, boolean alsoStale, Collection<String> tags) {
        try {
            Sighting<T> sighting = looks.sighting(key, one, type, alsoStale, tags);
            if (sighting != null) {
                stats.hit();
                return sighting;
            }
        } catch (UnusableException unreadable) {
            failures.failed(operation, unreadable.errorCause(), unreadable.getCause());
        }
        return missed();
    }

    <T> @Nullable Sighting<T> missed() {
        stats.miss();
        return null;
    }

    @Nullable
    Lease refresh(Sighting<?> seen, Duration time) {
        byte[] redisKey = settings.redisKey(CacheKeys.require(seen.key()));
        long millis = CacheTtl.toMillis(time);
        Lease lease = Lease.ofValue(seen.key(), time);
        return seen.stamp() != null
                        && changes.leased(
                                redisKey, LeaseCommands.refresh(redisKey, lease.stamp(), seen.stamp(), millis))
                ? lease
                : null;
    }

    boolean keep(Lease lease, Terms terms) {
        byte[] redisKey = settings.redisKey(CacheKeys.require(lease.key()));
        return changes.changed("keep", redisKey, LeaseCommands.keep(redisKey, LeaseMark.of(lease), terms));
    }

    boolean rest(Lease lease, Duration time) {
        byte[] redisKey = settings.redisKey(CacheKeys.require(lease.key()));
        return changes.changed(
                "rest", redisKey, LeaseCommands.rest(redisKey, LeaseMark.of(lease), CacheTtl.toMillis(time)));
    }
}
