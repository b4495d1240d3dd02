package io.cacheport.redis;

import io.cacheport.redis.BulkCalls.Bulk;
import io.lettuce.core.KeyValue;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is stored under many keys, but for those of which an invalidation waits. */
final class BulkReads {

    private final RedisSettings settings;
    private final RedisGuard guard;
    private final int prefixBytes;

    /**
     * What became of them.
     *
     * @param stored by key, null where there is nothing; without the keys that could not be asked
     * @param failure the first of a command, if there was one
     * @param journaled how many were not asked because an invalidation of them waits
     */
    record Read(
            Map<String, byte @Nullable []> stored, @Nullable CommandFailure failure, int journaled) {}

    BulkReads(RedisSettings settings, RedisGuard guard) {
        this.settings = settings;
        this.guard = guard;
        this.prefixBytes = settings.redisKey("").length;
    }

    Read read(Collection<String> keys) {
        List<byte[]> readable =
                keys.stream().map(settings::redisKey).filter(guard::isReadable).toList();
        Bulk<byte[], KeyValue<byte[], byte[]>> bulk = guard.bulks().mget(readable);
        Map<String, byte @Nullable []> stored = new HashMap<>(2 * readable.size());
        for (KeyValue<byte[], byte[]> one : bulk.answers()) {
            byte[] redisKey = one.getKey();
            String key = new String(redisKey, prefixBytes, redisKey.length - prefixBytes, StandardCharsets.UTF_8);
            stored.put(key, one.getValueOrElse(null));
        }
        return new Read(stored, bulk.failure(), keys.size() - readable.size());
    }
}
