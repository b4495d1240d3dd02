package io.cacheport.redis;

import io.cacheport.Glob;
import io.cacheport.guard.CircuitBreakerPolicy;
import io.cacheport.spi.Codec;
import io.cacheport.spi.LoadLimit;
import io.lettuce.core.protocol.ProtocolVersion;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.List;
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
        @Nullable ProtocolVersion protocol,
        boolean requiredAtStartup,
        boolean sharedFlushes,
        @Nullable Path trustedCertificates,
        CircuitBreakerPolicy circuitBreaker,
        int journalLimit,
        LoadLimit loadLimit,
        ConnectSettings connect) {

    private static final String BESIDE = "cacheport:";
    private static final List<String> KINDS_BESIDE = List.of("lock", "behind", "events");
    private static final Duration SHORTEST = Duration.ofMillis(1);
    private static final Duration LONGEST = Duration.ofHours(1);
    private static final int MOST_JOURNALED = 10_000_000;
    private static final Pattern PREFIX = Pattern.compile("[A-Za-z0-9._:-]{0,64}");

    RedisSettings {
        requireTimeout("commandTimeout", commandTimeout);
        requireTimeout("connectTimeout", connectTimeout);
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
        connect.requireFor(target);
        if (trustedCertificates != null && !target.tls()) {
            throw new IllegalArgumentException("trustedCertificates " + trustedCertificates + " given for " + target
                    + ", which does not use TLS: write rediss://");
        }
        Duration slowCall = circuitBreaker.slowCall();
        if (slowCall != null && slowCall.compareTo(commandTimeout) >= 0) {
            throw new IllegalArgumentException(
                    "slowCall " + slowCall + " of the circuit breaker is not below commandTimeout " + commandTimeout
                            + ", so no call could be slow");
        }
        if (journalLimit < 1 || journalLimit > MOST_JOURNALED) {
            throw new IllegalArgumentException("journalLimit " + journalLimit + " is not from 1 to " + MOST_JOURNALED);
        }
        if (trustedCertificates != null) {
            requireCertificates(trustedCertificates);
        }
    }

    /** What a key is called in Redis. */
    byte[] redisKey(String key) {
        return (keyPrefix + key).getBytes(StandardCharsets.UTF_8);
    }

    /**
     * The name of what is kept beside the entries, where neither {@code flush} nor {@code clear} reaches it; all that has the
     * same name is in one slot.
     */
    byte[] keyBeside(String kind, String name, String suffix) {
        return (BESIDE + kind + ":" + keyPrefix + "{" + name + "}" + suffix).getBytes(StandardCharsets.UTF_8);
    }

    /** Whether a key is the name of something like that: with an empty key prefix a sweep comes across them. */
    static boolean isBeside(byte[] redisKey) {
        if (redisKey.length < BESIDE.length() || redisKey[0] != BESIDE.charAt(0)) {
            return false;
        }
        String key = new String(redisKey, StandardCharsets.UTF_8);
        return KINDS_BESIDE.stream().anyMatch(kind -> key.startsWith(BESIDE + kind + ":"));
    }

    /** What SCAN is asked for to find the keys that match. */
    String patternOf(String glob) {
        return Glob.escape(keyPrefix) + glob;
    }

    private static void requireTimeout(String name, Duration timeout) {
        if (timeout == null || timeout.compareTo(SHORTEST) < 0 || timeout.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(name + " " + timeout + " is not from 1 ms to 1 h");
        }
    }

    /** Now, rather than as one more reason why Redis cannot be reached. */
    private static void requireCertificates(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            if (!CertificateFactory.getInstance("X.509")
                    .generateCertificates(in)
                    .isEmpty()) {
                return;
            }
        } catch (IOException | CertificateException unreadable) {
            throw new IllegalArgumentException("trustedCertificates " + file + " cannot be read as PEM", unreadable);
        }
        throw new IllegalArgumentException("trustedCertificates " + file + " has no certificate in PEM");
    }
}
