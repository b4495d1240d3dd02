package io.cacheport.redis;

import io.cacheport.CacheException;
import io.cacheport.ErrorCause;
import io.cacheport.TypeRef;
import io.cacheport.lease.Fill;
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
import java.time.Duration;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
    private final LeaseCommands leaseCommands = new LeaseCommands();
    private final BulkLeases bulk;

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
        this.bulk = new BulkLeases(this, settings, guard, values, stats, failures);
    }

    LeaseCommands commands() {
        return leaseCommands;
    }

    @Override
    public <T> LeaseAnswer<T> take(String key, TypeRef<T> type, Duration time) {
        byte[] redisKey = settings.redisKey(CacheKeys.require(key));
        long millis = CacheTtl.toMillis(time);
        Lease lease = Lease.of(key, time);
        byte[] mark = LeaseMark.of(lease);
        try {
            if (!guard.isReadable(redisKey)) {
                throw CommandFailure.journaled();
            }
            byte[] there = take(redisKey, mark, millis);
            if (there == null || isOurs(there, mark)) {
                return new Granted<>(lease);
            }
            if (LeaseMark.is(there)) {
                return new Taken<>();
            }
            try {
                return new Found<>(values.read(redisKey, there, type));
            } catch (UnusableException inTheWay) {
                return isDone(redisKey, LeaseCommands.takeOver(redisKey, mark, millis, there))
                        ? new Granted<>(lease)
                        : new Taken<>();
            }
        } catch (CommandFailure failure) {
            throw failed("lease", failure);
        }
    }

    /** So an answer was lost on the way, and the command was sent again. */
    static boolean isOurs(byte[] there, byte[] mark) {
        return Arrays.equals(there, mark);
    }

    private byte @Nullable [] take(byte[] redisKey, byte[] mark, long millis) throws CommandFailure {
        try {
            return guard.calls().call(Kind.LEASE, redisKey, leaseCommands.take(redisKey, mark, millis));
        } catch (CommandFailure failure) {
            if (failure.errorCause() == ErrorCause.WRONG_TYPE
                    && isDone(redisKey, LeaseCommands.takeOver(redisKey, mark, millis, new byte[0]))) {
                return null;
            }
            throw failure;
        }
    }

    @Override
    public boolean fill(Lease lease, @Nullable Object value, Duration ttl) {
        byte[] redisKey = settings.redisKey(CacheKeys.require(lease.key()));
        long millis = CacheTtl.toMillis(ttl);
        byte[] bytes = values.encoded(value);
        if (values.isTooLarge(bytes)) {
            release(lease);
            throw failures.toThrow("fill", ErrorCause.TOO_LARGE, null);
        }
        if (!guard.isReadable(redisKey)) {
            return false; // it was removed meanwhile, of which Redis has yet to hear
        }
        byte[] stored = KeyMark.marked(bytes, redisKey);
        boolean filled = changed("fill", redisKey, LeaseCommands.fill(redisKey, LeaseMark.of(lease), stored, millis));
        stats.sets(filled ? 1 : 0);
        return filled;
    }

    @Override
    public <T> Map<String, LeaseAnswer<T>> takeAll(Collection<String> keys, TypeRef<T> type, Duration time) {
        return bulk.takeAll(CacheKeys.requireAll(keys), type, time);
    }

    @Override
    public Set<Lease> fillAll(Collection<Fill> fills) {
        return bulk.fillAll(List.copyOf(fills));
    }

    @Override
    public boolean renew(Lease lease) {
        byte[] redisKey = settings.redisKey(CacheKeys.require(lease.key()));
        long millis = CacheTtl.toMillis(lease.time());
        return changed("renew", redisKey, LeaseCommands.renew(redisKey, LeaseMark.of(lease), millis));
    }

    @Override
    public boolean release(Lease lease) {
        byte[] redisKey = settings.redisKey(CacheKeys.require(lease.key()));
        return changed("release", redisKey, LeaseCommands.release(redisKey, LeaseMark.of(lease)));
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
