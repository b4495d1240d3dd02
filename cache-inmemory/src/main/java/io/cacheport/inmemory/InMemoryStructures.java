package io.cacheport.inmemory;

import io.cacheport.ErrorCause;
import io.cacheport.TypeRef;
import io.cacheport.inmemory.Structure.Counter;
import io.cacheport.inmemory.Structure.Hash;
import io.cacheport.inmemory.Structure.Members;
import io.cacheport.inmemory.Structure.Queue;
import io.cacheport.spi.CacheKeys;
import io.cacheport.spi.CacheTtl;
import io.cacheport.spi.FailureHandler;
import io.cacheport.spi.UnreadableValueException;
import io.cacheport.structure.Elements;
import io.cacheport.structure.Structures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Structures as entries of the store. Elements are encoded before and decoded after the step that touches them. */
final class InMemoryStructures implements Structures {

    private final Store store;
    private final FailureHandler failures;
    private final int maximumValueBytes;
    private final @Nullable Structures strictView;

    InMemoryStructures(Store store, FailureHandler failures, int maximumValueBytes, @Nullable Structures strictView) {
        this.store = store;
        this.failures = failures;
        this.maximumValueBytes = maximumValueBytes;
        this.strictView = strictView;
    }

    @Override
    public OptionalLong increment(String key, long by) {
        return increment(CacheKeys.require(key), by, Store.NO_EXPIRY);
    }

    @Override
    public OptionalLong increment(String key, long by, Duration ttl) {
        return increment(CacheKeys.require(key), by, nanos(ttl));
    }

    private OptionalLong increment(String key, long by, long nanos) {
        if (isClosedFor("increment")) {
            return OptionalLong.empty();
        }
        try {
            return OptionalLong.of(store.add(key, by, nanos));
        } catch (WrongStructureException wrong) {
            failures.failed("increment", ErrorCause.WRONG_TYPE, null);
        } catch (ArithmeticException overflow) {
            failures.failed("increment", ErrorCause.REFUSED, overflow);
        }
        return OptionalLong.empty();
    }

    @Override
    public OptionalLong count(String key) {
        CacheKeys.require(key);
        Long number = used("count", key, Counter.class, Counter::number, 0L, null);
        return number == null ? OptionalLong.empty() : OptionalLong.of(number);
    }

    @Override
    public <T> @Nullable T hget(String key, String field, TypeRef<T> type) {
        CacheKeys.require(key);
        Elements.requireField(field);
        requireType(type);
        return element(
                "hget",
                key,
                found("hget", key, Hash.class, hash -> hash.byField().get(field)),
                type);
    }

    @Override
    public <T> Map<String, T> hgetall(String key, TypeRef<T> type) {
        CacheKeys.require(key);
        requireType(type);
        Map<String, Object> held = new HashMap<>();
        found("hgetall", key, Hash.class, hash -> {
            held.putAll(hash.byField());
            return true;
        });
        Map<String, T> all = new HashMap<>();
        held.forEach((field, one) -> {
            T value = element("hgetall", key, one, type);
            if (value != null) {
                all.put(field, value);
            }
        });
        return all;
    }

    @Override
    public long hset(String key, Map<String, ?> values) {
        return hset(CacheKeys.require(key), Elements.requireValues(values), Store.NO_EXPIRY);
    }

    @Override
    public long hset(String key, Map<String, ?> values, Duration ttl) {
        return hset(CacheKeys.require(key), Elements.requireValues(values), nanos(ttl));
    }

    private long hset(String key, Map<String, ?> values, long nanos) {
        Map<String, Object> held = new LinkedHashMap<>();
        for (Map.Entry<String, ?> one : values.entrySet()) {
            Object element = held("hset", key, one.getValue());
            if (element == null) {
                return 0;
            }
            held.put(one.getKey(), element);
        }
        return held.isEmpty()
                ? 0
                : written(
                        "hset",
                        key,
                        Hash.class,
                        Hash::new,
                        nanos,
                        hash -> held.entrySet().stream()
                                .filter(one -> hash.byField().put(one.getKey(), one.getValue()) == null)
                                .count());
    }

    @Override
    public long hdel(String key, Collection<String> fields) {
        CacheKeys.require(key);
        Set<String> distinct = Elements.requireFields(fields);
        return distinct.isEmpty()
                ? 0
                : counted(
                        "hdel",
                        key,
                        Hash.class,
                        hash -> distinct.stream()
                                .filter(field -> hash.byField().remove(field) != null)
                                .count());
    }

    @Override
    public long lpush(String key, List<?> values) {
        return push("lpush", key, values, Store.NO_EXPIRY, Deque::addFirst);
    }

    @Override
    public long lpush(String key, List<?> values, Duration ttl) {
        return push("lpush", key, values, nanos(ttl), Deque::addFirst);
    }

    @Override
    public long rpush(String key, List<?> values) {
        return push("rpush", key, values, Store.NO_EXPIRY, Deque::addLast);
    }

    @Override
    public long rpush(String key, List<?> values, Duration ttl) {
        return push("rpush", key, values, nanos(ttl), Deque::addLast);
    }

    private interface End {
        void add(Deque<Object> elements, Object element);
    }

    private long push(String operation, String key, List<?> values, long nanos, End end) {
        CacheKeys.require(key);
        List<Object> held = new ArrayList<>();
        for (Object value : Elements.requireValues(values)) {
            Object element = held(operation, key, value);
            if (element == null) {
                return 0;
            }
            held.add(element);
        }
        return held.isEmpty()
                ? llen(key)
                : written(operation, key, Queue.class, Queue::new, nanos, queue -> {
                    held.forEach(element -> end.add(queue.elements(), element));
                    return (long) queue.elements().size();
                });
    }

    @Override
    public <T> @Nullable T lpop(String key, TypeRef<T> type) {
        return pop("lpop", key, Deque::pollFirst, type);
    }

    @Override
    public <T> @Nullable T rpop(String key, TypeRef<T> type) {
        return pop("rpop", key, Deque::pollLast, type);
    }

    private <T> @Nullable T pop(
            String operation, String key, Function<Deque<Object>, @Nullable Object> end, TypeRef<T> type) {
        CacheKeys.require(key);
        requireType(type);
        return element(operation, key, found(operation, key, Queue.class, queue -> end.apply(queue.elements())), type);
    }

    @Override
    public <T> List<T> lrange(String key, long from, long to, TypeRef<T> type) {
        CacheKeys.require(key);
        requireType(type);
        List<Object> held = new ArrayList<>();
        found("lrange", key, Queue.class, queue -> {
            long size = queue.elements().size();
            long first = Math.max(0, from < 0 ? size + from : from);
            long last = Math.min(size - 1, to < 0 ? size + to : to);
            return first > last
                    ? true
                    : queue.elements().stream()
                            .skip(first)
                            .limit(last - first + 1)
                            .allMatch(held::add);
        });
        List<T> range = new ArrayList<>();
        for (Object one : held) {
            T value = element("lrange", key, one, type);
            if (value != null) {
                range.add(value);
            }
        }
        return range;
    }

    @Override
    public long llen(String key) {
        CacheKeys.require(key);
        return counted(
                "llen", key, Queue.class, queue -> (long) queue.elements().size());
    }

    @Override
    public long sadd(String key, Collection<String> members) {
        return add(CacheKeys.require(key), Elements.requireMembers(members), Store.NO_EXPIRY);
    }

    @Override
    public long sadd(String key, Collection<String> members, Duration ttl) {
        return add(CacheKeys.require(key), Elements.requireMembers(members), nanos(ttl));
    }

    private long add(String key, Set<String> members, long nanos) {
        return members.isEmpty()
                ? 0
                : written(
                        "sadd",
                        key,
                        Members.class,
                        Members::new,
                        nanos,
                        set -> members.stream().filter(set.members()::add).count());
    }

    @Override
    public long srem(String key, Collection<String> members) {
        CacheKeys.require(key);
        Set<String> distinct = Elements.requireMembers(members);
        return distinct.isEmpty()
                ? 0
                : counted(
                        "srem",
                        key,
                        Members.class,
                        set -> distinct.stream().filter(set.members()::remove).count());
    }

    @Override
    public Set<String> smembers(String key) {
        CacheKeys.require(key);
        Set<String> members = new LinkedHashSet<>();
        found("smembers", key, Members.class, set -> members.addAll(set.members()));
        return members;
    }

    @Override
    public boolean sismember(String key, String member) {
        CacheKeys.require(key);
        Elements.requireMember(member);
        return Boolean.TRUE.equals(
                found("sismember", key, Members.class, set -> set.members().contains(member)));
    }

    @Override
    public long scard(String key) {
        CacheKeys.require(key);
        return counted("scard", key, Members.class, set -> (long) set.members().size());
    }

    @Override
    public Set<String> touch(Collection<String> keys, Duration ttl) {
        Set<String> distinct = CacheKeys.requireAll(keys);
        long nanos = nanos(ttl);
        Set<String> there = new LinkedHashSet<>();
        if (!distinct.isEmpty() && !isClosedFor("touch")) {
            distinct.stream().filter(key -> store.expire(key, nanos)).forEach(there::add);
        }
        return there;
    }

    @Override
    public Structures strict() {
        return strictView == null ? this : strictView;
    }

    private <S extends Structure> long counted(String operation, String key, Class<S> kind, Function<S, Long> use) {
        Long count = used(operation, key, kind, use, 0L, 0L);
        return count == null ? 0 : count;
    }

    private <S extends Structure, R> @Nullable R found(
            String operation, String key, Class<S> kind, Function<S, @Nullable R> use) {
        return used(operation, key, kind, use, null, null);
    }

    private <S extends Structure> long written(
            String operation, String key, Class<S> kind, Supplier<S> made, long nanos, Function<S, Long> use) {
        if (isClosedFor(operation)) {
            return 0;
        }
        try {
            Long done = store.inStructure(key, kind, made, nanos, use, 0L);
            return done == null ? 0 : done;
        } catch (WrongStructureException wrong) {
            failures.failed(operation, ErrorCause.WRONG_TYPE, null);
            return 0;
        }
    }

    /** What is made of the structure, if there is one. */
    private <S extends Structure, R> @Nullable R used(
            String operation,
            String key,
            Class<S> kind,
            Function<S, @Nullable R> use,
            @Nullable R none,
            @Nullable R failed) {
        if (isClosedFor(operation)) {
            return failed;
        }
        try {
            return store.inStructure(key, kind, null, Store.NO_EXPIRY, use, none);
        } catch (WrongStructureException wrong) {
            failures.failed(operation, ErrorCause.WRONG_TYPE, null);
            return failed;
        }
    }

    private <T> @Nullable T element(String operation, String key, @Nullable Object held, TypeRef<T> type) {
        if (held == null) {
            return null;
        }
        try {
            return store.form.read(key, held, type);
        } catch (UnreadableValueException unreadable) {
            failures.failed(operation, ErrorCause.UNREADABLE, unreadable);
            return null;
        }
    }

    /** Null if it is too large. */
    private @Nullable Object held(String operation, String key, Object value) {
        Object held = store.hold(key, value);
        if (store.form.bytes(held) > maximumValueBytes) {
            failures.failed(operation, ErrorCause.TOO_LARGE, null);
            return null;
        }
        return held;
    }

    private boolean isClosedFor(String operation) {
        if (store.isClosed()) {
            failures.failed(operation, ErrorCause.CLOSED, null);
            return true;
        }
        return false;
    }

    private static long nanos(Duration ttl) {
        return TimeUnit.MILLISECONDS.toNanos(CacheTtl.toMillis(ttl));
    }

    private static void requireType(TypeRef<?> type) {
        if (type == null) {
            throw new IllegalArgumentException("type is null: name the type of the value");
        }
    }
}
