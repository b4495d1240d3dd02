package io.cacheport.redis;

import io.cacheport.CacheServicePort;
import io.cacheport.CacheStats;
import io.cacheport.TypeRef;
import io.cacheport.structure.Structures;
import io.cacheport.testkit.CacheFixture;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** One operation of a random program, and its answer in a form that can be compared. */
sealed interface Step {

    @Nullable
    Object runOn(CacheFixture fixture);

    /** TTLs are compared to the half minute: programs only use whole ones, and a real server's clock goes on. */
    private static Object rounded(Optional<Duration> ttl) {
        return ttl.map(left -> left.equals(CacheServicePort.NO_EXPIRY) ? -2L : (left.toMillis() + 15_000) / 30_000)
                .orElse(-1L);
    }

    record Set(String key, @Nullable Object value, Duration ttl) implements Step {
        @Override
        public @Nullable Object runOn(CacheFixture fixture) {
            fixture.cache().set(key, value, ttl);
            return null;
        }
    }

    record Get(String key, Class<?> type) implements Step {
        @Override
        public @Nullable Object runOn(CacheFixture fixture) {
            return fixture.cache().get(key, type);
        }
    }

    record GetOrDefault(String key) implements Step {
        @Override
        public @Nullable Object runOn(CacheFixture fixture) {
            return fixture.cache().getOrDefault(key, TypeRef.of(String.class), "missing");
        }
    }

    record Del(String key) implements Step {
        @Override
        public Object runOn(CacheFixture fixture) {
            return fixture.cache().del(key);
        }
    }

    record DelAll(List<String> keys) implements Step {
        @Override
        public Object runOn(CacheFixture fixture) {
            return fixture.cache().del(keys);
        }
    }

    record Exists(String key) implements Step {
        @Override
        public Object runOn(CacheFixture fixture) {
            return fixture.cache().exists(key);
        }
    }

    record Ttl(String key) implements Step {
        @Override
        public Object runOn(CacheFixture fixture) {
            return rounded(fixture.cache().ttl(key));
        }
    }

    record Expire(String key, Duration ttl) implements Step {
        @Override
        public Object runOn(CacheFixture fixture) {
            return fixture.cache().expire(key, ttl);
        }
    }

    record GetAll(List<String> keys, Class<?> type) implements Step {
        @Override
        public Object runOn(CacheFixture fixture) {
            return List.copyOf(fixture.cache().getAll(keys, type).entrySet().stream()
                    .map(String::valueOf)
                    .toList());
        }
    }

    record SetAll(List<String> keys, @Nullable Object value, Duration ttl) implements Step {
        @Override
        public @Nullable Object runOn(CacheFixture fixture) {
            Map<String, @Nullable Object> values = new LinkedHashMap<>();
            keys.forEach(key -> values.put(key, value));
            fixture.cache().setAll(values, ttl);
            return null;
        }
    }

    record Flush(String glob) implements Step {
        @Override
        public Object runOn(CacheFixture fixture) {
            return fixture.cache().flush(glob);
        }
    }

    record Clear() implements Step {
        @Override
        public Object runOn(CacheFixture fixture) {
            return fixture.cache().clear();
        }
    }

    /** An operation on a structure; its answer without an order where it has none. */
    record OnStructure(String description, Function<Structures, @Nullable Object> operation) implements Step {
        @Override
        public @Nullable Object runOn(CacheFixture fixture) {
            Object answer = operation.apply(Structures.of(fixture.cache()));
            if (answer instanceof Map<?, ?> map) {
                return new TreeMap<>(map);
            }
            return answer instanceof java.util.Set<?> set ? new TreeSet<>(set) : answer;
        }

        @Override
        public String toString() {
            return description;
        }
    }

    record PassTime(Duration time) implements Step {
        @Override
        public @Nullable Object runOn(CacheFixture fixture) {
            fixture.passTime(time);
            return null;
        }
    }

    /** Everything there is to see of these keys, and the counters. */
    record FinalState(List<String> keys) implements Step {
        @Override
        public Object runOn(CacheFixture fixture) {
            CacheServicePort cache = fixture.cache();
            StringBuilder state = new StringBuilder();
            for (String key : keys) {
                state.append(key).append('=');
                state.append(cache.exists(key)).append(',').append(rounded(cache.ttl(key)));
                for (Class<?> type : List.of(String.class, Integer.class, List.class)) {
                    state.append(',').append(cache.get(key, type));
                }
                if (cache.exists(key)) {
                    Structures structures = Structures.of(cache);
                    state.append(',').append(structures.count(key));
                    state.append(',').append(new TreeMap<>(structures.hgetall(key, String.class)));
                    state.append(',').append(structures.lrange(key, 0, -1, String.class));
                    state.append(',').append(new TreeSet<>(structures.smembers(key)));
                }
                state.append('\n');
            }
            CacheStats stats = cache.getStats();
            return state.append(
                            new CacheStats( // without the last minutes, which are not the same for both
                                    stats.hits(),
                                    stats.misses(),
                                    stats.sets(),
                                    stats.deletes(),
                                    stats.errors(),
                                    stats.keys()))
                    .toString();
        }
    }
}
