package io.cacheport.redis.faults;

import io.cacheport.redis.RedisCacheAdapter;
import io.cacheport.redis.RedisCacheBuilder;
import java.time.Duration;

/** The adapter as the list of faults has it: as it comes, with a command timeout of 100 ms. */
final class Profile {

    /** The command timeout. */
    static final Duration T = Duration.ofMillis(100);

    private Profile() {}

    static RedisCacheAdapter open(String uri) {
        return builder(uri).build();
    }

    static RedisCacheBuilder builder(String uri) {
        return RedisCacheAdapter.builder(uri).commandTimeout(T).connectTimeout(Duration.ofSeconds(2));
    }
}
