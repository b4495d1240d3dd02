package io.cacheport.spi;

import io.cacheport.TypeRef;
import org.jspecify.annotations.Nullable;

/**
 * Capability of a cache that can answer from this process's memory. The engine asks here first, so that a hit costs a
 * map lookup and neither a flight nor an allocation.
 *
 * @since 0.1
 */
public interface LocalReads {

    /**
     * The value if it is in memory, counted as a hit; otherwise {@code missing}, counted as nothing, because the full
     * read that follows counts. An invalid key is not found. No I/O, no exception.
     */
    <T> @Nullable T getIfLocal(String key, TypeRef<T> type, @Nullable T missing);
}
