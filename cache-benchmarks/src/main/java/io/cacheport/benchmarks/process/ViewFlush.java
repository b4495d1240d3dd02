package io.cacheport.benchmarks.process;

import io.cacheport.aside.Cache;
import io.cacheport.aside.CachePolicy;
import io.cacheport.benchmarks.peer.Peer;
import io.cacheport.redis.RedisCacheAdapter;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** By one command: what the values have in common is no longer valid, and they are left to expire. */
final class ViewFlush implements FlushWay {

    /** Also the name of the view. */
    static final String TAG = "tagged";

    private static final int AT_ONCE = 500;

    private final String name;
    private final RedisCacheAdapter cache;
    private final Cache<Integer, String> view;
    private final Consumer<Cache<Integer, String>> flush;
    private int values;

    /** Of a cache that it closes. */
    private ViewFlush(
            String name, RedisCacheAdapter cache, Cache.Builder<String> view, Consumer<Cache<Integer, String>> flush) {
        this.name = name;
        this.cache = cache;
        this.view = view.over(cache);
        this.flush = flush;
    }

    static ViewFlush byTag(String uri) {
        return new ViewFlush(
                "cacheport invalidateTag",
                connect(uri),
                Cache.named(TAG, String.class).policy(CachePolicy.ttl(Peer.TTL).tags(TAG)),
                view -> view.invalidateTag(TAG));
    }

    static ViewFlush ofAll(String uri) {
        return new ViewFlush(
                "cacheport Cache.invalidateAll",
                connect(uri),
                Cache.named(TAG, String.class).ttl(Peer.TTL).generation(),
                Cache::invalidateAll);
    }

    private static RedisCacheAdapter connect(String uri) {
        return RedisCacheAdapter.builder(uri)
                .commandTimeout(Duration.ofSeconds(5)) // many are loaded at once on a loaded machine
                .requireAtStartup()
                .build();
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public void fill(int size) {
        values = size;
        long unusedLeft = cache.flush(TAG + ":*");
        for (int from = 0; from < size; from += AT_ONCE) {
            view.getAll(
                    IntStream.range(from, Math.min(size, from + AT_ONCE))
                            .boxed()
                            .toList(),
                    ViewFlush::load);
        }
        if (view.getIfPresent(size - 1) == null) {
            throw new IllegalStateException("the last value was not stored");
        }
    }

    private static Map<Integer, String> load(Set<Integer> keys) {
        return keys.stream().collect(Collectors.toMap(Function.identity(), key -> "value " + key));
    }

    @Override
    public void run() {
        flush.accept(view);
    }

    /** The first and the last of them. */
    @Override
    public boolean isGone() {
        return view.getIfPresent(0) == null && view.getIfPresent(values - 1) == null;
    }

    /** What the view is over. */
    RedisCacheAdapter cache() {
        return cache;
    }

    @Override
    public void close() {
        long unusedLeft = cache.flush(TAG + ":*");
        cache.close();
    }
}
