package io.cacheport.redis;

import io.cacheport.ErrorCause;
import io.cacheport.TypeRef;
import io.cacheport.redis.Calls.Kind;
import io.cacheport.spi.CacheKeys;
import io.cacheport.spi.CacheTtl;
import io.cacheport.spi.FailureHandler;
import io.cacheport.structure.Elements;
import io.cacheport.structure.Structures;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Redis' own structures, each operation one command, or one script where a TTL begins with it.
 */
final class RedisStructures implements Structures {

    private final RedisSettings settings;
    private final StructureCalls calls;
    private final EntryTimes times;
    private final FailureHandler failures;
    private final @Nullable Structures strictView;

    RedisStructures(
            RedisSettings settings,
            RedisGuard guard,
            StoredValues values,
            EntryTimes times,
            FailureHandler failures,
            @Nullable Structures strictView) {
        this.settings = settings;
        this.calls = new StructureCalls(guard, values, failures);
        this.times = times;
        this.failures = failures;
        this.strictView = strictView;
    }

    @Override
    public OptionalLong increment(String key, long by) {
        return increment(redisKey(key), by, 0);
    }

    @Override
    public OptionalLong increment(String key, long by, Duration ttl) {
        return increment(redisKey(key), by, CacheTtl.toMillis(ttl));
    }

    private OptionalLong increment(byte[] redisKey, long by, long millis) {
        byte[] added = Script.argument(by);
        byte[] life = Script.argument(millis);
        return number(calls.asked(
                "increment", Kind.WRITE, redisKey, commands -> Script.INCREMENT.run(commands, redisKey, added, life)));
    }

    @Override
    public OptionalLong count(String key) {
        byte[] redisKey = redisKey(key);
        byte[] there = calls.asked(
                "count",
                Kind.READ,
                redisKey,
                commands -> commands.get(redisKey).thenApply(number -> number == null ? Script.argument(0) : number));
        if (there != null && !isNumber(there)) {
            failures.failed("count", ErrorCause.WRONG_TYPE, null);
            return OptionalLong.empty();
        }
        return number(there);
    }

    /** What INCRBY would take: a value of ours is JSON with a mark behind it. */
    static boolean isNumber(byte[] stored) {
        try {
            long number = Long.parseLong(new String(stored, StandardCharsets.US_ASCII));
            return Long.toString(number).length() == stored.length;
        } catch (NumberFormatException other) {
            return false;
        }
    }

    private static OptionalLong number(byte @Nullable [] digits) {
        return digits == null
                ? OptionalLong.empty()
                : OptionalLong.of(Long.parseLong(new String(digits, StandardCharsets.US_ASCII)));
    }

    @Override
    public <T> @Nullable T hget(String key, String field, TypeRef<T> type) {
        byte[] redisKey = redisKey(key);
        byte[] name = StructureCalls.bytes(Elements.requireField(field));
        requireType(type);
        return calls.element(
                "hget",
                redisKey,
                calls.asked("hget", Kind.READ, redisKey, commands -> commands.hget(redisKey, name)),
                type);
    }

    @Override
    public <T> Map<String, T> hgetall(String key, TypeRef<T> type) {
        byte[] redisKey = redisKey(key);
        requireType(type);
        Map<byte[], byte[]> stored =
                calls.asked("hgetall", Kind.READ, redisKey, commands -> commands.hgetall(redisKey), Map.of());
        Map<String, T> all = new HashMap<>();
        stored.forEach((field, bytes) -> {
            T value = calls.element("hgetall", redisKey, bytes, type);
            if (value != null) {
                all.put(StructureCalls.text(field), value);
            }
        });
        return all;
    }

    @Override
    public long hset(String key, Map<String, ?> all) {
        return hset(redisKey(key), Elements.requireValues(all), 0);
    }

    @Override
    public long hset(String key, Map<String, ?> all, Duration ttl) {
        return hset(redisKey(key), Elements.requireValues(all), CacheTtl.toMillis(ttl));
    }

    private long hset(byte[] redisKey, Map<String, ?> all, long millis) {
        List<byte[]> fieldsAndValues = new ArrayList<>(2 * all.size());
        for (Map.Entry<String, ?> one : all.entrySet()) {
            fieldsAndValues.add(StructureCalls.bytes(one.getKey()));
            byte[] stored = calls.stored(redisKey, one.getValue());
            if (stored == null) {
                failures.failed("hset", ErrorCause.TOO_LARGE, null);
                return 0;
            }
            fieldsAndValues.add(stored);
        }
        return StructureCalls.sum(
                calls.written("hset", "HSET", redisKey, fieldsAndValues, 2 * StructureCalls.ELEMENTS_AT_ONCE, millis));
    }

    @Override
    public long hdel(String key, Collection<String> fields) {
        byte[] redisKey = redisKey(key);
        return StructureCalls.sum(calls.written(
                "hdel",
                redisKey,
                StructureCalls.bytes(Elements.requireFields(fields)),
                StructureCalls.ELEMENTS_AT_ONCE,
                (commands, place, some) -> commands.hdel(place, some.toArray(byte[][]::new))));
    }

    @Override
    public long lpush(String key, List<?> all) {
        return push("lpush", redisKey(key), all, 0);
    }

    @Override
    public long lpush(String key, List<?> all, Duration ttl) {
        return push("lpush", redisKey(key), all, CacheTtl.toMillis(ttl));
    }

    @Override
    public long rpush(String key, List<?> all) {
        return push("rpush", redisKey(key), all, 0);
    }

    @Override
    public long rpush(String key, List<?> all, Duration ttl) {
        return push("rpush", redisKey(key), all, CacheTtl.toMillis(ttl));
    }

    private long push(String operation, byte[] redisKey, List<?> all, long millis) {
        List<byte[]> stored = new ArrayList<>();
        for (Object value : Elements.requireValues(all)) {
            byte[] bytes = calls.stored(redisKey, value);
            if (bytes == null) {
                failures.failed(operation, ErrorCause.TOO_LARGE, null);
                return 0;
            }
            stored.add(bytes);
        }
        if (stored.isEmpty()) {
            return length(redisKey);
        }
        String command = operation.equals("lpush") ? "LPUSH" : "RPUSH";
        List<Long> lengths =
                calls.written(operation, command, redisKey, stored, StructureCalls.ELEMENTS_AT_ONCE, millis);
        return lengths.isEmpty() ? 0 : lengths.get(lengths.size() - 1);
    }

    @Override
    public <T> @Nullable T lpop(String key, TypeRef<T> type) {
        return pop("lpop", redisKey(key), RedisClusterAsyncCommands::lpop, type);
    }

    @Override
    public <T> @Nullable T rpop(String key, TypeRef<T> type) {
        return pop("rpop", redisKey(key), RedisClusterAsyncCommands::rpop, type);
    }

    private interface Pop {
        CompletionStage<byte[]> from(RedisClusterAsyncCommands<byte[], byte[]> commands, byte[] redisKey);
    }

    private <T> @Nullable T pop(String operation, byte[] redisKey, Pop pop, TypeRef<T> type) {
        requireType(type);
        return calls.element(
                operation,
                redisKey,
                calls.asked(operation, Kind.WRITE, redisKey, commands -> pop.from(commands, redisKey)),
                type);
    }

    @Override
    public <T> List<T> lrange(String key, long from, long to, TypeRef<T> type) {
        byte[] redisKey = redisKey(key);
        requireType(type);
        List<T> range = new ArrayList<>();
        for (byte[] stored : calls.asked(
                "lrange", Kind.READ, redisKey, commands -> commands.lrange(redisKey, from, to), List.of())) {
            T value = calls.element("lrange", redisKey, stored, type);
            if (value != null) {
                range.add(value);
            }
        }
        return range;
    }

    @Override
    public long llen(String key) {
        return length(redisKey(key));
    }

    private long length(byte[] redisKey) {
        return calls.asked("llen", Kind.READ, redisKey, commands -> commands.llen(redisKey), 0L);
    }

    @Override
    public long sadd(String key, Collection<String> members) {
        return add(redisKey(key), Elements.requireMembers(members), 0);
    }

    @Override
    public long sadd(String key, Collection<String> members, Duration ttl) {
        return add(redisKey(key), Elements.requireMembers(members), CacheTtl.toMillis(ttl));
    }

    private long add(byte[] redisKey, Set<String> members, long millis) {
        return StructureCalls.sum(calls.written(
                "sadd", "SADD", redisKey, StructureCalls.bytes(members), StructureCalls.ELEMENTS_AT_ONCE, millis));
    }

    @Override
    public long srem(String key, Collection<String> members) {
        byte[] redisKey = redisKey(key);
        return StructureCalls.sum(calls.written(
                "srem",
                redisKey,
                StructureCalls.bytes(Elements.requireMembers(members)),
                StructureCalls.ELEMENTS_AT_ONCE,
                (commands, place, some) -> commands.srem(place, some.toArray(byte[][]::new))));
    }

    @Override
    public Set<String> smembers(String key) {
        byte[] redisKey = redisKey(key);
        Set<byte[]> members =
                calls.asked("smembers", Kind.READ, redisKey, commands -> commands.smembers(redisKey), Set.of());
        return members.stream().map(StructureCalls::text).collect(Collectors.toCollection(LinkedHashSet::new));
    }

    @Override
    public boolean sismember(String key, String member) {
        byte[] redisKey = redisKey(key);
        byte[] bytes = StructureCalls.bytes(Elements.requireMember(member));
        return calls.asked("sismember", Kind.READ, redisKey, commands -> commands.sismember(redisKey, bytes), false);
    }

    @Override
    public long scard(String key) {
        byte[] redisKey = redisKey(key);
        return calls.asked("scard", Kind.READ, redisKey, commands -> commands.scard(redisKey), 0L);
    }

    @Override
    public Set<String> touch(Collection<String> keys, Duration ttl) {
        Set<String> distinct = CacheKeys.requireAll(keys);
        long millis = CacheTtl.toMillis(ttl);
        Set<String> there = new LinkedHashSet<>();
        for (String key : distinct) {
            try {
                if (times.expire(key, millis)) {
                    there.add(key);
                }
            } catch (CommandFailure failure) {
                failures.failed("touch", failure.errorCause(), failure.getCause());
                return there; // the others would take as long to fail
            }
        }
        return there;
    }

    @Override
    public Structures strict() {
        return strictView == null ? this : strictView;
    }

    private byte[] redisKey(String key) {
        return settings.redisKey(CacheKeys.require(key));
    }

    private static void requireType(TypeRef<?> type) {
        if (type == null) {
            throw new IllegalArgumentException("type is null: name the type of the value");
        }
    }
}
