package io.cacheport.inmemory;

import io.cacheport.CacheServicePort;
import io.cacheport.config.CacheSettings;
import io.cacheport.config.ClientSettings;
import io.cacheport.config.MemorySettings;
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
        return connect(uri, CacheSettings.defaults());
    }

    /** With {@link MemorySettings}, and the largest value where values are copied. */
    @Override
    public CacheServicePort connect(String uri, CacheSettings settings) {
        boolean copying = switch (uri.substring(uri.indexOf(':') + 1)) {
            case "" -> settings.get(MemorySettings.COPYING);
            case "copying" -> true;
            default ->
                throw new IllegalArgumentException(
                        "\"" + uri + "\" is not a URI of the in-memory cache: write memory: or memory:copying");
        };
        InMemoryCacheBuilder builder = InMemoryCacheAdapter.builder();
        if (copying) {
            builder.copying().maximumValueBytes(settings.get(ClientSettings.MAX_VALUE_BYTES));
        }
        settings.find(MemorySettings.BYTES)
                .ifPresentOrElse(
                        builder::maximumBytes, () -> builder.maximumEntries(settings.get(MemorySettings.ENTRIES)));
        return builder.build();
    }
}
