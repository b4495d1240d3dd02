package io.cacheport.inmemory;

import io.cacheport.CacheServicePort;
import io.cacheport.spi.CacheAdapterProvider;
import java.util.Set;

/**
 * Answers {@code memory:} with an adapter that keeps references, {@code memory:copying} with one that encodes.
 *
 * @since 0.1
 */
public final class InMemoryAdapterProvider implements CacheAdapterProvider {

    /** For {@link java.util.ServiceLoader}. */
    public InMemoryAdapterProvider() {}

    @Override
    public Set<String> schemes() {
        return Set.of("memory");
    }

    @Override
    public CacheServicePort connect(String uri) {
        return switch (uri.substring(uri.indexOf(':') + 1)) {
            case "" -> InMemoryCacheAdapter.create();
            case "copying" -> InMemoryCacheAdapter.builder().copying().build();
            default ->
                throw new IllegalArgumentException(
                        "\"" + uri + "\" is not a URI of the in-memory cache: write memory: or memory:copying");
        };
    }
}
