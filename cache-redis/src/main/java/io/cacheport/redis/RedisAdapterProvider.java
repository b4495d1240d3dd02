package io.cacheport.redis;

import io.cacheport.CacheServicePort;
import io.cacheport.config.CacheSettings;
import io.cacheport.config.ClientSettings;
import io.cacheport.config.GuardSettings;
import io.cacheport.spi.CacheAdapterProvider;
import io.lettuce.core.protocol.ProtocolVersion;
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

    /** With {@link ClientSettings} and {@link GuardSettings}. */
    @Override
    public CacheServicePort connect(String uri, CacheSettings settings) {
        return builder(uri, settings).build();
    }

    static RedisCacheBuilder builder(String uri, CacheSettings settings) {
        RedisCacheBuilder builder = RedisCacheAdapter.builder(uri)
                .commandTimeout(settings.get(ClientSettings.COMMAND_TIMEOUT))
                .connectTimeout(settings.get(ClientSettings.CONNECT_TIMEOUT))
                .retries(settings.get(ClientSettings.RETRIES))
                .maximumValueBytes(settings.get(ClientSettings.MAX_VALUE_BYTES))
                .sharedFlushes(settings.get(ClientSettings.SHARED_FLUSHES))
                .circuitBreaker(settings.circuitBreaker())
                .journalLimit(settings.get(GuardSettings.JOURNAL_LIMIT))
                .loadLimit(settings.loadLimit());
        if (settings.isSet(ClientSettings.KEY_PREFIX)) { // otherwise that of the URI counts
            builder.keyPrefix(settings.get(ClientSettings.KEY_PREFIX));
        }
        if (settings.get(ClientSettings.REQUIRED_AT_STARTUP)) {
            builder.requireAtStartup();
        }
        if (settings.get(ClientSettings.REPLICA_READS)) {
            builder.replicaReads();
        }
        settings.find(ClientSettings.PROTOCOL)
                .ifPresent(protocol -> builder.protocol(ProtocolVersion.valueOf(protocol.name())));
        settings.find(ClientSettings.TRUSTED_CERTIFICATES).ifPresent(builder::trustedCertificates);
        settings.find(ClientSettings.SENTINEL_PASSWORD).ifPresent(builder::sentinelPassword);
        return builder;
    }
}
