package io.cacheport.redis;

import io.cacheport.testkit.server.RespClient;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The commands that servers ran since the counting began, but for those of the connection itself and of this counting. */
final class RedisTestCommands {

    private static final Pattern LINE = Pattern.compile("cmdstat_([^:]+):calls=(\\d+)");
    private static final Pattern OF_THE_CONNECTION =
            Pattern.compile("ping|hello|replconf|info|auth|select|command|config\\|resetstat|(client|cluster)\\|.*");

    private final List<RespClient> servers;

    private RedisTestCommands(List<RespClient> servers) {
        this.servers = servers;
    }

    static RedisTestCommands countFromNow(RespClient... servers) {
        for (RespClient server : servers) {
            server.call("CONFIG", "RESETSTAT");
        }
        return new RedisTestCommands(List.of(servers));
    }

    /** By name in lower case, on all servers together. */
    Map<String, Long> counts() {
        Map<String, Long> counts = new TreeMap<>();
        for (RespClient server : servers) {
            Matcher line = LINE.matcher(String.valueOf(server.call("INFO", "commandstats")));
            while (line.find()) {
                if (!OF_THE_CONNECTION.matcher(line.group(1)).matches()) {
                    counts.merge(line.group(1), Long.valueOf(line.group(2)), Long::sum);
                }
            }
        }
        return counts;
    }
}
