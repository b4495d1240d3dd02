package io.cacheport.key;

import io.cacheport.TypeRef;
import io.cacheport.spi.CacheKeys;
import io.cacheport.structure.Structures;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The structures of a view that has a say in keys. */
final class MappedStructures implements Structures {

    private final Structures behind;
    private final KeyMapping mapping;

    MappedStructures(Structures behind, KeyMapping mapping) {
        this.behind = behind;
        this.mapping = mapping;
    }

    @Override
    public OptionalLong increment(String key, long by) {
        return behind.increment(mapping.key(key), by);
    }

    @Override
    public OptionalLong increment(String key, long by, Duration ttl) {
        return behind.increment(mapping.key(key), by, ttl);
    }

    @Override
    public OptionalLong count(String key) {
        return behind.count(mapping.key(key));
    }

    @Override
    public <T> @Nullable T hget(String key, String field, TypeRef<T> type) {
        return behind.hget(mapping.key(key), field, type);
    }

    @Override
    public <T> Map<String, T> hgetall(String key, TypeRef<T> type) {
        return behind.hgetall(mapping.key(key), type);
    }

    @Override
    public long hset(String key, Map<String, ?> values) {
        return behind.hset(mapping.key(key), values);
    }

    @Override
    public long hset(String key, Map<String, ?> values, Duration ttl) {
        return behind.hset(mapping.key(key), values, ttl);
    }

    @Override
    public long hdel(String key, Collection<String> fields) {
        return behind.hdel(mapping.key(key), fields);
    }

    @Override
    public long lpush(String key, List<?> values) {
        return behind.lpush(mapping.key(key), values);
    }

    @Override
    public long lpush(String key, List<?> values, Duration ttl) {
        return behind.lpush(mapping.key(key), values, ttl);
    }

    @Override
    public long rpush(String key, List<?> values) {
        return behind.rpush(mapping.key(key), values);
    }

    @Override
    public long rpush(String key, List<?> values, Duration ttl) {
        return behind.rpush(mapping.key(key), values, ttl);
    }

    @Override
    public <T> @Nullable T lpop(String key, TypeRef<T> type) {
        return behind.lpop(mapping.key(key), type);
    }

    @Override
    public <T> @Nullable T rpop(String key, TypeRef<T> type) {
        return behind.rpop(mapping.key(key), type);
    }

    @Override
    public <T> List<T> lrange(String key, long from, long to, TypeRef<T> type) {
        return behind.lrange(mapping.key(key), from, to, type);
    }

    @Override
    public long llen(String key) {
        return behind.llen(mapping.key(key));
    }

    @Override
    public long sadd(String key, Collection<String> members) {
        return behind.sadd(mapping.key(key), members);
    }

    @Override
    public long sadd(String key, Collection<String> members, Duration ttl) {
        return behind.sadd(mapping.key(key), members, ttl);
    }

    @Override
    public long srem(String key, Collection<String> members) {
        return behind.srem(mapping.key(key), members);
    }

    @Override
    public Set<String> smembers(String key) {
        return behind.smembers(mapping.key(key));
    }

    @Override
    public boolean sismember(String key, String member) {
        return behind.sismember(mapping.key(key), member);
    }

    @Override
    public long scard(String key) {
        return behind.scard(mapping.key(key));
    }

    @Override
    public Set<String> touch(Collection<String> keys, Duration ttl) {
        Map<String, String> given = mapping.keys(CacheKeys.requireAll(keys));
        Set<String> there = new LinkedHashSet<>();
        behind.touch(given.keySet(), ttl).forEach(its -> there.add(given.get(its)));
        return there;
    }

    @Override
    public Structures strict() {
        return new MappedStructures(behind.strict(), mapping);
    }
}
