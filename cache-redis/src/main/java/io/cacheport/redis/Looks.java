package io.cacheport.redis;

import io.cacheport.CacheServicePort;
import io.cacheport.TypeRef;
import io.cacheport.lease.Sighting;
import io.cacheport.redis.BulkReads.Read;
import io.cacheport.redis.Calls.Kind;
import io.cacheport.redis.Calls.Outcome;
import io.cacheport.redis.GuardedCalls.Addressed;
import io.cacheport.redis.StoredValues.UnusableException;
import io.cacheport.redis.TagStamps.Known;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Looks at values together with what says whether they may be read: what remains of their expiry, and the stamps of their
 * tags. What is not fetched with a value, because it only shows then that it is needed, costs one more round trip.
 */
final class Looks {

    /** Not asked for. */
    private static final long UNKNOWN = -3;

    private final RedisSettings settings;
    private final RedisGuard guard;
    private final StoredValues values;
    private final BulkReads reads;
    private final TagStamps stamps;

    /** What is stored under a key, and what remained of its expiry the moment before. */
    static final class Seen {

        private final byte @Nullable [] stored;
        private final long left;

        Seen(byte @Nullable [] stored, long left) {
            this.stored = stored;
            this.left = left;
        }

        /** Whether it is a value whose TTL has passed, as far as its expiry was asked for. */
        boolean isStale() {
            Frame frame = stored == null || left == UNKNOWN ? null : Frame.of(stored);
            return frame != null && left >= 0 && left - frame.stale() <= 0;
        }

        byte @Nullable [] stored() {
            return stored;
        }

        /** What remained of its expiry; null if there is nothing. */
        @Nullable
        Duration expiry() {
            return stored == null || left == EntryTimes.NO_ENTRY ? null : freshFor(left, 0);
        }

        boolean isFramed() {
            return stored != null && Frame.is(stored);
        }
    }

    /**
     * What was seen of several keys.
     *
     * @param seen by key, without those that could not be asked
     * @param stamps of the tags that were asked for with them
     * @param failure the first of a command, if there was one
     */
    record SeenAll(
            Map<String, Seen> seen,
            Map<String, String> stamps,
            @Nullable CommandFailure failure) {}

    Looks(RedisSettings settings, RedisGuard guard, StoredValues values, TagStamps stamps) {
        this.settings = settings;
        this.guard = guard;
        this.values = values;
        this.reads = new BulkReads(settings, guard);
        this.stamps = stamps;
    }

    /** One key, with its node's circuit hearing how long it took. */
    Seen one(byte[] redisKey, boolean withExpiry) throws CommandFailure {
        if (!guard.isReadable(redisKey)) {
            throw CommandFailure.journaled();
        }
        if (withExpiry) {
            return guard.calls().call(Kind.READ, redisKey, commands -> seen(commands, redisKey));
        }
        return new Seen(guard.calls().call(Kind.READ, redisKey, commands -> commands.get(redisKey)), UNKNOWN);
    }

    /** The expiry first: should the value be replaced in between, it is taken for older than it is, never for younger. */
    static CompletionStage<Seen> seen(RedisClusterAsyncCommands<byte[], byte[]> commands, byte[] redisKey) {
        CompletionStage<Long> left = commands.pttl(redisKey);
        CompletionStage<byte[]> stored = commands.get(redisKey);
        return left.thenCombine(stored, (millis, bytes) -> new Seen(bytes, millis));
    }

    /** Several keys, and tags. */
    SeenAll all(Collection<String> keys, boolean withExpiry, Collection<String> tags) {
        if (!withExpiry && tags.isEmpty()) {
            Read read = reads.read(keys);
            Map<String, Seen> seen = new HashMap<>(2 * keys.size());
            read.stored().forEach((key, stored) -> seen.put(key, new Seen(stored, UNKNOWN)));
            boolean journaled = read.failure() == null && read.journaled() > 0;
            return new SeenAll(seen, Map.of(), journaled ? CommandFailure.journaled() : read.failure());
        }
        List<String> asked = new ArrayList<>();
        List<Addressed<Seen>> commands = new ArrayList<>();
        CommandFailure first = null;
        for (String key : keys) {
            byte[] redisKey = settings.redisKey(key);
            if (guard.isReadable(redisKey)) {
                asked.add(key);
                commands.add(guard.bulks().addressed(redisKey, redis -> seen(redis, redisKey)));
            } else {
                first = CommandFailure.journaled();
            }
        }
        List<String> askedTags = tags.stream()
                .filter(tag -> guard.isReadable(stamps.redisKey(tag)))
                .toList();
        for (String tag : askedTags) {
            byte[] redisKey = stamps.redisKey(tag);
            commands.add(guard.bulks()
                    .addressed(redisKey, redis -> redis.get(redisKey).thenApply(stored -> new Seen(stored, UNKNOWN))));
        }
        List<Outcome<Seen>> outcomes = guard.bulks().each(Kind.READ, commands);
        Map<String, Seen> seen = new HashMap<>();
        Map<String, String> known = new HashMap<>();
        for (int i = 0; i < outcomes.size(); i++) {
            CommandFailure failure = outcomes.get(i).failure();
            if (failure != null) {
                first = first == null ? failure : first;
            } else if (i < asked.size()) {
                seen.put(asked.get(i), outcomes.get(i).answer());
            } else {
                byte[] stamp = outcomes.get(i).answer().stored;
                if (stamp != null) {
                    stamps.add(askedTags.get(i - asked.size()), stamp, known);
                }
            }
        }
        return new SeenAll(seen, known, first);
    }

    /**
     * What a further look has told.
     *
     * @param unusable the keys of what may not be read
     * @param unsure the keys of what could not be told of
     * @param failure why, the first
     */
    record Verdict(
            Set<String> unusable,
            Set<String> unsure,
            @Nullable CommandFailure failure) {

        private static final Verdict FINE = new Verdict(Set.of(), Set.of(), null);
    }

    /** Which of what was seen may not be read, as far as only a further look can tell; it takes one round trip. */
    Verdict furtherLook(Map<String, Seen> seen, boolean alsoStale, Map<String, String> known) {
        Map<String, Frame> unsure = new LinkedHashMap<>();
        Set<String> unknownTags = new HashSet<>();
        List<String> ofUnknownAge = new ArrayList<>();
        seen.forEach((key, one) -> {
            Frame frame = one.stored == null ? null : Frame.of(one.stored);
            if (frame == null) {
                return;
            }
            boolean needsAge = !alsoStale && frame.stale() > 0 && one.left == UNKNOWN;
            if (needsAge) {
                ofUnknownAge.add(key);
            }
            unknownTags.addAll(frame.tags().keySet());
            if (needsAge || !frame.tags().isEmpty()) {
                unsure.put(key, frame);
            }
        });
        if (unsure.isEmpty()) {
            return Verdict.FINE;
        }
        unknownTags.removeAll(known.keySet());
        Known more = unknownTags.isEmpty() ? new Known(Map.of(), null) : stamps.known(unknownTags);
        Map<String, String> stampsNow = new HashMap<>(known);
        stampsNow.putAll(more.stamps());
        SeenAll ages =
                ofUnknownAge.isEmpty() ? new SeenAll(Map.of(), Map.of(), null) : all(ofUnknownAge, true, Set.of());
        Set<String> unusable = new HashSet<>();
        Set<String> untold = new HashSet<>();
        unsure.forEach((key, frame) -> {
            boolean isAgeless = ofUnknownAge.contains(key) && !ages.seen().containsKey(key);
            boolean isCurrent = frame.tags().entrySet().stream()
                    .allMatch(tag -> tag.getValue().equals(stampsNow.get(tag.getKey())));
            if (isAgeless || (!isCurrent && more.failure() != null)) {
                untold.add(key);
            } else if (!isCurrent
                    || (ofUnknownAge.contains(key) && isStale(frame, ages.seen().get(key)))) {
                unusable.add(key);
            }
        });
        return new Verdict(unusable, untold, more.failure() == null ? ages.failure() : more.failure());
    }

    private static boolean isStale(Frame frame, @Nullable Seen now) {
        return now == null || (now.left != EntryTimes.NO_ENTRY && now.left - frame.stale() <= 0);
    }

    /** Whether one value may be read by those who want fresh ones. */
    boolean isUsable(String key, byte[] stored) throws CommandFailure {
        return isUsable(key, new Seen(stored, UNKNOWN), false);
    }

    boolean isUsable(String key, Seen seen, boolean alsoStale) throws CommandFailure {
        Verdict verdict = furtherLook(Map.of(key, seen), alsoStale, Map.of());
        if (verdict.failure() != null && !verdict.unsure().isEmpty()) {
            throw verdict.failure();
        }
        return verdict.unusable().isEmpty();
    }

    /** What remains of the TTL of an entry that may be read, as {@link EntryTimes} says it. */
    long remaining(String key, byte[] redisKey) throws CommandFailure {
        Seen seen = one(redisKey, true);
        Frame frame = seen.stored == null ? null : Frame.of(seen.stored);
        if (frame == null) {
            return seen.stored == null || LeaseMark.is(seen.stored) ? EntryTimes.NO_ENTRY : seen.left;
        }
        if (!isUsable(key, seen, true)) {
            return EntryTimes.NO_ENTRY;
        }
        if (seen.left == EntryTimes.NO_EXPIRY) {
            return EntryTimes.NO_EXPIRY;
        }
        long left = seen.left - frame.stale();
        return left > 0 ? left : EntryTimes.NO_ENTRY;
    }

    /** What it comes to, for a value of which {@link #furtherLook} has nothing to say; null for none. */
    <T> @Nullable Sighting<T> sighting(
            String key, Seen seen, TypeRef<T> type, boolean alsoStale, Collection<String> tags)
            throws UnusableException {
        byte[] stored = seen.stored;
        if (stored == null || LeaseMark.is(stored)) {
            return null;
        }
        if (!Frame.hasTags(stored, tags)) {
            return null;
        }
        Frame frame = Frame.of(stored);
        T value = values.read(settings.redisKey(key), stored, type);
        if (frame == null) {
            return Sighting.plain(key, value, alsoStale ? freshFor(seen.left, 0) : null, false);
        }
        long left = seen.left == EntryTimes.NO_ENTRY ? frame.life() : seen.left; // stored between the two
        if (alsoStale && left == EntryTimes.NO_EXPIRY) {
            left = 0; // somebody took its expiry away: old for all that is known
        }
        boolean leased = frame.isLeased(left);
        return new Sighting<>(
                key,
                value,
                alsoStale ? freshFor(left, frame.stale()) : null,
                left < 0 || left > frame.life() ? null : Duration.ofMillis(frame.life() - left),
                Duration.ofMillis(frame.loadTime()),
                leased,
                leased && frame.isResting(),
                frame.stamp(),
                frame.tags(),
                false);
    }

    private static Duration freshFor(long left, long stale) {
        return left == EntryTimes.NO_EXPIRY ? CacheServicePort.NO_EXPIRY : Duration.ofMillis(left - stale);
    }
}
