package io.cacheport.aside;

import io.cacheport.CacheServicePort;
import io.cacheport.Glob;
import io.cacheport.TypeRef;
import io.cacheport.key.KeyText;
import io.cacheport.spi.KeyTraffic;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
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
 * <p>Thread-safe. The rules A1 to A25 are in {@link io.cacheport.aside}.
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
    private final @Nullable String generation;

    /** Told of each key that is asked for; null for nobody. */
    private final @Nullable Consumer<? super K> learner;

    private Cache(
            CacheServicePort cache,
            String prefix,
            TypeRef<V> type,
            CachePolicy policy,
            Function<? super K, String> keyText,
            @Nullable String generation,
            @Nullable Consumer<? super K> learner) {
        this.cache = cache;
        this.prefix = prefix;
        this.type = type;
        this.policy = policy;
        this.keyText = keyText;
        this.generation = generation;
        this.learner = learner;
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

    /**
     * This view, telling somebody each key for which a value is asked, found or not, such as {@link
     * io.cacheport.warm.PopularKeys}. What is warmed is not told.
     *
     * @param learner called by whoever asks, on the way to the value: it must be quick, thread-safe and not throw
     */
    public Cache<K, V> learning(Consumer<? super K> learner) {
        if (learner == null) {
            throw new IllegalArgumentException("learner is null");
        }
        return new Cache<>(cache, prefix, type, policy, keyText, generation, learner);
    }

    /** Read-through: this view with the loader it is always to use. */
    public <X extends Exception> LoadingCache<K, V, X> loading(KeyLoader<? super K, ? extends @Nullable V, X> loader) {
        return new LoadingCache<>(this, loader, null);
    }

    /** Read-through: this view with the loaders it is always to use, for one key and for several. */
    public <X extends Exception> LoadingCache<K, V, X> loading(
            KeyLoader<? super K, ? extends @Nullable V, X> loader, BulkLoader<K, V, X> bulkLoader) {
        return new LoadingCache<>(this, loader, CacheAside.required(bulkLoader));
    }

    private String asked(K key) {
        String text = keyOf(key);
        if (learner != null) {
            learner.accept(key);
        }
        return text;
    }

    /** The cached value, or the loader's for this key, cached by the policy. One round trip on a hit. */
    @SuppressWarnings("unchecked") // a loader of anything above K and below V is a loader of K and V
    public <X extends Exception> @Nullable V get(K key, KeyLoader<? super K, ? extends @Nullable V, X> loader)
            throws X {
        if (loader == null) {
            throw new IllegalArgumentException("loader is null");
        }
        return CacheAside.getOrLoad(
                cache, asked(key), nullable(type), policy.ttl(), policy, key, (KeyLoader<K, @Nullable V, X>) loader);
    }

    /**
     * The same with a loader that is given the context of the load: the value there was, and a say in how the new one is
     * cached.
     */
    public <X extends Exception> @Nullable V getWithContext(K key, ContextLoader<? super K, @Nullable V, X> loader)
            throws X {
        return CacheAside.getOrLoad(
                cache,
                asked(key),
                nullable(type),
                policy.ttl(),
                policy,
                key,
                new Call.WithContext<K, @Nullable V, X>(CacheAside.required(loader)));
    }

    /** What {@link #get} gives, with where it is from and how old it is. */
    @SuppressWarnings("unchecked") // as for get
    public <X extends Exception> CacheResult<@Nullable V> lookup(
            K key, KeyLoader<? super K, ? extends @Nullable V, X> loader) throws X {
        return CacheAside.lookup(cache, asked(key), nullable(type), policy, key, (KeyLoader<K, @Nullable V, X>)
                CacheAside.required(loader));
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
        keys.forEach(key -> byText.putIfAbsent(Call.requireKey(cache, asked(key)), key));
        byText.keySet().forEach(text -> KeyTraffic.asked(cache, text));
        Map<String, V> found = new BulkLoading<>(cache, type, policy, loader, byText, null).run();
        Map<K, V> values = new LinkedHashMap<>();
        byText.forEach((text, key) -> {
            V value = found.get(text);
            if (value != null) {
                values.put(key, value);
            }
        });
        return values;
    }

    /**
     * Loads and stores those of the keys that the cache does not have, and nothing else (A25): what is there stays, what others
     * load is theirs, and where a value could not be stored the loader is not called. A value that the policy would refresh
     * now is. Round trips as for {@link #getAll}, and two more for each value that is refreshed. For many keys see {@link
     * io.cacheport.warm.Warming}, which keeps to a pace.
     *
     * @return what became of them; an exception of the loader's is in it
     */
    public Warmed warm(Collection<? extends K> keys, BulkLoader<K, V, ?> loader) {
        return warm(keys, CacheAside.required(loader), new WarmTally<>());
    }

    /**
     * The same by a loader of one key, on this thread. A key whose load fails is left out; after five in a row the rest is not
     * tried and counts as failed.
     */
    public Warmed warmEach(Collection<? extends K> keys, KeyLoader<? super K, ? extends @Nullable V, ?> loader) {
        WarmTally<K> tally = new WarmTally<>();
        return warm(keys, WarmTally.each(CacheAside.required(loader), tally), tally);
    }

    @SuppressWarnings("CatchingUnchecked") // a lambda may throw what it does not declare
    private Warmed warm(Collection<? extends K> keys, BulkLoader<K, V, ?> loader, WarmTally<K> tally) {
        if (keys == null) {
            throw new IllegalArgumentException("keys is null");
        }
        Map<String, K> byText = new LinkedHashMap<>();
        keys.forEach(key -> byText.putIfAbsent(Call.requireKey(cache, keyOf(key)), key));
        try {
            new BulkLoading<>(cache, type, policy, loader, byText, tally).run();
        } catch (Exception failure) {
            if (tally.failure() != failure) {
                tally.notLoaded(byText.size() - tally.result().asked(), failure);
            }
        }
        return tally.result();
    }

    /** The cached value, or null for a miss, a stale value or a cached null. One round trip. */
    public @Nullable V getIfPresent(K key) {
        String text = asked(key);
        KeyTraffic.asked(cache, text);
        return cache.get(text, type);
    }

    /**
     * Stores a value by the policy, after the source was written. A null is stored only under a negative TTL. Two writers who
     * race leave what came last: where that matters, {@link #invalidate}, or give the version. A value whose policy has tags
     * is removed instead, so that it is loaded with them.
     */
    public void put(K key, @Nullable V value) {
        Duration ttl = policy.ttlOf(value);
        if (ttl == null || policy.isTagged()) {
            cache.del(keyOf(key));
        } else {
            cache.set(keyOf(key), value, ttl);
        }
    }

    /**
     * Stores a value by the policy, after the source was written, unless one of the same or a newer version is there: of
     * writers who race the newest stays, in whatever order they arrive (A22). Loaded values are compared too if their
     * loader says their version ({@link LoadContext#version}); others are replaced. One round trip. Where the cache cannot
     * be asked, or gives no leases, the value is removed instead, which is kept like any removal.
     *
     * @return false if one of the same or a newer version was there, or the key is being written
     */
    public boolean put(K key, @Nullable V value, long version) {
        return Writing.putIfNewer(cache, policy, keyOf(key), value, version);
    }

    /**
     * Begins a write of the source that other statements may fail or undo, such as a transaction (A23): from now on until
     * {@link CacheWrite#close} the key is loaded from the source for every reader, and nothing that was loaded is stored. If
     * this process ends before that, it stays so until {@code hold} is over, so no value from before the write survives.
     *
     * <pre>{@code
     * try (CacheWrite write = users.beginWrite(id, Duration.ofSeconds(10))) {
     *     repository.update(user); // and commit
     * }
     * }</pre>
     *
     * <p>A removal of the key by somebody else meanwhile, or a {@code set}, ends it for the others; the end of the write still
     * removes what may be older. Two round trips in all. Where the cache cannot be asked, the value is removed at the end instead, which is kept like
     * any removal; then a process that ends in between leaves the old value until its TTL ends.
     *
     * @param hold longer than the write takes, positive
     */
    public CacheWrite beginWrite(K key, Duration hold) {
        return CacheWrite.begin(cache, keyOf(key), hold);
    }

    /** Removes the value of one key. One round trip. */
    public void invalidate(K key) {
        cache.del(keyOf(key));
    }

    /** Invalidates every value that has the tag, of this view or another: see {@link CacheAside#invalidateTag}. */
    public void invalidateTag(String tag) {
        CacheAside.invalidateTag(cache, tag);
    }

    /**
     * Removes every value of this view, and only those. Walks all keys of the store, see {@code flush}; for a view with a
     * {@link Builder#generation} two round trips, however many there are.
     */
    public void invalidateAll() {
        if (generation == null) {
            cache.flush(Glob.escape(prefix) + "*");
        } else {
            CacheAside.invalidateTag(cache, generation);
        }
    }

    /** The name of this view, and its tenant: {@code name} or {@code name:tenant}. */
    public String name() {
        return prefix.substring(0, prefix.length() - 1);
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

        private static final CachePolicy DEFAULT = CachePolicy.ttl(Duration.ofMinutes(5));

        private final String prefix;
        private final TypeRef<V> type;
        private final CachePolicy policy;
        private final boolean generation;

        private Builder(String name, TypeRef<V> type) {
            this(segment("cache name", name), required("type", type), DEFAULT, false);
        }

        private Builder(String prefix, TypeRef<V> type, CachePolicy policy, boolean generation) {
            this.prefix = prefix;
            this.type = type;
            this.policy = policy;
            this.generation = generation;
        }

        /** How values are cached; five minutes and no nulls unless said. */
        public Builder<V> policy(CachePolicy policy) {
            return new Builder<>(prefix, type, required("policy", policy), generation);
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
            return new Builder<>(prefix + segment("tenant", tenant), type, policy, generation);
        }

        /**
         * Gives the view a generation, a tag that all its values have: {@link Cache#invalidateAll} begins a new one rather
         * than removing what there is, which takes the same time for ten values and ten million. Each read asks for it
         * together with the value.
         */
        public Builder<V> generation() {
            return new Builder<>(prefix, type, policy, true);
        }

        /**
         * The view, for keys that have a text of their own.
         *
         * @throws IllegalArgumentException if the policy has {@code sensitive()} and the cache would store it unencrypted
         */
        public <K> Cache<K, V> over(CacheServicePort cache) {
            return over(cache, KeyText::of);
        }

        /**
         * The view, with a function that gives different keys different, non-empty texts.
         *
         * @throws IllegalArgumentException if the policy has {@code sensitive()} and the cache would store it unencrypted
         */
        public <K> Cache<K, V> over(CacheServicePort cache, Function<? super K, String> keyText) {
            policy.requireAllows(required("cache", cache));
            String tag = generation ? "generation:" + prefix : null;
            return new Cache<>(
                    cache,
                    prefix,
                    type,
                    tag == null ? policy : policy.tags(tag),
                    required("key function", keyText),
                    tag,
                    null);
        }

        private static String segment(String what, String text) {
            return KeyText.requireName(what, text) + ":";
        }

        private static <T> T required(String what, T value) {
            if (value == null) {
                throw new IllegalArgumentException(what + " is null");
            }
            return value;
        }
    }
}
