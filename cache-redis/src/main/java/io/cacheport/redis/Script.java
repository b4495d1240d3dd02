package io.cacheport.redis;

import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/**
 * A script over one key, for what has to be looked at and changed in one step. Sent by its digest; a server that does not
 * know it, after a restart or a failover, is sent the text, which is one round trip more and nothing a caller notices.
 */
final class Script {

    /** The key is what is asked for as the first argument says, and then gets the second for so many milliseconds. */
    static final Script FILL = of(ScriptOutputType.INTEGER, """
            if redis.call('GETRANGE', KEYS[1], 0, -1) ~= ARGV[1] then return 0 end
            redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
            return 1
            """);

    /** Removes the key if it is what the argument says. */
    static final Script RELEASE = of(ScriptOutputType.INTEGER, """
            if redis.call('GETRANGE', KEYS[1], 0, -1) ~= ARGV[1] then return 0 end
            return redis.call('DEL', KEYS[1])
            """);

    /** Gives the key so many milliseconds from now on if it is what the first argument says. */
    static final Script RENEW = of(ScriptOutputType.INTEGER, """
            if redis.call('GETRANGE', KEYS[1], 0, -1) ~= ARGV[1] then return 0 end
            return redis.call('PEXPIRE', KEYS[1], ARGV[2])
            """);

    /** What Redis 7 does with SET NX GET PX. */
    static final Script TAKE = of(ScriptOutputType.VALUE, """
            local there = redis.call('GET', KEYS[1])
            if there then return there end
            redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
            return false
            """);

    /** The same in the place of a value: of the one that the third argument says, or of one that is no string. */
    static final Script TAKE_OVER = of(ScriptOutputType.INTEGER, """
            local type = redis.call('TYPE', KEYS[1])['ok']
            if type == 'string' and redis.call('GET', KEYS[1]) ~= ARGV[3] then return 0 end
            redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
            return 1
            """);

    /** Gives the key so many milliseconds from now on unless it begins as the second argument says. */
    static final Script EXPIRE = of(ScriptOutputType.INTEGER, """
            if redis.pcall('GETRANGE', KEYS[1], 0, 3) == ARGV[2] then return 0 end
            return redis.call('PEXPIRE', KEYS[1], ARGV[1])
            """);

    private final ScriptOutputType output;
    private final String text;
    private final String digest;

    private Script(ScriptOutputType output, String text, String digest) {
        this.output = output;
        this.text = text;
        this.digest = digest;
    }

    private static Script of(ScriptOutputType output, String text) {
        try {
            byte[] sum = MessageDigest.getInstance("SHA-1").digest(text.getBytes(StandardCharsets.UTF_8));
            return new Script(output, text, HexFormat.of().formatHex(sum));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-1", e);
        }
    }

    /** Sends it. */
    <R> CompletionStage<R> run(RedisClusterAsyncCommands<byte[], byte[]> commands, byte[] key, byte[]... arguments) {
        byte[][] keys = {key};
        CompletionStage<R> known = commands.evalsha(digest, output, keys, arguments);
        return known.exceptionallyCompose(failure -> isUnknown(failure)
                ? commands.<R>eval(text, output, keys, arguments)
                : CompletableFuture.failedStage(failure));
    }

    static byte[] argument(long number) {
        return Long.toString(number).getBytes(StandardCharsets.US_ASCII);
    }

    private static boolean isUnknown(Throwable failure) {
        return failure instanceof RedisNoScriptException
                || (failure instanceof CompletionException && failure.getCause() instanceof RedisNoScriptException);
    }
}
