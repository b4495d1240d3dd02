package io.cacheport.benchmarks.peer;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * A library as a service would use it: one client, one connection unless its own default is another, values of one class,
 * which is told when it is opened. Thread-safe. What a library has no word for throws {@link UnsupportedOperationException},
 * and is a dash in the report.
 */
public interface Peer extends AutoCloseable {

    /** The TTL of everything that is stored, in every library. */
    Duration TTL = Duration.ofHours(1);

    /** Stores the value, for {@link #TTL}. */
    void put(String key, Object value) throws Exception;

    /** The value, decoded; null if there is none. */
    @Nullable
    Object get(String key) throws Exception;

    /**
     * The value, or what is loaded and stored, by the library's own way to protect the source if it has one; as here, by hand, where it
     * has none.
     */
    default Object getOrLoad(String key, Callable<Object> loader) throws Exception {
        Object found = get(key);
        if (found != null) {
            return found;
        }
        Object loaded = loader.call();
        put(key, loaded);
        return loaded;
    }

    /** Those of the values that are there. */
    default Map<String, Object> getAll(List<String> keys) throws Exception {
        throw new UnsupportedOperationException("no reading of several keys");
    }

    /** Removes one key. */
    void remove(String key) throws Exception;

    /** Removes every key that begins so, and returns when they are gone. */
    default void flush(String prefix) throws Exception {
        throw new UnsupportedOperationException("no removal by pattern");
    }

    @Override
    void close();
}
