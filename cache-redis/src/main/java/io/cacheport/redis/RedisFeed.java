package io.cacheport.redis;

import io.cacheport.ErrorCause;
import io.cacheport.Glob;
import io.cacheport.TypeRef;
import io.cacheport.lease.Sighting;
import io.cacheport.lease.Tags;
import io.cacheport.redis.Calls.Kind;
import io.cacheport.redis.Calls.Outcome;
import io.cacheport.redis.GuardedCalls.Addressed;
import io.cacheport.redis.Looks.Seen;
import io.cacheport.redis.Looks.Verdict;
import io.cacheport.redis.feed.FeedConnections;
import io.cacheport.redis.feed.FeedConnections.Reading;
import io.cacheport.redis.feed.Messages;
import io.cacheport.spi.CacheKeys;
import io.cacheport.spi.FailureHandler;
import io.cacheport.spi.StatsCounter;
import io.cacheport.tiered.Copy;
import io.cacheport.tiered.FeedState;
import io.cacheport.tiered.InvalidationFeed;
import io.cacheport.tiered.Proof;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Reads over the connections on which Redis tells of changes, so that what it says and what it answers arrive in order. One
 * to a server that does not own the key any more is refused, and made over the others, to be copied by nobody.
 */
final class RedisFeed implements InvalidationFeed {

    private final RedisSettings settings;
    private final RedisLink link;
    private final RedisGuard guard;
    private final RedisLeases leases;
    private final StatsCounter stats;
    private final FailureHandler failures;
    private final FeedConnections connections;
    private final @Nullable Messages messages;
    private final Runnable afterwards;

    /** What was seen, under which proof, and whether the server tells when it changes. */
    private record Proven(Seen seen, long askedAt, @Nullable Proof proof, boolean tracked) {}

    /** {@code messages} are those to the other caches, where they may be needed; {@code afterwards} is run by close. */
    RedisFeed(
            RedisSettings settings,
            RedisLink link,
            RedisGuard guard,
            RedisLeases leases,
            StatsCounter stats,
            FailureHandler failures,
            FeedConnections connections,
            @Nullable Messages messages,
            Runnable afterwards) {
        this.settings = settings;
        this.link = link;
        this.guard = guard;
        this.leases = leases;
        this.stats = stats;
        this.failures = failures;
        this.connections = connections;
        this.messages = messages;
        this.afterwards = afterwards;
    }

    @Override
    public <T> @Nullable Copy<T> look(String key, TypeRef<T> type, boolean alsoStale, Collection<String> tags) {
        byte[] redisKey = settings.redisKey(CacheKeys.require(key));
        Proven proven;
        boolean usable;
        try {
            proven = read(redisKey);
            usable = !proven.seen().isFramed()
                    || ((alsoStale || !proven.seen().isStale())
                            && leases.looks().isUsable(key, proven.seen(), alsoStale));
        } catch (CommandFailure failure) {
            stats.miss();
            throw failures.toThrow("get", failure.errorCause(), failure.getCause());
        }
        return copy("get", key, proven, usable, type, tags);
    }

    private Proven read(byte[] redisKey) throws CommandFailure {
        if (!guard.isReadable(redisKey)) {
            throw CommandFailure.journaled();
        }
        return guard.calls().call(Kind.READ, redisKey, commands -> proven(commands, redisKey));
    }

    private CompletionStage<Proven> proven(RedisClusterAsyncCommands<byte[], byte[]> usual, byte[] redisKey) {
        long now = System.nanoTime();
        Reading reading = connections.reading(link.nodeOf(redisKey), now);
        RedisClusterAsyncCommands<byte[], byte[]> tracked = reading.commands();
        if (tracked == null) {
            return Looks.seen(usual, redisKey).thenApply(seen -> new Proven(seen, now, reading.proof(), false));
        }
        return Looks.seen(tracked, redisKey)
                .thenApply(seen -> new Proven(seen, now, reading.proof(), true))
                .exceptionallyCompose(
                        failure -> Looks.seen(usual, redisKey).thenApply(seen -> new Proven(seen, now, null, false)));
    }

    private <T> @Nullable Copy<T> copy(
            String operation, String key, Proven proven, boolean usable, TypeRef<T> type, Collection<String> tags) {
        Sighting<T> sighting = usable
                ? leases.refreshes().sighting(operation, key, proven.seen(), type, true, tags)
                : leases.refreshes().missed();
        return sighting == null ? null : new Copy<>(sighting, proven.askedAt(), proven.proof());
    }

    @Override
    public <T> Map<String, @Nullable Copy<T>> lookAll(
            Collection<String> keys, TypeRef<T> type, boolean alsoStale, Collection<String> tags) {
        List<String> asked = new ArrayList<>();
        List<Addressed<Proven>> commands = new ArrayList<>();
        CommandFailure first = null;
        Collection<String> distinct = CacheKeys.requireAll(keys);
        for (String key : distinct) {
            byte[] redisKey = settings.redisKey(key);
            if (guard.isReadable(redisKey)) {
                asked.add(key);
                commands.add(guard.bulks().addressed(redisKey, redis -> proven(redis, redisKey)));
            } else {
                first = first == null ? CommandFailure.journaled() : first;
            }
        }
        List<Outcome<Proven>> outcomes = guard.bulks().each(Kind.READ, commands);
        Map<String, Proven> proven = new LinkedHashMap<>();
        Map<String, Seen> seen = new HashMap<>();
        for (int i = 0; i < asked.size(); i++) {
            CommandFailure failure = outcomes.get(i).failure();
            if (failure != null) {
                first = first == null ? failure : first;
            } else {
                Proven one = outcomes.get(i).answer();
                proven.put(asked.get(i), one);
                seen.put(asked.get(i), one.seen());
            }
        }
        Verdict verdict = leases.looks().furtherLook(seen, alsoStale, Map.of());
        Map<String, @Nullable Copy<T>> copies = new LinkedHashMap<>();
        proven.forEach((key, one) -> {
            if (!verdict.unsure().contains(key)) {
                boolean usable = !verdict.unusable().contains(key)
                        && (alsoStale || !one.seen().isStale());
                copies.put(key, copy("getAll", key, one, usable, type, tags));
            }
        });
        stats.misses(distinct.size() - copies.size());
        CommandFailure failure = first == null ? verdict.failure() : first;
        if (failure != null) {
            failures.failed("getAll", failure.errorCause(), failure.getCause());
        }
        return copies;
    }

    @Override
    public @Nullable Copy<String> stamp(String tag) {
        String key = Tags.keyOf(tag);
        try {
            Proven proven = read(settings.redisKey(key));
            String stamp = leases.tagStamps().stampOf(tag, proven.seen().stored());
            return stamp == null
                    ? null
                    : new Copy<>(
                            Sighting.plain(key, stamp, proven.seen().expiry(), false),
                            proven.askedAt(),
                            proven.proof());
        } catch (CommandFailure notNow) {
            return null;
        }
    }

    @Override
    public @Nullable Boolean watch(String key) {
        try {
            Proven proven = read(settings.redisKey(CacheKeys.require(key)));
            byte[] stored = proven.seen().stored();
            if (!proven.tracked()) {
                return null;
            }
            return stored != null && LeaseMark.is(stored);
        } catch (CommandFailure notNow) {
            return null;
        }
    }

    /** Where the store says so itself, it need not be said. */
    @Override
    public void changed(Collection<String> keys) {
        Messages to = messages;
        if (to != null && connections.hearMessages()) {
            keys.forEach(key -> publish(to, to.changed(key)));
        }
    }

    @Override
    public void changed(Glob glob) {
        Messages to = messages;
        if (to != null && connections.hearMessages()) {
            publish(to, to.changed(glob));
        }
    }

    private void publish(Messages to, byte[] message) {
        try {
            CompletionStage<?> unused = guard.unguarded()
                    .send(Kind.READ, commands -> commands.publish(to.channel(), message))
                    .exceptionally(failure -> {
                        failures.logged(
                                "publish", CommandFailure.of(failure, false).errorCause(), failure);
                        return 0L;
                    });
        } catch (CommandFailure failure) {
            failures.logged("publish", ErrorCause.UNAVAILABLE, failure.getCause());
        }
    }

    @Override
    public FeedState state() {
        return connections.state();
    }

    @Override
    public void close() {
        afterwards.run();
    }
}
