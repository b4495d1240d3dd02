package io.cacheport.benchmarks.process;

import io.cacheport.benchmarks.peer.Peer;
import io.cacheport.benchmarks.peer.PeerKind;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * No cache: those who ask for the same wait for the same future, in each JVM its own. No single flight can be quicker, so
 * what it takes longer than the load is what the threads of the measurement take.
 */
final class OneFuture implements Peer {

    static final PeerKind KIND = new PeerKind("one future in each JVM", (uri, type) -> new OneFuture());

    private final Map<String, CompletableFuture<Object>> values = new ConcurrentHashMap<>();

    @Override
    public void put(String key, Object value) {
        values.put(key, CompletableFuture.completedFuture(value));
    }

    @Override
    public @Nullable Object get(String key) {
        CompletableFuture<Object> value = values.get(key);
        return value == null ? null : value.join();
    }

    @Override
    public Object getOrLoad(String key, Callable<Object> loader) throws Exception {
        CompletableFuture<Object> mine = new CompletableFuture<>();
        CompletableFuture<Object> first = values.putIfAbsent(key, mine);
        if (first != null) {
            return first.join();
        }
        Object value = loader.call();
        mine.complete(value);
        return value;
    }

    @Override
    public void remove(String key) {
        values.remove(key);
    }

    @Override
    public void close() {}
}
