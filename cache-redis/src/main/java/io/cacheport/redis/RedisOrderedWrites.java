package io.cacheport.redis;

import io.cacheport.ErrorCause;
import io.cacheport.lease.Stamp;
import io.cacheport.lease.Terms;
import io.cacheport.spi.CacheKeys;
import io.cacheport.spi.CacheTtl;
import io.cacheport.spi.FailureHandler;
import io.cacheport.spi.StatsCounter;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes whose order does not matter, each one script. */
final class RedisOrderedWrites {

    private final RedisSettings settings;
    private final RedisGuard guard;
    private final StoredValues values;
    private final StatsCounter stats;
    private final FailureHandler failures;
    private final LeaseChanges changes;

    RedisOrderedWrites(
            RedisSettings settings,
            RedisGuard guard,
            StoredValues values,
            StatsCounter stats,
            FailureHandler failures,
            LeaseChanges changes) {
        this.settings = settings;
        this.guard = guard;
        this.values = values;
        this.stats = stats;
        this.failures = failures;
        this.changes = changes;
    }

    boolean setIfNewer(String key, @Nullable Object value, Terms terms) {
        byte[] redisKey = settings.redisKey(CacheKeys.require(key));
        if (terms.version() == null) {
            throw new IllegalArgumentException(
                    "the value for \"" + key + "\" has no version to tell whether it is newer");
        }
        byte[] bytes = values.encoded(redisKey, value);
        if (values.isTooLarge(bytes)) {
            guard.removals().keys(List.of(key));
            throw failures.toThrow("set", ErrorCause.TOO_LARGE, null);
        }
        byte[] stored = StoredValues.stored(bytes, redisKey, terms);
        byte[] millis = Script.argument(terms.life().toMillis());
        boolean done = changes.changed(
                "set", redisKey, commands -> Script.SET_IF_NEWER.run(commands, redisKey, stored, millis));
        stats.sets(done ? 1 : 0);
        return done;
    }

    Stamp beginWrite(String key, Duration time) {
        byte[] redisKey = settings.redisKey(CacheKeys.require(key));
        byte[] millis = Script.argument(CacheTtl.toMillis(time));
        Stamp write = Stamp.next();
        changes.changed(
                "write",
                redisKey,
                commands -> Script.BEGIN_WRITE.run(commands, redisKey, LeaseMark.writing(write), millis));
        return write;
    }

    void endWrite(String key, Stamp write) {
        byte[] redisKey = settings.redisKey(CacheKeys.require(key));
        changes.changed(
                "write", redisKey, commands -> Script.END_WRITE.run(commands, redisKey, LeaseMark.writing(write)));
    }
}
