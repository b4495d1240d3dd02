package io.cacheport.redis;

import io.cacheport.CacheException;
import io.cacheport.ErrorCause;
import io.cacheport.redis.Calls.Command;
import io.cacheport.redis.Calls.Kind;
import io.cacheport.spi.FailureHandler;

/** Asks for a change that is made or not, in one step at the server; what cannot be asked is counted and thrown (L9). */
final class LeaseChanges {

    private final RedisGuard guard;
    private final FailureHandler failures;

    LeaseChanges(RedisGuard guard, FailureHandler failures) {
        this.guard = guard;
        this.failures = failures;
    }

    /** Whether it was made: not, where somebody has stored something else than text there. */
    boolean changed(String operation, byte[] redisKey, Command<Long> command) {
        return asked(operation, Kind.WRITE, redisKey, command);
    }

    /** Whether a lease was given, which a repeat would find out. */
    boolean leased(byte[] redisKey, Command<Long> command) {
        return asked("lease", Kind.LEASE, redisKey, command);
    }

    private boolean asked(String operation, Kind kind, byte[] redisKey, Command<Long> command) {
        try {
            return guard.calls().call(kind, redisKey, command) > 0;
        } catch (CommandFailure failure) {
            if (failure.errorCause() == ErrorCause.WRONG_TYPE) {
                return false;
            }
            throw failed(operation, failure);
        }
    }

    CacheException failed(String operation, CommandFailure failure) {
        return failures.toThrow(operation, failure.errorCause(), failure.getCause());
    }
}
