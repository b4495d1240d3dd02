package io.cacheport.redis;

import io.cacheport.redis.json.JsonCodec;
import io.lettuce.core.protocol.ProtocolVersion;
import java.time.Duration;

/** What a link alone is opened with. */
final class RedisLinkTestSettings {

    private RedisLinkTestSettings() {}

    static RedisSettings of(String uri) {
        return new RedisSettings(
                RedisTarget.parse(uri),
                "cache:",
                Duration.ofMillis(250),
                Duration.ofSeconds(5),
                3,
                1 << 20,
                JsonCodec.create(),
                ProtocolVersion.RESP3,
                false,
                true,
                null);
    }
}
