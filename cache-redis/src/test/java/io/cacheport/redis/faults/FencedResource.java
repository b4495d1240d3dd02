package io.cacheport.redis.faults;

import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import java.net.URI;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * What a lock protects: one place for each name, in Redis, which refuses a number below the highest it has seen and writes
 * down each write in the order of arrival, with the grant it was made under. The grants tell overlaps, whatever the numbers.
 */
final class FencedResource implements AutoCloseable {

    /** How often writes have been made under a lock for the first time. */
    private static final String GRANTS = "resource:grants";

    private static final String WRITE = """
            local accepted = ARGV[1] == '-' or tonumber(ARGV[1]) >= tonumber(redis.call('GET', KEYS[1]) or '0')
            if accepted and ARGV[1] ~= '-' then redis.call('SET', KEYS[1], ARGV[1]) end
            redis.call('RPUSH', KEYS[2], ARGV[2] .. ' ' .. ARGV[1] .. ' ' .. (accepted and '1' or '0'))
            if ARGV[3] == '1' then redis.call('INCR', KEYS[3]) end
            return accepted and 1 or 0
            """;

    private final RespClient client;

    private FencedResource(RespClient client) {
        this.client = client;
    }

    static FencedResource of(RedisServer server) {
        return new FencedResource(server.client());
    }

    static FencedResource of(String uri) {
        return new FencedResource(
                RespClient.connect("127.0.0.1", URI.create(uri).getPort()));
    }

    /** Whether it was accepted. */
    boolean write(String name, String grant, String fencing, boolean first) {
        return Long.valueOf(1)
                .equals(client.call(
                        "EVAL",
                        WRITE,
                        "3",
                        "resource:" + name,
                        "resource:log:" + name,
                        GRANTS,
                        fencing,
                        grant,
                        first ? "1" : "0"));
    }

    String get(String key) {
        return String.valueOf(client.call("GET", key));
    }

    long grants() {
        Object grants = client.call("GET", GRANTS);
        return grants == null ? 0 : Long.parseLong(String.valueOf(grants));
    }

    /**
     * What is in the log of some names.
     *
     * @param grants that wrote
     * @param overlaps writes under a grant when one had begun to write that is not it, and that did not begin before it
     * @param unrevealed of these, those that were accepted
     * @param notRising first writes that were accepted with a number not above all accepted before
     */
    record Findings(long grants, long overlaps, long unrevealed, long notRising) {}

    Findings findings(List<String> names) {
        Findings sum = new Findings(0, 0, 0, 0);
        for (String name : names) {
            List<String> log = new ArrayList<>();
            if (client.call("LRANGE", "resource:log:" + name, "0", "-1") instanceof List<?> lines) {
                lines.forEach(line -> log.add(String.valueOf(line)));
            }
            Findings one = of(log);
            sum = new Findings(
                    sum.grants + one.grants,
                    sum.overlaps + one.overlaps,
                    sum.unrevealed + one.unrevealed,
                    sum.notRising + one.notRising);
        }
        return sum;
    }

    static Findings of(List<String> log) {
        Set<String> seen = new HashSet<>();
        String current = "";
        long highest = 0;
        long overlaps = 0;
        long unrevealed = 0;
        long notRising = 0;
        for (String line : log) {
            String[] words = line.split(" ", -1);
            String grant = words[0];
            boolean accepted = words[2].equals("1");
            long number = words[1].equals("-") ? 0 : Long.parseLong(words[1]);
            boolean first = seen.add(grant);
            if (first && accepted) {
                notRising += number != 0 && number <= highest ? 1 : 0;
                highest = Math.max(highest, number);
                current = grant;
            } else if (!grant.equals(current)) { // after another's began, or with an older number than another's
                overlaps++;
                unrevealed += accepted ? 1 : 0;
            }
        }
        return new Findings(seen.size(), overlaps, unrevealed, notRising);
    }

    @Override
    public void close() {
        client.close();
    }
}
