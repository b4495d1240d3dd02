package io.cacheport.redis;

import io.lettuce.core.RedisCredentials;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What the URI does not say about connecting. See {@link RedisCacheBuilder} for what each means.
 */
record ConnectSettings(
        @Nullable Supplier<RedisCredentials> credentials,
        @Nullable String sentinelPassword,
        boolean replicaReads) {

    static final ConnectSettings NONE = new ConnectSettings(null, null, false);

    /** Whether each of these makes sense at the target. */
    void requireFor(RedisTarget target) {
        if (credentials != null && target.password() != null) {
            throw new IllegalArgumentException(
                    "credentials given for " + target + ", whose URI has a password too: say who logs in only once");
        }
        if (sentinelPassword != null && !target.sentinel()) {
            throw new IllegalArgumentException("sentinelPassword given for " + target
                    + ", which names no sentinels: write redis-sentinel://host,host/master");
        }
        if (replicaReads && !target.cluster()) {
            throw new IllegalArgumentException("replicaReads given for " + target
                    + ", which is not a cluster: write redis-cluster:// or leave them out");
        }
    }

    /** Without the password. */
    @Override
    public String toString() {
        return "ConnectSettings[replicaReads=" + replicaReads + "]";
    }
}
