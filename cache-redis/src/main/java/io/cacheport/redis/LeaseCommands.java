package io.cacheport.redis;

import io.cacheport.lease.Stamp;
import io.cacheport.lease.Terms;
import io.cacheport.redis.Calls.Command;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.SetArgs;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/** The commands of leases: of one, or of several sent together. */
final class LeaseCommands {

    /** False once a server did not know SET NX GET, which came with Redis 7. */
    private volatile boolean hasSetNxGet = true;

    /** Answers what is there, or null if the mark is now. */
    Command<byte[]> take(byte[] redisKey, byte[] mark, long millis) {
        return commands ->
                hasSetNxGet ? setNxGet(commands, redisKey, mark, millis) : byScript(commands, redisKey, mark, millis);
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
            return byScript(commands, redisKey, mark, millis);
        });
    }

    private static CompletionStage<byte[]> byScript(
            RedisClusterAsyncCommands<byte[], byte[]> commands, byte[] redisKey, byte[] mark, long millis) {
        return Script.TAKE.run(commands, redisKey, mark, Script.argument(millis));
    }

    private static boolean isSyntaxError(Throwable failure) {
        return failure instanceof RedisCommandExecutionException said
                && String.valueOf(said.getMessage()).startsWith("ERR syntax error");
    }

    /** Whether the mark is there now, in the place of that value or of one that is no string. */
    static Command<Long> takeOver(byte[] redisKey, byte[] mark, long millis, byte[] inTheWay) {
        return commands -> Script.TAKE_OVER.run(commands, redisKey, mark, Script.argument(millis), inTheWay);
    }

    /** Whether the mark was there, and the value is now. */
    static Command<Long> fill(byte[] redisKey, byte[] mark, byte[] stored, long millis) {
        return commands -> Script.FILL.run(commands, redisKey, mark, stored, Script.argument(millis));
    }

    /** Whether the mark was there, and lives so long from now on. */
    static Command<Long> renew(byte[] redisKey, byte[] mark, long millis) {
        return commands -> Script.RENEW.run(commands, redisKey, mark, Script.argument(millis));
    }

    /** Whether the mark was there. */
    static Command<Long> release(byte[] redisKey, byte[] mark) {
        return commands -> Script.RELEASE.run(commands, redisKey, mark);
    }

    /** Whether the lease is there now, beside the value that was seen. */
    static Command<Long> refresh(byte[] redisKey, Stamp lease, Stamp seen, long millis) {
        return commands -> Script.REFRESH.run(
                commands, redisKey, LeaseMark.bytes(lease), LeaseMark.bytes(seen), Script.argument(millis));
    }

    /** Whether the mark was there, and the value rests. */
    static Command<Long> rest(byte[] redisKey, byte[] mark, long millis) {
        return commands -> Script.REST.run(commands, redisKey, mark, Script.argument(millis));
    }

    /** Whether the mark was there, and the value lives on. */
    static Command<Long> keep(byte[] redisKey, byte[] mark, Terms terms) {
        return commands -> Script.KEEP.run(
                commands,
                redisKey,
                mark,
                Script.argument(terms.life().toMillis()),
                Frame.times(terms),
                Frame.loadTimeBytes(terms));
    }
}
