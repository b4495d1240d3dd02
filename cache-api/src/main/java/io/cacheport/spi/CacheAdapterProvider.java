package io.cacheport.spi;

import io.cacheport.CacheServicePort;
import io.cacheport.config.CacheSettings;
import java.util.Set;

/**
 * How an adapter is found by {@link io.cacheport.CacheServices}, as JDBC drivers are: name the implementation in {@code
 * META-INF/services/io.cacheport.spi.CacheAdapterProvider} or in {@code module-info}.
 *
 * @since 0.1
 */
public interface CacheAdapterProvider {

    /** The URI schemes it answers to, in lower case and without the colon. */
    Set<String> schemes();

    /**
     * A cache for the URI.
     *
     * @throws IllegalArgumentException if the URI is not right, never quoting a password
     */
    CacheServicePort connect(String uri);

    /**
     * The same, with the settings beside the URI that the adapter has; one that has none ignores them.
     *
     * @throws IllegalArgumentException if the URI is not right, or a setting with it, never quoting a password
     */
    default CacheServicePort connect(String uri, CacheSettings settings) {
        return connect(uri);
    }
}
