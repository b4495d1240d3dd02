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
 * A script over one key, or over several that a hash tag keeps in one slot, for what has to be looked at and changed in one
 * step. Sent by its digest; a server that does not
 * know it, after a restart or a failover, is sent the text, which is one round trip more and nothing a caller notices.
 */
final class Script {

    /** Stores the second argument for so many milliseconds where the key begins with the first, a lease's mark. */
    static final Script FILL = of(ScriptOutputType.INTEGER, """
            if redis.call('GETRANGE', KEYS[1], 0, 19) ~= ARGV[1] then return 0 end
            redis.call('SET', KEYS[1], ARGV[2], 'PX', ARGV[3])
            return 1
            """);

    /** Ends the lease whose mark the argument is; a value stays. */
    static final Script RELEASE = of(ScriptOutputType.INTEGER, """
            if redis.call('GETRANGE', KEYS[1], 0, 19) ~= ARGV[1] then return 0 end
            if string.byte(ARGV[1], 4) == 1 then return redis.call('DEL', KEYS[1]) end
            redis.call('SETRANGE', KEYS[1], 4, string.rep('\\0', 24))
            return 1
            """);

    /** Gives the lease whose mark the first argument is so many milliseconds from now on. */
    static final Script RENEW = of(ScriptOutputType.INTEGER, """
            if redis.call('GETRANGE', KEYS[1], 0, 19) ~= ARGV[1] then return 0 end
            if string.byte(ARGV[1], 4) == 1 then return redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
            local ends = math.max(0, redis.call('PTTL', KEYS[1]) - ARGV[2])
            redis.call('SETRANGE', KEYS[1], 20, struct.pack('>I8', ends))
            return 1
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

    /**
     * Leases the framed value that is from the act of storing which the second argument names, for so many milliseconds,
     * unless somebody else has its lease; the first is the stamp of the lease.
     */
    static final Script REFRESH = of(ScriptOutputType.INTEGER, """
            local head = redis.call('GETRANGE', KEYS[1], 0, 43)
            if string.sub(head, 1, 4) ~= '\\193LP\\2' or string.sub(head, 29, 44) ~= ARGV[2] then return 0 end
            local whose = string.sub(head, 5, 20)
            if whose == ARGV[1] then return 1 end
            local left = redis.call('PTTL', KEYS[1])
            if whose ~= string.rep('\\0', 16) and left > struct.unpack('>I8', string.sub(head, 21, 28)) then return 0 end
            redis.call('SETRANGE', KEYS[1], 4, ARGV[1] .. struct.pack('>I8', math.max(0, left - ARGV[3])))
            return 1
            """);

    /** Takes the lease of a value whose mark the first argument is from its holder, and gives it to nobody for a time. */
    static final Script REST = of(ScriptOutputType.INTEGER, """
            if redis.call('GETRANGE', KEYS[1], 0, 19) ~= ARGV[1] then return 0 end
            local ends = math.max(0, redis.call('PTTL', KEYS[1]) - ARGV[2])
            redis.call('SETRANGE', KEYS[1], 4, string.rep('\\255', 16) .. struct.pack('>I8', ends))
            return 1
            """);

    /** Ends the lease of a value, which begins anew for so many milliseconds; also given are its new times. */
    static final Script KEEP = of(ScriptOutputType.INTEGER, """
            if redis.call('GETRANGE', KEYS[1], 0, 19) ~= ARGV[1] then return 0 end
            redis.call('SETRANGE', KEYS[1], 4, string.rep('\\0', 24))
            redis.call('SETRANGE', KEYS[1], 44, ARGV[3])
            redis.call('SETRANGE', KEYS[1], 68, ARGV[4])
            return redis.call('PEXPIRE', KEYS[1], ARGV[2])
            """);

    /**
     * Gives a value so many milliseconds from now on, as fresh. A value with tags is left alone, and said to be one by 2,
     * unless the second argument says that they were looked at.
     */
    static final Script EXPIRE = of(ScriptOutputType.INTEGER, """
            local head = redis.pcall('GETRANGE', KEYS[1], 0, 76)
            if type(head) ~= 'string' or string.sub(head, 1, 3) ~= '\\193LP' then
              return redis.call('PEXPIRE', KEYS[1], ARGV[1])
            end
            if string.byte(head, 4) ~= 2 then return 0 end
            local stale = struct.unpack('>I8', string.sub(head, 53, 60))
            if redis.call('PTTL', KEYS[1]) - stale <= 0 then return 0 end
            if string.byte(head, 73) >= 2 and ARGV[2] == '0' then return 2 end
            redis.call('SETRANGE', KEYS[1], 4, string.rep('\\0', 24))
            redis.call('SETRANGE', KEYS[1], 44, struct.pack('>I8', ARGV[1] + stale))
            return redis.call('PEXPIRE', KEYS[1], ARGV[1] + stale)
            """);

    /** Stores a framed value unless one of its version or a newer is there, or the key is being written. */
    static final Script SET_IF_NEWER = of(ScriptOutputType.INTEGER, """
            local head = redis.pcall('GETRANGE', KEYS[1], 0, 76)
            if type(head) == 'string' and string.sub(head, 1, 3) == '\\193LP' then
              local kind = string.byte(head, 4)
              if kind == 3 then return 0 end
              if kind == 2 and string.byte(head, 73) % 2 == 1 then
                local high, low = struct.unpack('>i4I4', string.sub(head, 61, 68))
                local newHigh, newLow = struct.unpack('>i4I4', string.sub(ARGV[1], 61, 68))
                if high > newHigh or (high == newHigh and low >= newLow) then return 0 end
              end
            end
            redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
            return 1
            """);

    /** Joins those who write the key, or removes what is there and begins. */
    static final Script BEGIN_WRITE = of(ScriptOutputType.INTEGER, """
            if redis.pcall('GETRANGE', KEYS[1], 0, 3) == string.sub(ARGV[1], 1, 4) then
              redis.call('APPEND', KEYS[1], string.sub(ARGV[1], 5))
              if redis.call('PTTL', KEYS[1]) < tonumber(ARGV[2]) then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
            else
              redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
            end
            return 1
            """);

    /** Leaves them; the last one, and one whose time was over, removes what is there. */
    static final Script END_WRITE = of(ScriptOutputType.INTEGER, """
            local there = redis.pcall('GETRANGE', KEYS[1], 0, -1)
            if type(there) ~= 'string' or string.sub(there, 1, 4) ~= string.sub(ARGV[1], 1, 4) then
              return redis.call('DEL', KEYS[1])
            end
            local left = string.sub(there, 1, 4)
            for i = 5, #there, 16 do
              local one = string.sub(there, i, i + 15)
              if one ~= string.sub(ARGV[1], 5) then left = left .. one end
            end
            if #left == 4 then return redis.call('DEL', KEYS[1]) end
            redis.call('SET', KEYS[1], left, 'PX', math.max(1, redis.call('PTTL', KEYS[1])))
            return 1
            """);

    /** The stamp of a tag, which is the argument if there is none; it lives so many milliseconds at least. */
    static final Script STAMP = of(ScriptOutputType.VALUE, """
            local there = redis.call('GET', KEYS[1])
            if not there or string.sub(there, 1, 3) == '\\193LP' then
              redis.call('SET', KEYS[1], ARGV[1], 'PX', ARGV[2])
              return ARGV[1]
            end
            local left = redis.call('PTTL', KEYS[1])
            if left >= 0 and left < tonumber(ARGV[2]) then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
            return there
            """);

    /** Adds to a counter; one that it makes lives so many milliseconds, or for ever. What it is now, as text: Lua rounds. */
    static final Script INCREMENT = of(ScriptOutputType.VALUE, """
            local fresh = redis.call('EXISTS', KEYS[1]) == 0
            redis.call('INCRBY', KEYS[1], ARGV[1])
            if fresh and ARGV[2] ~= '0' then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
            return redis.call('GET', KEYS[1])
            """);

    /** Writes to a structure by the command named first; one that it makes lives so many milliseconds, or for ever. */
    static final Script MAKE = of(ScriptOutputType.INTEGER, """
            local fresh = redis.call('EXISTS', KEYS[1]) == 0
            local done = redis.call(ARGV[1], KEYS[1], unpack(ARGV, 3))
            if fresh and ARGV[2] ~= '0' then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
            return done
            """);

    /**
     * The lock of the first key for the token that the first argument is, for so many milliseconds, or for its holder anew.
     * The second key has the number of the last grant, and is kept for the third argument. Answers 1 and the number of the
     * grant, or 0 and what remains of another's lease.
     */
    static final Script LOCK = of(ScriptOutputType.MULTI, """
            local there = redis.call('GET', KEYS[1])
            if there then
              local left = redis.call('PTTL', KEYS[1])
              if string.sub(there, 1, 32) ~= ARGV[1] then return {0, left} end
              if left < tonumber(ARGV[2]) then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
              return {1, tonumber(string.sub(there, 34))}
            end
            local now = redis.call('TIME')
            local number = math.max((tonumber(redis.call('GET', KEYS[2])) or 0) + 1, now[1] * 1000000 + now[2])
            local text = string.format('%.0f', number)
            redis.call('SET', KEYS[2], text, 'PX', ARGV[3])
            redis.call('SET', KEYS[1], ARGV[1] .. ' ' .. text, 'PX', ARGV[2])
            return {1, number}
            """);

    /** Lets the lock live for so many milliseconds from now on, and no shorter than it would, if the token has it. */
    static final Script LOCK_RENEW = of(ScriptOutputType.INTEGER, """
            if redis.call('GETRANGE', KEYS[1], 0, 31) ~= ARGV[1] then return 0 end
            if redis.call('PTTL', KEYS[1]) < tonumber(ARGV[2]) then redis.call('PEXPIRE', KEYS[1], ARGV[2]) end
            return 1
            """);

    /** Ends the lock if the token has it. */
    static final Script UNLOCK = of(ScriptOutputType.INTEGER, """
            if redis.call('GETRANGE', KEYS[1], 0, 31) ~= ARGV[1] then return 0 end
            return redis.call('DEL', KEYS[1])
            """);

    /** Adds to a counter that waits to be written, unless as many wait as may. */
    static final Script BEHIND_ADD = of(ScriptOutputType.INTEGER, """
            if redis.call('HLEN', KEYS[1]) >= tonumber(ARGV[3]) and redis.call('HEXISTS', KEYS[1], ARGV[1]) == 0 then return 0 end
            redis.call('HINCRBY', KEYS[1], ARGV[1], ARGV[2])
            return 1
            """);

    /** The same for a value, which replaces the one that waits. */
    static final Script BEHIND_PUT = of(ScriptOutputType.INTEGER, """
            if redis.call('HLEN', KEYS[1]) >= tonumber(ARGV[3]) and redis.call('HEXISTS', KEYS[1], ARGV[1]) == 0 then return 0 end
            redis.call('HSET', KEYS[1], ARGV[1], ARGV[2])
            return 1
            """);

    /**
     * The batch under way, in the second key; else one that is made of some of what waits in the first and has the first
     * argument for its id, which is the field without a name.
     */
    static final Script BEHIND_TAKE = of(ScriptOutputType.MULTI, """
            if redis.call('EXISTS', KEYS[2]) == 0 then
              local cursor, some = '0', {}
              repeat
                local page = redis.call('HSCAN', KEYS[1], cursor, 'COUNT', ARGV[2])
                cursor, some = page[1], page[2]
              until #some > 0 or cursor == '0'
              if #some == 0 then return {} end
              local last = math.min(#some, 2 * tonumber(ARGV[2]))
              for i = 1, last, 2 do
                redis.call('HSET', KEYS[2], some[i], some[i + 1])
                redis.call('HDEL', KEYS[1], some[i])
              end
              redis.call('HSET', KEYS[2], '', ARGV[1])
            end
            return redis.call('HGETALL', KEYS[2])
            """);

    /** Gives the batch another id, if it has the first argument for its id still. */
    static final Script BEHIND_PART = of(ScriptOutputType.INTEGER, """
            if redis.call('HGET', KEYS[1], '') ~= ARGV[1] then return 0 end
            redis.call('HSET', KEYS[1], '', ARGV[2])
            return 1
            """);

    /** These leave the batch that has the first argument for its id; with the last it ends. */
    static final Script BEHIND_DONE = of(ScriptOutputType.INTEGER, """
            if redis.call('HGET', KEYS[1], '') ~= ARGV[1] then return 0 end
            local done = redis.call('HDEL', KEYS[1], unpack(ARGV, 2))
            if redis.call('HLEN', KEYS[1]) == 1 then redis.call('DEL', KEYS[1]) end
            return done
            """);

    /** What waits for a field, in the batch and after it. */
    static final Script BEHIND_WAITING = of(ScriptOutputType.MULTI, """
            return {redis.call('HGET', KEYS[2], ARGV[1]), redis.call('HGET', KEYS[1], ARGV[1])}
            """);

    /**
     * Appends an event to a stream that is cut to about the first argument: type, publisher, whether it was applied, content.
     * Each has the id of the one before it, by which a reader tells whether it has missed any.
     */
    static final Script EVENT_APPEND = of(ScriptOutputType.STATUS, """
            local last = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)[1]
            return redis.call('XADD', KEYS[1], 'MAXLEN', '~', ARGV[1], '*',
                'p', last and last[1] or '', 't', ARGV[2], 'w', ARGV[3], 'a', ARGV[4], 'e', ARGV[5])
            """);

    /** The last id of a stream, in which there is always one to begin after. */
    static final Script EVENT_END = of(ScriptOutputType.VALUE, """
            local last = redis.call('XREVRANGE', KEYS[1], '+', '-', 'COUNT', 1)[1]
            return last and last[1] or redis.call('XADD', KEYS[1], '*', 'p', '')
            """);

    /** Whether the first argument is an id in the stream, and what comes after it, as many as the second less one. */
    static final Script EVENT_READ = of(ScriptOutputType.MULTI, """
            local there = redis.call('XRANGE', KEYS[1], ARGV[1], '+', 'COUNT', ARGV[2])
            if not there[1] or there[1][1] ~= ARGV[1] then return {0, there} end
            table.remove(there, 1)
            return {1, there}
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
        return run(commands, new byte[][] {key}, arguments);
    }

    /** The same over several keys of one slot. */
    <R> CompletionStage<R> run(RedisClusterAsyncCommands<byte[], byte[]> commands, byte[][] keys, byte[]... arguments) {
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
