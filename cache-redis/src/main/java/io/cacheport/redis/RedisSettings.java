package io.cacheport.redis;

import io.cacheport.spi.Codec;
import io.lettuce.core.protocol.ProtocolVersion;
import java.nio.file.Path;
import java.time.Duration;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The settings of one adapter, validated. See {@link RedisCacheBuilder} for what each means.
 */
record RedisSettings(
        RedisTarget target,
        String keyPrefix,
        Duration commandTimeout,
        Duration connectTimeout,
        int retries,
        int maximumValueBytes,
        Codec codec,
        ProtocolVersion protocol,
        @Nullable Path trustedCertificates) {

    private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9._:-]{0,64}");

    RedisSettings {
        positive("commandTimeout", commandTimeout);
        positive("connectTimeout", connectTimeout);
        if (keyPrefix == null || !PREFIX.matcher(keyPrefix).matches()) {
            throw new IllegalArgumentException("keyPrefix \"" + keyPrefix
                    + "\" is not 0 to 64 letters, digits, dots, underscores, colons or hyphens");
        }
        if (retries < 0 || retries > 10) {
            throw new IllegalArgumentException("retries " + retries + " is not from 0 to 10");
        }
        if (maximumValueBytes <= 0) {
            throw new IllegalArgumentException("maximumValueBytes " + maximumValueBytes + " is not positive");
        }
        if (trustedCertificates != null && !target.tls()) {
            throw new IllegalArgumentException("trustedCertificates " + trustedCertificates + " given for " + target
                    + ", which does not use TLS: write rediss://");
        }
    }

    private static void positive(String name, Duration duration) {
        if (duration == null || duration.isNegative() || duration.isZero()) {
            throw new IllegalArgumentException(name + " " + duration + " is not positive");
        }
    }
}
