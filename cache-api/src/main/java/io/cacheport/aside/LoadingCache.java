package io.cacheport.aside;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Read-through: a {@link Cache} that knows where its values come from, for code that should not. Made by {@link
 * Cache#loading}; everything else is said to the view that {@link #cache} gives. Thread-safe.
 *
 * <pre>{@code
 * LoadingCache<Long, User, RuntimeException> users = view.loading(repository::find, repository::findAll);
 *
 * User user = users.get(7L);
 * }</pre>
 *
 * @param <X> what the loaders may throw
 * @since 0.1
 */
public final class LoadingCache<K, V, X extends Exception> {

    private final Cache<K, V> cache;
    private final KeyLoader<? super K, ? extends @Nullable V, X> loader;
    private final @Nullable BulkLoader<K, V, X> bulkLoader;

    LoadingCache(
            Cache<K, V> cache,
            KeyLoader<? super K, ? extends @Nullable V, X> loader,
            @Nullable BulkLoader<K, V, X> bulkLoader) {
        this.cache = cache;
        this.loader = CacheAside.required(loader);
        this.bulkLoader = bulkLoader;
    }

    /** The value, cached or loaded, as {@link Cache#get}; null if the source has none. */
    public @Nullable V get(K key) throws X {
        return cache.get(key, loader);
    }

    /** The same with where it is from, as {@link Cache#lookup}. */
    public CacheResult<@Nullable V> lookup(K key) throws X {
        return cache.lookup(key, loader);
    }

    /**
     * The values that there are, as {@link Cache#getAll}; without a loader for several keys, one after the other as {@link
     * #get}.
     */
    public Map<K, V> getAll(Collection<? extends K> keys) throws X {
        if (bulkLoader != null) {
            return cache.getAll(keys, bulkLoader);
        }
        if (keys == null) {
            throw new IllegalArgumentException("keys is null");
        }
        Map<K, V> values = new LinkedHashMap<>();
        for (K key : keys) {
            V value = values.containsKey(key) ? null : get(key);
            if (value != null) {
                values.put(key, value);
            }
        }
        return values;
    }

    /** {@link Cache#invalidate}. */
    public void invalidate(K key) {
        cache.invalidate(key);
    }

    /** The view behind. */
    public Cache<K, V> cache() {
        return cache;
    }

    @Override
    public String toString() {
        return "LoadingCache[" + cache.name() + "]";
    }
}
