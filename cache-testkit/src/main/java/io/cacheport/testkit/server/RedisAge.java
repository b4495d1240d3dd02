package io.cacheport.testkit.server;

import java.time.Duration;

/**
 * Makes every key of a server older, so that no test waits for a TTL: each loses so much of its time to live, and what
 * has no more than that left is deleted.
 *
 * @since 0.1
 */
public final class RedisAge {

    private static final String SCRIPT = """
            local cursor = '0'
            repeat
              local page = redis.call('SCAN', cursor, 'COUNT', 1000)
              cursor = page[1]
              for _, key in ipairs(page[2]) do
                local left = redis.call('PTTL', key)
                if left >= 0 and left <= tonumber(ARGV[1]) then
                  redis.call('DEL', key)
                elseif left >= 0 then
                  redis.call('PEXPIRE', key, left - ARGV[1])
                end
              end
            until cursor == '0'
            """;

    private RedisAge() {}

    /** Ages the keys of the database the client is on; for a cluster call it for each master. */
    public static void passTime(RespClient client, Duration time) {
        client.call("EVAL", SCRIPT, "0", Long.toString(time.toMillis()));
    }
}
