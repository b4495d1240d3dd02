package io.cacheport.redis;

import io.cacheport.ErrorCause;
import io.cacheport.lock.LockAnswer;
import io.cacheport.lock.LockAnswer.Granted;
import io.cacheport.lock.LockAnswer.Taken;
import io.cacheport.lock.LockAnswer.Unknown;
import io.cacheport.lock.LockStore;
import io.cacheport.redis.Calls.Command;
import io.cacheport.redis.Calls.Kind;
import io.cacheport.spi.CacheTtl;
import io.cacheport.spi.FailureHandler;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/**
 * Locks under keys of their own, beside those of the cache, so that neither flush nor clear reaches them. A key has the token of the holder and the number of its grant; the
 * one beside it, in the same slot, the number of the last grant.
 *
 * <p>The number is the server's time in microseconds, or one more than the last if that is not above it: so it rises though
 * the server has forgotten the last one, and the key with the last one need not stay for ever.
 */
final class RedisLocks implements LockStore {

    private static final long NUMBER_MILLIS = Duration.ofDays(1).toMillis();

    private final RedisSettings settings;
    private final RedisGuard guard;
    private final FailureHandler failures;

    RedisLocks(RedisSettings settings, RedisGuard guard, FailureHandler failures) {
        this.settings = settings;
        this.guard = guard;
        this.failures = failures;
    }

    @Override
    public LockAnswer take(String name, String token, Duration lease) {
        byte[][] keys = {key(name, ""), key(name, ":fence")};
        long millis = CacheTtl.toMillis(lease);
        byte[] kept = Script.argument(millis + NUMBER_MILLIS);
        Command<List<Long>> take =
                commands -> Script.LOCK.run(commands, keys, ascii(token), Script.argument(millis), kept);
        try {
            List<Long> answer = guard.calls().call(Kind.LEASE, keys[0], take);
            long number = answer.get(1);
            if (answer.get(0) == 1) {
                return new Granted(number);
            }
            return new Taken(number < 0 ? null : Duration.ofMillis(number));
        } catch (CommandFailure failure) {
            RuntimeException counted = failures.toThrow("lock", failure.errorCause(), failure.getCause());
            if (failure.mayHaveRun()) {
                return new Unknown(failure.errorCause());
            }
            throw counted;
        }
    }

    @Override
    public boolean renew(String name, String token, Duration lease) {
        byte[] key = key(name, "");
        byte[] millis = Script.argument(CacheTtl.toMillis(lease));
        // as harmless to repeat as a take: it finds its token, or nothing of its own
        return isDone(
                "lock renewal",
                Kind.LEASE,
                key,
                commands -> Script.LOCK_RENEW.run(commands, key, ascii(token), millis));
    }

    @Override
    public boolean release(String name, String token) {
        byte[] key = key(name, "");
        // not repeated: the second answer would be that there was nothing to release
        return isDone("unlock", Kind.WRITE, key, commands -> Script.UNLOCK.run(commands, key, ascii(token)));
    }

    private boolean isDone(String operation, Kind kind, byte[] key, Command<Long> command) {
        try {
            return guard.calls().call(kind, key, command) > 0;
        } catch (CommandFailure failure) {
            if (failure.errorCause() == ErrorCause.WRONG_TYPE) {
                return false; // somebody has stored something else there
            }
            throw failures.toThrow(operation, failure.errorCause(), failure.getCause());
        }
    }

    private byte[] key(String name, String suffix) {
        return settings.keyBeside("lock", name, suffix);
    }

    private static byte[] ascii(String token) {
        return token.getBytes(StandardCharsets.US_ASCII);
    }
}
