package io.cacheport.benchmarks.peer;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Expiry;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionException;
import org.jspecify.annotations.Nullable;

/** Caffeine alone. */
final class CaffeinePeer implements Peer {

    private final Cache<String, Object> cache;

    private CaffeinePeer(Caffeine<Object, Object> settings) {
        this.cache = settings.build();
    }

    static Peer withoutExpiry() {
        return new CaffeinePeer(bounded());
    }

    static Peer expireAfterWrite() {
        return new CaffeinePeer(bounded().expireAfterWrite(TTL));
    }

    static Peer expiryPerEntry() {
        return new CaffeinePeer(bounded().expireAfter(Expiry.writing((key, value) -> TTL)));
    }

    static Caffeine<Object, Object> bounded() {
        return Caffeine.newBuilder().maximumSize(Peers.MAXIMUM_ENTRIES);
    }

    @Override
    public void put(String key, Object value) {
        cache.put(key, value);
    }

    @Override
    public @Nullable Object get(String key) {
        return cache.getIfPresent(key);
    }

    @Override
    public Object getOrLoad(String key, Callable<Object> loader) {
        return cache.get(key, missing -> called(loader));
    }

    @Override
    public Map<String, Object> getAll(List<String> keys) {
        return cache.getAllPresent(keys);
    }

    @Override
    public void remove(String key) {
        cache.invalidate(key);
    }

    @Override
    public void close() {
        cache.invalidateAll();
    }

    /** For libraries whose loaders throw nothing checked. */
    static Object called(Callable<Object> loader) {
        try {
            return loader.call();
        } catch (RuntimeException failure) {
            throw failure;
        } catch (Exception failure) {
            throw new CompletionException(failure);
        }
    }
}
