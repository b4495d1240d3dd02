package io.cacheport.redis;

import io.cacheport.CacheServicePort;
import io.cacheport.guard.CircuitBreakerPolicy;
import io.cacheport.spi.CacheAdapterProvider;
import java.util.Map;
import java.util.Set;

/**
 * Answers {@code redis:}, {@code redis-cluster:} and {@code redis-sentinel:}, and the same with {@code rediss}.
 *
 * @since 0.1
 */
public final class RedisAdapterProvider implements CacheAdapterProvider {

    /** For {@link java.util.ServiceLoader}. */
    public RedisAdapterProvider() {}

    @Override
    public Set<String> schemes() {
        return Set.of("redis", "rediss", "redis-cluster", "rediss-cluster", "redis-sentinel", "rediss-sentinel");
    }

    @Override
    public CacheServicePort connect(String uri) {
        return RedisCacheAdapter.connect(uri);
    }

    /** With the circuit breaker that {@code CACHE_CB_*} ask for, see {@link CircuitBreakerPolicy#fromEnvironment}. */
    @Override
    public CacheServicePort connect(String uri, Map<String, String> environment) {
        return RedisCacheAdapter.builder(uri)
                .circuitBreaker(CircuitBreakerPolicy.fromEnvironment(environment))
                .build();
    }
}
