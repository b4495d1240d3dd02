package io.cacheport.redis;

import io.cacheport.ErrorCause;
import io.cacheport.redis.Calls.Kind;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** What there is to know and to change of an entry but its value. Leases and their like are no entries. */
final class EntryTimes {

    /** What PTTL says where there is no entry. */
    static final long NO_ENTRY = -2;

    /** What it says for one without an expiry. */
    static final long NO_EXPIRY = -1;

    private static final byte[] NOTHING = {};

    /** What the script says of a value whose tags are to be looked at first. */
    private static final long IS_TAGGED = 2;

    private final RedisSettings settings;
    private final RedisGuard guard;
    private final Looks looks;

    /** A number, and how what is stored begins. */
    private static final class Head {

        private final long number;
        private final byte[] begin;

        Head(long number, byte[] begin) {
            this.number = number;
            this.begin = begin;
        }
    }

    EntryTimes(RedisSettings settings, RedisGuard guard, Looks looks) {
        this.settings = settings;
        this.guard = guard;
        this.looks = looks;
    }

    boolean exists(String key) throws CommandFailure {
        byte[] redisKey = readable(key);
        Head head = guard.calls()
                .call(Kind.READ, redisKey, commands -> head(commands, redisKey, commands.exists(redisKey)));
        return Frame.is(head.begin)
                ? looks.remaining(key, redisKey) != NO_ENTRY
                : head.number > 0 && !LeaseMark.is(head.begin);
    }

    /** What remains of its TTL in milliseconds, {@link #NO_EXPIRY} or {@link #NO_ENTRY}. */
    long remaining(String key) throws CommandFailure {
        byte[] redisKey = readable(key);
        Head head =
                guard.calls().call(Kind.READ, redisKey, commands -> head(commands, redisKey, commands.pttl(redisKey)));
        if (Frame.is(head.begin)) {
            return looks.remaining(key, redisKey);
        }
        return LeaseMark.is(head.begin) ? NO_ENTRY : head.number;
    }

    boolean expire(String key, long millis) throws CommandFailure {
        byte[] redisKey = readable(key);
        long done = expire(redisKey, millis, false);
        if (done == IS_TAGGED) {
            done = looks.remaining(key, redisKey) == NO_ENTRY ? 0 : expire(redisKey, millis, true);
        }
        return done > 0;
    }

    private long expire(byte[] redisKey, long millis, boolean tagsAreCurrent) throws CommandFailure {
        byte[] sure = Script.argument(tagsAreCurrent ? 1 : 0);
        return guard.calls()
                .<Long>call(
                        Kind.WRITE,
                        redisKey,
                        commands -> Script.EXPIRE.run(commands, redisKey, Script.argument(millis), sure));
    }

    private byte[] readable(String key) throws CommandFailure {
        byte[] redisKey = settings.redisKey(key);
        if (!guard.isReadable(redisKey)) {
            throw CommandFailure.journaled();
        }
        return redisKey;
    }

    /** In one round trip. */
    private static CompletionStage<Head> head(
            RedisClusterAsyncCommands<byte[], byte[]> commands, byte[] redisKey, CompletionStage<Long> number) {
        CompletionStage<byte[]> begin = commands.getrange(redisKey, 0, LeaseMark.HEAD - 1)
                .exceptionallyCompose(failure -> isOfAnotherType(failure)
                        ? CompletableFuture.completedStage(NOTHING)
                        : CompletableFuture.failedStage(failure));
        return number.thenCombine(begin, Head::new);
    }

    /** A list, say: no value of ours, and no lease. */
    private static boolean isOfAnotherType(Throwable failure) {
        return CommandFailure.of(failure, false).errorCause() == ErrorCause.WRONG_TYPE;
    }
}
