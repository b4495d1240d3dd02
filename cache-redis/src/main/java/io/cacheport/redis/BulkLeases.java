package io.cacheport.redis;

import io.cacheport.CacheException;
import io.cacheport.ErrorCause;
import io.cacheport.TypeRef;
import io.cacheport.ValueEncodingException;
import io.cacheport.lease.Fill;
import io.cacheport.lease.Lease;
import io.cacheport.lease.LeaseAnswer;
import io.cacheport.lease.LeaseAnswer.Found;
import io.cacheport.lease.LeaseAnswer.Granted;
import io.cacheport.lease.LeaseAnswer.Taken;
import io.cacheport.redis.BulkReads.Read;
import io.cacheport.redis.Calls.Command;
import io.cacheport.redis.Calls.Kind;
import io.cacheport.redis.Calls.Outcome;
import io.cacheport.redis.GuardedCalls.Addressed;
import io.cacheport.redis.StoredValues.UnusableException;
import io.cacheport.spi.CacheTtl;
import io.cacheport.spi.FailureHandler;
import io.cacheport.spi.StatsCounter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Leases of many keys: what is there by MGET, the rest by as many commands sent together. */
final class BulkLeases {

    private final RedisLeases single;
    private final RedisSettings settings;
    private final RedisGuard guard;
    private final StoredValues values;
    private final StatsCounter stats;
    private final FailureHandler failures;
    private final BulkReads reads;

    BulkLeases(
            RedisLeases single,
            RedisSettings settings,
            RedisGuard guard,
            StoredValues values,
            StatsCounter stats,
            FailureHandler failures) {
        this.single = single;
        this.settings = settings;
        this.guard = guard;
        this.values = values;
        this.stats = stats;
        this.failures = failures;
        this.reads = new BulkReads(settings, guard);
    }

    <T> Map<String, LeaseAnswer<T>> takeAll(Collection<String> keys, TypeRef<T> type, Duration time) {
        long millis = CacheTtl.toMillis(time);
        Map<String, LeaseAnswer<T>> answers = new HashMap<>();
        List<String> missing = new ArrayList<>();
        List<String> inTheWay = new ArrayList<>();
        CommandFailure first = look(keys, type, answers, missing, inTheWay);
        List<Lease> leases = missing.stream().map(key -> Lease.of(key, time)).toList();
        List<Outcome<byte[]>> outcomes = guard.bulks()
                .each(
                        Kind.LEASE,
                        leases.stream().map(lease -> taking(lease, millis)).toList());
        for (int i = 0; i < leases.size(); i++) {
            Lease lease = leases.get(i);
            CommandFailure failure = outcomes.get(i).failure();
            if (failure == null) {
                byte[] there = outcomes.get(i).answer();
                if (there == null || RedisLeases.isOurs(there, LeaseMark.of(lease))) {
                    answers.put(lease.key(), new Granted<>(lease));
                } else if (LeaseMark.is(there)) {
                    answers.put(lease.key(), new Taken<>());
                } else {
                    inTheWay.add(lease.key()); // or has just come, which asking again finds out
                }
            } else if (failure.errorCause() == ErrorCause.WRONG_TYPE) {
                inTheWay.add(lease.key());
            } else {
                first = first == null ? failure : first;
            }
        }
        inTheWay.forEach(key -> takeOver(key, type, time, answers));
        report("getAll", first);
        return answers;
    }

    /** Counts each key as the hit or miss it is, and tells those that are to be leased. */
    private <T> @Nullable CommandFailure look(
            Collection<String> keys,
            TypeRef<T> type,
            Map<String, LeaseAnswer<T>> answers,
            List<String> missing,
            List<String> inTheWay) {
        Read read = reads.read(keys);
        stats.misses(keys.size() - read.stored().size());
        read.stored().forEach((key, stored) -> {
            if (stored == null || LeaseMark.is(stored)) {
                stats.miss();
                missing.add(key);
                return;
            }
            try {
                answers.put(key, new Found<>(values.read(settings.redisKey(key), stored, type)));
                stats.hit();
            } catch (UnusableException unusable) {
                stats.miss();
                failures.failed("getAll", unusable.errorCause(), unusable.getCause());
                inTheWay.add(key);
            }
        });
        return read.failure() == null && read.journaled() > 0 ? CommandFailure.journaled() : read.failure();
    }

    private Addressed<byte[]> taking(Lease lease, long millis) {
        byte[] redisKey = settings.redisKey(lease.key());
        return guard.bulks().addressed(redisKey, single.commands().take(redisKey, LeaseMark.of(lease), millis));
    }

    private <T> void takeOver(String key, TypeRef<T> type, Duration time, Map<String, LeaseAnswer<T>> answers) {
        try {
            answers.put(key, single.take(key, type, time));
        } catch (CacheException counted) {
            // could not be asked
        }
    }

    Set<Lease> fillAll(List<Fill> fills) {
        List<Addressed<Long>> commands = new ArrayList<>();
        List<Fill> sent = new ArrayList<>();
        for (Fill one : fills) {
            byte[] redisKey = settings.redisKey(one.lease().key());
            if (guard.isReadable(redisKey)) { // else it was removed meanwhile, of which Redis has yet to hear
                byte[] stored = one.ttl() == null ? null : stored(one.value(), redisKey);
                sent.add(stored == null ? new Fill(one.lease(), null, null) : one);
                commands.add(guard.bulks().addressed(redisKey, filling(one, redisKey, stored)));
            }
        }
        List<Outcome<Long>> outcomes = guard.bulks().each(Kind.WRITE, commands);
        Set<Lease> live = new HashSet<>();
        CommandFailure first = null;
        for (int i = 0; i < sent.size(); i++) {
            CommandFailure failure = outcomes.get(i).failure();
            if (failure != null) {
                boolean refused = failure.errorCause() == ErrorCause.WRONG_TYPE;
                first = first == null && !refused ? failure : first;
            } else if (outcomes.get(i).answer() > 0) {
                live.add(sent.get(i).lease());
                stats.sets(sent.get(i).ttl() == null ? 0 : 1);
            }
        }
        report("fill", first);
        return live;
    }

    private static Command<Long> filling(Fill one, byte[] redisKey, byte @Nullable [] stored) {
        byte[] mark = LeaseMark.of(one.lease());
        return stored == null || one.ttl() == null
                ? LeaseCommands.release(redisKey, mark)
                : LeaseCommands.fill(redisKey, mark, stored, CacheTtl.toMillis(one.ttl()));
    }

    /** Null for a value that cannot be stored. */
    private byte @Nullable [] stored(@Nullable Object value, byte[] redisKey) {
        try {
            byte[] bytes = values.encoded(value);
            if (!values.isTooLarge(bytes)) {
                return KeyMark.marked(bytes, redisKey);
            }
            failures.failed("fill", ErrorCause.TOO_LARGE, null);
        } catch (ValueEncodingException counted) {
            failures.logged("fill", ErrorCause.UNENCODABLE, counted);
        }
        return null;
    }

    /** One failure stands for all. */
    private void report(String operation, @Nullable CommandFailure failure) {
        if (failure != null) {
            failures.failed(operation, failure.errorCause(), failure.getCause());
        }
    }
}
