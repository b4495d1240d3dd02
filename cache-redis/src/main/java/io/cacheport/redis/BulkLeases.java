package io.cacheport.redis;

import io.cacheport.CacheException;
import io.cacheport.ErrorCause;
import io.cacheport.TypeRef;
import io.cacheport.ValueEncodingException;
import io.cacheport.lease.Fill;
import io.cacheport.lease.Lease;
import io.cacheport.lease.LeaseAnswer;
import io.cacheport.lease.Terms;
import io.cacheport.redis.Calls.Command;
import io.cacheport.redis.Calls.Kind;
import io.cacheport.redis.Calls.Outcome;
import io.cacheport.redis.GuardedCalls.Addressed;
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

/** Leases of many keys: as many commands, sent together. */
final class BulkLeases {

    private final RedisLeases single;
    private final RedisSettings settings;
    private final RedisGuard guard;
    private final StoredValues values;
    private final StatsCounter stats;
    private final FailureHandler failures;

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
    }

    <T> Map<String, LeaseAnswer<T>> takeAll(
            Collection<String> keys, TypeRef<T> type, Duration time, Collection<String> tags) {
        long millis = CacheTtl.toMillis(time);
        Map<String, LeaseAnswer<T>> answers = new HashMap<>();
        List<String> inTheWay = new ArrayList<>();
        CommandFailure first = null;
        List<Lease> leases = new ArrayList<>();
        for (String key : keys) {
            if (guard.isReadable(settings.redisKey(key))) {
                leases.add(Lease.of(key, time));
            } else {
                first = CommandFailure.journaled();
            }
        }
        List<Outcome<byte[]>> outcomes = guard.bulks()
                .each(
                        Kind.LEASE,
                        leases.stream().map(lease -> taking(lease, millis)).toList());
        for (int i = 0; i < leases.size(); i++) {
            Lease lease = leases.get(i);
            CommandFailure failure = outcomes.get(i).failure();
            if (failure == null) {
                LeaseAnswer<T> answer = RedisLeases.answerOf(
                        lease, LeaseMark.of(lease), outcomes.get(i).answer());
                if (answer == null) {
                    inTheWay.add(lease.key()); // or has just come, which asking again finds out
                } else {
                    answers.put(lease.key(), answer);
                }
            } else if (failure.errorCause() == ErrorCause.WRONG_TYPE) {
                inTheWay.add(lease.key());
            } else {
                first = first == null ? failure : first;
            }
        }
        inTheWay.forEach(key -> takeOver(key, type, time, tags, answers));
        report("lease", first);
        return answers;
    }

    private Addressed<byte[]> taking(Lease lease, long millis) {
        byte[] redisKey = settings.redisKey(lease.key());
        return guard.bulks().addressed(redisKey, single.commands().take(redisKey, LeaseMark.of(lease), millis));
    }

    private <T> void takeOver(
            String key, TypeRef<T> type, Duration time, Collection<String> tags, Map<String, LeaseAnswer<T>> answers) {
        try {
            answers.put(key, single.take(key, type, time, tags));
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
                byte[] stored = one.terms() == null ? null : stored(one.value(), redisKey, one.terms());
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
                stats.sets(sent.get(i).terms() == null ? 0 : 1);
            }
        }
        report("fill", first);
        return live;
    }

    private static Command<Long> filling(Fill one, byte[] redisKey, byte @Nullable [] stored) {
        byte[] mark = LeaseMark.of(one.lease());
        return stored == null || one.terms() == null
                ? LeaseCommands.release(redisKey, mark)
                : LeaseCommands.fill(redisKey, mark, stored, one.terms().life().toMillis());
    }

    /** Null for a value that cannot be stored. */
    private byte @Nullable [] stored(@Nullable Object value, byte[] redisKey, Terms terms) {
        try {
            byte[] bytes = values.encoded(redisKey, value);
            if (!values.isTooLarge(bytes)) {
                return StoredValues.stored(bytes, redisKey, terms);
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
