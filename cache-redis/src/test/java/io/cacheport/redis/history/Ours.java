package io.cacheport.redis.history;

import static io.cacheport.aside.CacheAside.withCache;
import static java.util.Objects.requireNonNull;

import io.cacheport.CacheException;
import io.cacheport.CacheServicePort;
import io.cacheport.TypeRef;
import io.cacheport.aside.Cache;
import io.cacheport.aside.CacheAside;
import io.cacheport.aside.CachePolicy;
import io.cacheport.redis.RedisCacheAdapter;
import io.cacheport.redis.history.View.Item;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** This library over the Redis adapter as it comes. A view's policy is set here. */
final class Ours implements Subject {

    /** Longer than any history: nothing goes by itself. */
    private static final Duration TTL = Duration.ofHours(8);

    private static final CachePolicy POLICY = CachePolicy.ttl(TTL);
    private static final String TAG = "first tenant";

    private final RedisCacheAdapter adapter;
    private final CacheServicePort cache;
    private final Map<View, Cache<String, Item>> views = new EnumMap<>(View.class);

    Ours(String uri, LoadChecks checks) {
        this.adapter = RedisCacheAdapter.connect(uri);
        this.cache = Watch.over(adapter, checks);
        views.put(View.TAGGED, prices("t1", POLICY.tags(TAG)));
        views.put(View.SECOND_TENANT, prices("t2", POLICY));
        views.put(
                View.DISHES,
                Cache.named("dish", typeOf(View.DISHES))
                        .policy(POLICY)
                        .generation()
                        .over(cache));
        views.forEach((view, made) -> requirePrefix(view, made.keyOf("k")));
    }

    private Cache<String, Item> prices(String tenant, CachePolicy policy) {
        return Cache.named("price", typeOf(View.FIRST_TENANT))
                .policy(policy)
                .tenant(tenant)
                .over(cache);
    }

    private static void requirePrefix(View view, String key) {
        if (!key.equals(view.prefix + "k")) {
            throw new IllegalStateException(view + " has keys like " + key);
        }
    }

    /** The type itself is asked for, not what is said of it here. */
    @SuppressWarnings("unchecked")
    private static TypeRef<Item> typeOf(View view) {
        return (TypeRef<Item>) TypeRef.of(view.type);
    }

    @Override
    public @Nullable Item load(Key key, Loader loader) throws MarkedException {
        Cache<String, Item> view = views.get(key.view());
        return view == null
                ? withCache(cache, key.name(), TTL, typeOf(key.view()), () -> loader.load(key))
                : view.get(key.text(), text -> loader.load(key));
    }

    @Override
    public Map<String, Item> loadAll(List<Key> keys, BulkLoader loader) throws MarkedException {
        List<String> texts = keys.stream().map(Key::text).toList();
        return requireNonNull(views.get(keys.get(0).view())).getAll(texts, loader::load);
    }

    @Override
    public @Nullable Item peek(Key key) {
        Cache<String, Item> view = views.get(key.view());
        return view == null ? cache.get(key.name(), key.view().type) : view.getIfPresent(key.text());
    }

    @Override
    public Map<String, ? extends @Nullable Item> peekAll(List<Key> keys) {
        return cache.getAll(keys.stream().map(Key::name).toList(), keys.get(0).view().type);
    }

    @Override
    public @Nullable Object peekAsAnother(Key key) {
        return cache.get(key.name(), key.view().anotherType());
    }

    @Override
    public boolean remove(List<Key> keys) {
        return isAcknowledged(() -> {
            if (keys.size() == 1) {
                cache.strict().del(keys.get(0).name());
            } else {
                cache.strict().del(keys.stream().map(Key::name).toList());
            }
        });
    }

    @Override
    public boolean flush(View view) {
        return isAcknowledged(() -> cache.strict().flush(view.prefix + "*"));
    }

    @Override
    public boolean invalidateTag() {
        return isAcknowledged(() -> CacheAside.invalidateTag(cache.strict(), TAG));
    }

    private static boolean isAcknowledged(Runnable removal) {
        try {
            removal.run();
            return true;
        } catch (CacheException kept) {
            return false;
        }
    }

    @Override
    public void removeOrKeep(Key key) {
        Cache<String, Item> view = views.get(key.view());
        if (view == null) {
            cache.del(key.name());
        } else {
            view.invalidate(key.text());
        }
    }

    @Override
    public void flushOrKeep(View view) {
        Cache<String, Item> made = views.get(view);
        if (made == null) {
            cache.flush(view.prefix + "*");
        } else {
            made.invalidateAll();
        }
    }

    @Override
    public long kept() {
        return adapter.guard().stats().pending();
    }

    @Override
    public String rawKey(Key key) {
        return "cache:" + key.name();
    }

    @Override
    public void close() {
        adapter.close();
    }
}
