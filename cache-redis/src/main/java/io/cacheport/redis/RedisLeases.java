package io.cacheport.redis;

import io.cacheport.ErrorCause;
import io.cacheport.TypeRef;
import io.cacheport.lease.Fill;
import io.cacheport.lease.Lease;
import io.cacheport.lease.LeaseAnswer;
import io.cacheport.lease.LeaseAnswer.Failed;
import io.cacheport.lease.LeaseAnswer.Found;
import io.cacheport.lease.LeaseAnswer.Granted;
import io.cacheport.lease.LeaseAnswer.Held;
import io.cacheport.lease.LeaseAnswer.Taken;
import io.cacheport.lease.Leases;
import io.cacheport.lease.Sighting;
import io.cacheport.lease.Stamp;
import io.cacheport.lease.Terms;
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
    private final LeaseChanges changes;
    private final Looks looks;
    private final LeaseCommands leaseCommands = new LeaseCommands();
    private final BulkLeases bulk;
    private final RedisRefreshes refreshes;
    private final TagStamps tagStamps;
    private final RedisOrderedWrites writes;

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
        this.changes = new LeaseChanges(guard, failures);
        this.tagStamps = new TagStamps(settings, guard, values);
        this.looks = new Looks(settings, guard, values, tagStamps);
        this.bulk = new BulkLeases(this, settings, guard, values, stats, failures);
        this.refreshes = new RedisRefreshes(settings, looks, stats, failures, changes);
        this.writes = new RedisOrderedWrites(settings, guard, values, stats, failures, changes);
    }

    LeaseCommands commands() {
        return leaseCommands;
    }

    Looks looks() {
        return looks;
    }

    RedisRefreshes refreshes() {
        return refreshes;
    }

    TagStamps tagStamps() {
        return tagStamps;
    }

    @Override
    public <T> LeaseAnswer<T> take(String key, TypeRef<T> type, Duration time, Collection<String> tags) {
        byte[] redisKey = settings.redisKey(CacheKeys.require(key));
        long millis = CacheTtl.toMillis(time);
        Lease lease = Lease.of(key, time);
        byte[] mark = LeaseMark.of(lease);
        try {
            if (!guard.isReadable(redisKey)) {
                throw CommandFailure.journaled();
            }
            byte[] there = take(redisKey, mark, millis);
            LeaseAnswer<T> answer = answerOf(lease, mark, there);
            if (answer != null || there == null) {
                return answer == null ? new Granted<>(lease) : answer;
            }
            try {
                if (Frame.hasTags(there, tags) && looks.isUsable(key, there)) {
                    return new Found<>(values.read(redisKey, there, type), false);
                }
            } catch (UnusableException inTheWay) {
                // as good as none
            }
            return isDone(redisKey, mark, millis, there) ? new Granted<>(lease) : new Taken<>();
        } catch (CommandFailure failure) {
            throw changes.failed("lease", failure);
        }
    }

    /** What it means that this was there; null if it is a value. */
    static <T> @Nullable LeaseAnswer<T> answerOf(Lease lease, byte[] mark, byte @Nullable [] there) {
        if (there == null || Arrays.equals(there, mark)) { // then an answer was lost, and the command was sent again
            return new Granted<>(lease);
        }
        return switch (LeaseMark.kindOf(there)) {
            case LeaseMark.LEASE -> new Taken<>();
            case LeaseMark.WRITING -> new Held<>();
            case LeaseMark.FAILURE -> new Failed<>(LeaseMark.failureOf(there));
            default -> null;
        };
    }

    private byte @Nullable [] take(byte[] redisKey, byte[] mark, long millis) throws CommandFailure {
        try {
            return guard.calls().call(Kind.LEASE, redisKey, leaseCommands.take(redisKey, mark, millis));
        } catch (CommandFailure failure) {
            if (failure.errorCause() == ErrorCause.WRONG_TYPE && isDone(redisKey, mark, millis, new byte[0])) {
                return null;
            }
            throw failure;
        }
    }

    private boolean isDone(byte[] redisKey, byte[] mark, long millis, byte[] inTheWay) throws CommandFailure {
        return guard.calls().call(Kind.WRITE, redisKey, LeaseCommands.takeOver(redisKey, mark, millis, inTheWay)) > 0;
    }

    @Override
    public boolean fill(Lease lease, @Nullable Object value, Terms terms) {
        byte[] redisKey = settings.redisKey(CacheKeys.require(lease.key()));
        byte[] bytes = values.encoded(redisKey, value);
        if (values.isTooLarge(bytes)) {
            release(lease);
            throw failures.toThrow("fill", ErrorCause.TOO_LARGE, null);
        }
        if (!guard.isReadable(redisKey)) {
            return false; // it was removed meanwhile, of which Redis has yet to hear
        }
        byte[] stored = StoredValues.stored(bytes, redisKey, terms);
        boolean filled = changes.changed(
                "fill",
                redisKey,
                LeaseCommands.fill(
                        redisKey, LeaseMark.of(lease), stored, terms.life().toMillis()));
        stats.sets(filled ? 1 : 0);
        return filled;
    }

    @Override
    public <T> Map<String, LeaseAnswer<T>> takeAll(
            Collection<String> keys, TypeRef<T> type, Duration time, Collection<String> tags) {
        return bulk.takeAll(CacheKeys.requireAll(keys), type, time, tags);
    }

    @Override
    public Set<Lease> fillAll(Collection<Fill> fills) {
        return bulk.fillAll(List.copyOf(fills));
    }

    @Override
    public boolean renew(Lease lease) {
        byte[] redisKey = settings.redisKey(CacheKeys.require(lease.key()));
        long millis = CacheTtl.toMillis(lease.time());
        return changes.changed("renew", redisKey, LeaseCommands.renew(redisKey, LeaseMark.of(lease), millis));
    }

    @Override
    public boolean release(Lease lease) {
        byte[] redisKey = settings.redisKey(CacheKeys.require(lease.key()));
        return changes.changed("release", redisKey, LeaseCommands.release(redisKey, LeaseMark.of(lease)));
    }

    @Override
    public boolean fail(Lease lease, String failure, Duration time) {
        byte[] redisKey = settings.redisKey(CacheKeys.require(lease.key()));
        long millis = CacheTtl.toMillis(time);
        return !lease.ofValue()
                && changes.changed(
                        "fail",
                        redisKey,
                        LeaseCommands.fill(redisKey, LeaseMark.of(lease), LeaseMark.failure(failure), millis));
    }

    @Override
    public <T> @Nullable Sighting<T> look(String key, TypeRef<T> type, boolean alsoStale, Collection<String> tags) {
        return refreshes.look(key, type, alsoStale, tags);
    }

    @Override
    public <T> Map<String, @Nullable Sighting<T>> lookAll(
            Collection<String> keys, TypeRef<T> type, boolean alsoStale, Collection<String> tags) {
        return refreshes.lookAll(keys, type, alsoStale, tags);
    }

    @Override
    public @Nullable Lease refresh(Sighting<?> seen, Duration time) {
        return refreshes.refresh(seen, time);
    }

    @Override
    public boolean keep(Lease lease, Terms terms) {
        return refreshes.keep(lease, terms);
    }

    @Override
    public boolean rest(Lease lease, Duration time) {
        return refreshes.rest(lease, time);
    }

    @Override
    public Map<String, String> stamps(Collection<String> tags, Duration life) {
        try {
            return tagStamps.made(tags, life);
        } catch (CommandFailure failure) {
            throw changes.failed("tags", failure);
        }
    }

    @Override
    public boolean setIfNewer(String key, @Nullable Object value, Terms terms) {
        return writes.setIfNewer(key, value, terms);
    }

    @Override
    public Stamp beginWrite(String key, Duration time) {
        return writes.beginWrite(key, time);
    }

    @Override
    public void endWrite(String key, Stamp write) {
        writes.endWrite(key, write);
    }
}
