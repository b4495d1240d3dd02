package io.cacheport.redis;

import java.time.Duration;

/** What a link alone is opened with. */
final class RedisLinkTestSettings {

    private RedisLinkTestSettings() {}

    static RedisSettings of(String uri) {
        return RedisCacheAdapter.builder(uri)
                .connectTimeout(Duration.ofSeconds(5))
                .settings();
    }
}
