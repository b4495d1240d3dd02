package io.cacheport.redis;

import io.cacheport.lease.Stamp;
import io.cacheport.lease.Tags;
import io.cacheport.lease.Terms;
import io.cacheport.redis.Calls.Command;
import io.cacheport.redis.Calls.Kind;
import io.cacheport.redis.Calls.Outcome;
import io.cacheport.redis.GuardedCalls.Addressed;
import io.cacheport.redis.StoredValues.UnusableException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The stamps of tags, each in an entry of its own, as JSON text whatever the codec of the values: all processes have to read
 * them, also those with another codec or other encryption keys, or a tag that one made could be read by no other for as long
 * as it is used. They are random numbers and say nothing of a value.
 */
final class TagStamps {

    private static final Pattern STAMP = Pattern.compile("\\s*\"([^\"\\\\]{1,64})\"\\s*");

    private final RedisSettings settings;
    private final RedisGuard guard;
    private final StoredValues values;

    TagStamps(RedisSettings settings, RedisGuard guard, StoredValues values) {
        this.settings = settings;
        this.guard = guard;
        this.values = values;
    }

    /**
     * The stamps there are.
     *
     * @param stamps by tag
     * @param failure the first, if one could not be asked for
     */
    record Known(Map<String, String> stamps, @Nullable CommandFailure failure) {}

    Known known(Collection<String> tags) {
        List<String> asked = new ArrayList<>();
        List<Addressed<byte[]>> commands = new ArrayList<>();
        for (String tag : tags) {
            byte[] redisKey = redisKey(tag);
            if (guard.isReadable(redisKey)) { // else it was invalidated, of which Redis has yet to hear
                asked.add(tag);
                commands.add(guard.bulks().addressed(redisKey, redis -> redis.get(redisKey)));
            }
        }
        List<Outcome<byte[]>> outcomes = guard.bulks().each(Kind.READ, commands);
        Map<String, String> known = new HashMap<>();
        CommandFailure first = null;
        for (int i = 0; i < asked.size(); i++) {
            CommandFailure failure = outcomes.get(i).failure();
            byte[] stored = failure == null ? outcomes.get(i).answer() : null;
            if (stored != null) {
                add(asked.get(i), stored, known);
            }
            first = first == null ? failure : first;
        }
        return new Known(known, first);
    }

    /** Of a tag that was asked for with something else. */
    void add(String tag, byte[] stored, Map<String, String> known) {
        try {
            String stamp = LeaseMark.is(stored) ? null : textOf(values.body(redisKey(tag), stored));
            if (stamp != null) {
                known.put(tag, stamp);
            }
        } catch (UnusableException somethingElse) {
            // then it is not known
        }
    }

    /** Those that there are, or now are; they live so long at least. */
    Map<String, String> made(Collection<String> tags, Duration life) throws CommandFailure {
        List<String> asked = List.copyOf(tags);
        List<Addressed<byte[]>> commands = new ArrayList<>();
        for (String tag : asked) {
            byte[] redisKey = redisKey(tag);
            if (!guard.isReadable(redisKey)) {
                throw CommandFailure.journaled();
            }
            byte[] made = StoredValues.stored(jsonOf(Stamp.next()), redisKey, Terms.of(life));
            Command<byte[]> command =
                    redis -> Script.STAMP.run(redis, redisKey, made, Script.argument(life.toMillis()));
            commands.add(guard.bulks().addressed(redisKey, command));
        }
        List<Outcome<byte[]>> outcomes = guard.bulks().each(Kind.WRITE, commands);
        Map<String, String> stamps = new LinkedHashMap<>();
        for (int i = 0; i < asked.size(); i++) {
            add(asked.get(i), outcomes.get(i).orThrow(), stamps);
        }
        return stamps;
    }

    /** What was read of a tag's entry; null if it is no stamp. */
    @Nullable
    String stampOf(String tag, byte @Nullable [] stored) {
        Map<String, String> known = new HashMap<>();
        if (stored != null) {
            add(tag, stored, known);
        }
        return known.get(tag);
    }

    private static byte[] jsonOf(Stamp stamp) {
        return ('"' + stamp.toString() + '"').getBytes(StandardCharsets.US_ASCII);
    }

    /** Null if it is none; a stamp needs no escapes. */
    private static @Nullable String textOf(byte[] json) {
        Matcher stamp = STAMP.matcher(new String(json, StandardCharsets.ISO_8859_1));
        return stamp.matches() ? stamp.group(1) : null;
    }

    byte[] redisKey(String tag) {
        return settings.redisKey(Tags.keyOf(tag));
    }
}
