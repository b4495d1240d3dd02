package io.cacheport.redis;

import io.cacheport.CacheException;
import io.cacheport.ErrorCause;
import io.cacheport.TypeRef;
import io.cacheport.lease.Lease;
import io.cacheport.lease.LeaseAnswer;
import io.cacheport.lease.LeaseAnswer.Found;
import io.cacheport.lease.LeaseAnswer.Granted;
import io.cacheport.lease.LeaseAnswer.Taken;
import io.cacheport.lease.Leases;
import io.cacheport.redis.Calls.Command;
import io.cacheport.redis.Calls.Kind;
import io.cacheport.redis.StoredValues.UnusableException;
import io.cacheport.spi.CacheKeys;
import io.cacheport.spi.CacheTtl;
import io.cacheport.spi.FailureHandler;
import io.cacheport.spi.StatsCounter;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.SetArgs;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Leases as marks in the key's own place: whatever removes or overwrites the key, by anyone, ends the lease, since a fill
 * stores only where its mark still is. Redis alone decides; no clock of ours is part of it.
 */
final class RedisLeases implements Leases {

    private final RedisSettings settings;
    private final RedisGuard guard;
    private final StoredValues values;
    private final StatsCounter stats;
    private final FailureHandler failures;

    /** False once a server did not know SET NX GET, which came with Redis 7. */
    private volatile boolean hasSetNxGet = true;

    RedisLeases(
            RedisSettings settings,
            RedisGuard guard,
            StoredValues values,
            StatsCounter stats,
            FailureHandler failures) {
        this.settings = settings;
        this.guard = guard;
        this.values = values;
        this.stats = stats;
        this.failures = failures;
    }

    @Override
    public <T> LeaseAnswer<T> take(String key, TypeRef<T> type, Duration time) {
        byte[] redisKey = settings.redisKey(CacheKeys.require(key));
        byte[] millis = Script.argument(CacheTtl.toMillis(time));
        Lease lease = Lease.of(key, time);
        byte[] mark = LeaseMark.of(lease);
        try {
            if (!guard.isReadable(redisKey)) {
                throw CommandFailure.journaled();
            }
            byte[] there = take(redisKey, mark, CacheTtl.toMillis(time));
            if (there == null || Arrays.equals(there, mark)) { // the latter: an answer was lost and it was sent again
                return new Granted<>(lease);
            }
            if (LeaseMark.is(there)) {
                return new Taken<>();
            }
            try {
                return new Found<>(values.read(redisKey, there, type));
            } catch (UnusableException inTheWay) {
                return takeOver(redisKey, mark, millis, there) ? new Granted<>(lease) : new Taken<>();
            }
        } catch (CommandFailure failure) {
            throw failed("lease", failure);
        }
    }

    /** What was there, if there was something. */
    private byte @Nullable [] take(byte[] redisKey, byte[] mark, long millis) throws CommandFailure {
        try {
            return guard.calls()
                    .call(
                            Kind.LEASE,
                            redisKey,
                            commands -> hasSetNxGet
                                    ? setNxGet(commands, redisKey, mark, millis)
                                    : Script.TAKE.run(commands, redisKey, mark, Script.argument(millis)));
        } catch (CommandFailure failure) {
            if (failure.errorCause() == ErrorCause.WRONG_TYPE
                    && takeOver(redisKey, mark, Script.argument(millis), new byte[0])) {
                return null;
            }
            throw failure;
        }
    }

    private CompletionStage<byte[]> setNxGet(
            RedisClusterAsyncCommands<byte[], byte[]> commands, byte[] redisKey, byte[] mark, long millis) {
        CompletionStage<byte[]> answer =
                commands.setGet(redisKey, mark, SetArgs.Builder.nx().px(millis));
        return answer.exceptionallyCompose(failure -> {
            if (!isSyntaxError(failure)) {
                return CompletableFuture.failedStage(failure);
            }
            hasSetNxGet = false;
            return Script.TAKE.run(commands, redisKey, mark, Script.argument(millis));
        });
    }

    private static boolean isSyntaxError(Throwable failure) {
        return failure instanceof RedisCommandExecutionException said
                && String.valueOf(said.getMessage()).startsWith("ERR syntax error");
    }

    private boolean takeOver(byte[] redisKey, byte[] mark, byte[] millis, byte[] inTheWay) throws CommandFailure {
        return isDone(redisKey, commands -> Script.TAKE_OVER.run(commands, redisKey, mark, millis, inTheWay));
    }

    @Override
    public boolean fill(Lease lease, @Nullable Object value, Duration ttl) {
        byte[] redisKey = settings.redisKey(CacheKeys.require(lease.key()));
        byte[] millis = Script.argument(CacheTtl.toMillis(ttl));
        byte[] bytes = values.encoded(value);
        if (values.isTooLarge(bytes)) {
            release(lease);
            throw failures.toThrow("fill", ErrorCause.TOO_LARGE, null);
        }
        if (!guard.isReadable(redisKey)) {
            return false; // it was removed meanwhile, of which Redis has yet to hear
        }
        byte[] mark = LeaseMark.of(lease);
        byte[] stored = KeyMark.marked(bytes, redisKey);
        boolean filled =
                changed("fill", redisKey, commands -> Script.FILL.run(commands, redisKey, mark, stored, millis));
        stats.sets(filled ? 1 : 0);
        return filled;
    }

    @Override
    public boolean renew(Lease lease) {
        byte[] redisKey = settings.redisKey(CacheKeys.require(lease.key()));
        byte[] millis = Script.argument(CacheTtl.toMillis(lease.time()));
        return changed(
                "renew", redisKey, commands -> Script.RENEW.run(commands, redisKey, LeaseMark.of(lease), millis));
    }

    @Override
    public boolean release(Lease lease) {
        byte[] redisKey = settings.redisKey(CacheKeys.require(lease.key()));
        return changed("release", redisKey, commands -> Script.RELEASE.run(commands, redisKey, LeaseMark.of(lease)));
    }

    private boolean changed(String operation, byte[] redisKey, Command<Long> command) {
        try {
            return isDone(redisKey, command);
        } catch (CommandFailure failure) {
            if (failure.errorCause() == ErrorCause.WRONG_TYPE) {
                return false; // so somebody has stored something else there
            }
            throw failed(operation, failure);
        }
    }

    private boolean isDone(byte[] redisKey, Command<Long> command) throws CommandFailure {
        return guard.calls().call(Kind.WRITE, redisKey, command) > 0;
    }

    private CacheException failed(String operation, CommandFailure failure) {
        return failures.toThrow(operation, failure.errorCause(), failure.getCause());
    }
}
