package io.cacheport.redis;

import io.lettuce.core.RedisURI;
import io.lettuce.core.SslVerifyMode;
import java.time.Duration;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What Lettuce is told about where to connect and as whom. */
final class RedisUris {

    static final Duration HANDSHAKE_TIMEOUT = Duration.ofSeconds(2);

    private RedisUris() {}

    static RedisURI of(RedisSettings settings, RedisTarget.Node node, @Nullable SuppliedCredentials credentials) {
        return withLogin(to(settings, node), settings.target(), credentials);
    }

    /** Of the master whose address the sentinels know. */
    static RedisURI ofMaster(RedisSettings settings, @Nullable SuppliedCredentials credentials) {
        RedisTarget target = settings.target();
        RedisURI.Builder uri = common(target).withSentinelMasterId(Objects.requireNonNull(target.masterName()));
        String password = settings.connect().sentinelPassword();
        for (RedisTarget.Node node : target.nodes()) {
            RedisURI.Builder sentinel = to(settings, node).withDatabase(0);
            uri.withSentinel(
                    password == null
                            ? sentinel.build()
                            : sentinel.withPassword(password.toCharArray()).build());
        }
        return withLogin(uri, target, credentials);
    }

    private static RedisURI.Builder to(RedisSettings settings, RedisTarget.Node node) {
        return common(settings.target()).withHost(node.host()).withPort(node.port());
    }

    private static RedisURI.Builder common(RedisTarget target) {
        return RedisURI.builder()
                .withDatabase(target.database())
                .withSsl(target.tls())
                .withVerifyPeer(SslVerifyMode.FULL)
                .withClientName("cacheport")
                .withTimeout(HANDSHAKE_TIMEOUT);
    }

    private static RedisURI withLogin(
            RedisURI.Builder uri, RedisTarget target, @Nullable SuppliedCredentials credentials) {
        if (credentials != null) {
            return SuppliedLoginUri.of(uri.build(), credentials);
        }
        if (target.password() != null && target.user() != null) {
            uri.withAuthentication(target.user(), target.password().toCharArray());
        } else if (target.password() != null) {
            uri.withPassword(target.password().toCharArray());
        }
        return uri.build();
    }
}
