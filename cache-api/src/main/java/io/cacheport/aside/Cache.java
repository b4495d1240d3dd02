package io.cacheport.aside;

import io.cacheport.CacheServicePort;
import io.cacheport.Glob;
import io.cacheport.TypeRef;
import io.cacheport.spi.CacheKeys;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A typed view of a cache: one kind of value, one name, one policy, made once and injected. Its keys are {@code
 * name:key}, or {@code name:tenant:key} when made for a tenant, so a key without its tenant cannot be written.
 *
 * <pre>{@code
 * Cache<UserId, User> users = Cache.named("user", User.class)
 *         .policy(CachePolicy.ttl(Duration.ofHours(1)).negativeTtl(Duration.ofSeconds(30)))
 *         .over(cache);
 * User user = users.get(id, repository::find);
 * }</pre>
 *
 * <p>Thread-safe. The rules A1 to A14 are in {@link io.cacheport.aside}.
 *
 * @param <K> the key; text, numbers, UUIDs, enums, {@code java.time} and records around one such value have a text of
 *     their own, others need a key function
 * @param <V> the value
 * @since 0.1
 */
public final class Cache<K, V> {

    private final CacheServicePort cache;
    private final String prefix;
    private final TypeRef<V> type;
    private final CachePolicy policy;
    private final Function<? super K, String> keyText;

    private Cache(
            CacheServicePort cache,
            String prefix,
            TypeRef<V> type,
            CachePolicy policy,
            Function<? super K, String> keyText) {
        this.cache = cache;
        this.prefix = prefix;
        this.type = type;
        this.policy = policy;
        this.keyText = keyText;
    }

    /** Begins a view of values of a type without arguments. */
    public static <V> Builder<V> named(String name, Class<V> type) {
        return named(name, TypeRef.of(type));
    }

    /**
     * Begins a view of values of any type.
     *
     * @param name 1 to 64 letters, digits, dots, underscores or hyphens
     */
    public static <V> Builder<V> named(String name, TypeRef<V> type) {
        return new Builder<>(name, type);
    }

    /** The cached value, or the loader's for this key, cached by the policy. One round trip on a hit. */
    @SuppressWarnings("unchecked") // a loader of anything above K and below V is a loader of K and V
    public <X extends Exception> @Nullable V get(K key, KeyLoader<? super K, ? extends @Nullable V, X> loader)
            throws X {
        if (loader == null) {
            throw new IllegalArgumentException("loader is null");
        }
        return CacheAside.getOrLoad(
                cache, keyOf(key), nullable(type), policy.ttl(), policy, key, (KeyLoader<K, @Nullable V, X>) loader);
    }

    /**
     * The values of several keys (A14): those that the cache has, and the loader's for the others, in one call. A key
     * without a value is not in the map, which is the caller's and in the order asked. One round trip per node and 500 keys
     * if all are there; one more before the load and one after it if not.
     *
     * <pre>{@code
     * Map<UserId, User> found = users.getAll(ids, repository::findAll);
     * }</pre>
     *
     * @throws X what the loader throws, as it is; nothing is returned then
     */
    public <X extends Exception> Map<K, V> getAll(Collection<? extends K> keys, BulkLoader<K, V, X> loader) throws X {
        if (keys == null || loader == null) {
            throw new IllegalArgumentException((keys == null ? "keys" : "loader") + " is null");
        }
        Map<String, K> byText = new LinkedHashMap<>();
        keys.forEach(key -> byText.putIfAbsent(CacheKeys.require(keyOf(key)), key));
        Map<String, V> found = new BulkLoading<>(cache, type, policy, loader, byText).run();
        Map<K, V> values = new LinkedHashMap<>();
        byText.forEach((text, key) -> {
            V value = found.get(text);
            if (value != null) {
                values.put(key, value);
            }
        });
        return values;
    }

    /** The cached value, or null for a miss or a cached null. One round trip. */
    public @Nullable V getIfPresent(K key) {
        return cache.get(keyOf(key), type);
    }

    /** Stores a value by the policy, after the source was written. A null is stored only under a negative TTL. */
    public void put(K key, @Nullable V value) {
        Duration ttl = policy.ttlOf(value);
        if (ttl == null) {
            cache.del(keyOf(key));
        } else {
            cache.set(keyOf(key), value, ttl);
        }
    }

    /** Removes the value of one key. One round trip. */
    public void invalidate(K key) {
        cache.del(keyOf(key));
    }

    /** Removes every value of this view, and only those. Walks all keys of the store, see {@code flush}. */
    public void invalidateAll() {
        cache.flush(Glob.escape(prefix) + "*");
    }

    /** The key under which the value of {@code key} is stored. */
    public String keyOf(K key) {
        String text = keyText.apply(key);
        if (text == null || text.isEmpty()) {
            throw new IllegalArgumentException(
                    "the text of a key of cache " + prefix + " is " + (text == null ? "null" : "empty"));
        }
        return prefix + text;
    }

    @Override
    public String toString() {
        return "Cache[" + prefix + "*, " + type + ", " + policy + "]";
    }

    @SuppressWarnings("unchecked") // a reference to V serves for V or null: null needs no type
    static <V> TypeRef<@Nullable V> nullable(TypeRef<V> type) {
        return (TypeRef<@Nullable V>) (TypeRef<?>) type;
    }

    /** Collects name, tenant and policy of a view. Immutable; each method gives a changed copy. */
    public static final class Builder<V> {

        private static final Pattern SEGMENT = Pattern.compile("[A-Za-z0-9._-]{1,64}");
        private static final CachePolicy DEFAULT = CachePolicy.ttl(Duration.ofMinutes(5));

        private final String prefix;
        private final TypeRef<V> type;
        private final CachePolicy policy;

        private Builder(String name, TypeRef<V> type) {
            this(segment("cache name", name), required("type", type), DEFAULT);
        }

        private Builder(String prefix, TypeRef<V> type, CachePolicy policy) {
            this.prefix = prefix;
            this.type = type;
            this.policy = policy;
        }

        /** How values are cached; five minutes and no nulls unless said. */
        public Builder<V> policy(CachePolicy policy) {
            return new Builder<>(prefix, type, required("policy", policy));
        }

        /** Shorthand for {@code policy(CachePolicy.ttl(ttl))}. */
        public Builder<V> ttl(Duration ttl) {
            return policy(CachePolicy.ttl(ttl));
        }

        /**
         * Puts the tenant into every key of the view.
         *
         * @param tenant 1 to 64 letters, digits, dots, underscores or hyphens
         */
        public Builder<V> tenant(String tenant) {
            return new Builder<>(prefix + segment("tenant", tenant), type, policy);
        }

        /** The view, for keys that have a text of their own. */
        public <K> Cache<K, V> over(CacheServicePort cache) {
            return over(cache, KeyText::of);
        }

        /** The view, with a function that gives different keys different, non-empty texts. */
        public <K> Cache<K, V> over(CacheServicePort cache, Function<? super K, String> keyText) {
            return new Cache<>(required("cache", cache), prefix, type, policy, required("key function", keyText));
        }

        private static String segment(String what, String text) {
            if (text == null || !SEGMENT.matcher(text).matches()) {
                throw new IllegalArgumentException(
                        what + " \"" + text + "\" is not 1 to 64 letters, digits, dots, underscores or hyphens");
            }
            return text + ":";
        }

        private static <T> T required(String what, T value) {
            if (value == null) {
                throw new IllegalArgumentException(what + " is null");
            }
            return value;
        }
    }
}
