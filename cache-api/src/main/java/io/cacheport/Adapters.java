package io.cacheport;

import io.cacheport.spi.CacheAdapterProvider;
import java.util.Locale;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.TreeSet;

/** Finds the adapter for a URI. */
final class Adapters {

    private static final Map<String, String> ARTIFACTS = Map.of(
            "memory", "cache-inmemory",
            "redis", "cache-redis",
            "rediss", "cache-redis",
            "redis-cluster", "cache-redis",
            "rediss-cluster", "cache-redis",
            "redis-sentinel", "cache-redis",
            "rediss-sentinel", "cache-redis");

    private Adapters() {}

    /** Who answers to the URI's scheme; exceptions as of both below. */
    static CacheAdapterProvider of(String uri) {
        return forScheme(schemeOf(uri));
    }

    /** Who answers to the scheme; otherwise an exception that names the artifact to add, or the schemes there are. */
    private static CacheAdapterProvider forScheme(String scheme) {
        Set<String> known = new TreeSet<>(ARTIFACTS.keySet());
        for (CacheAdapterProvider provider :
                ServiceLoader.load(CacheAdapterProvider.class, CacheServices.class.getClassLoader())) {
            if (provider.schemes().contains(scheme)) {
                return provider;
            }
            known.addAll(provider.schemes());
        }
        String artifact = ARTIFACTS.get(scheme);
        if (artifact != null) {
            throw new IllegalStateException(
                    "no adapter for " + scheme + ": on the class path; add the artifact io.cacheport:" + artifact);
        }
        throw new IllegalArgumentException("unknown scheme \"" + scheme + "\" in the cache URI; known are " + known);
    }

    static String schemeOf(String uri) {
        int colon = uri.indexOf(':');
        String scheme = colon < 0 ? "" : uri.substring(0, colon).toLowerCase(Locale.ROOT);
        if (!scheme.matches("[a-z][a-z0-9+.-]*")) {
            throw new IllegalArgumentException(
                    "the cache URI has no scheme; write memory: or redis://host:port or redis-cluster://host:port,host:port");
        }
        return scheme;
    }
}
