package io.cacheport.redis;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Where Redis is, parsed from a URI. No message quotes what could be a password: neither what stands before an at sign,
 * nor a port or database number that is none.
 *
 * @param nodes one, or the seeds of a cluster, or the sentinels
 * @param user for an ACL user, or null
 * @param password of the servers with the data, not the sentinels; or null
 * @param database 0 for a cluster
 * @param tls whether to use TLS
 * @param cluster whether it is a cluster
 * @param masterName what the sentinels call the master, or null if there are no sentinels
 * @param prefix the key prefix the URI asks for, or null
 */
record RedisTarget(
        List<Node> nodes,
        @Nullable String user,
        @Nullable String password,
        int database,
        boolean tls,
        boolean cluster,
        @Nullable String masterName,
        @Nullable String prefix) {

    private static final Pattern URI =
            Pattern.compile("(?i)(rediss?)(-cluster|-sentinel)?://(?:([^/?]*)@)?([^/?@]*)(?:/([^?]*))?(?:\\?(.*))?");
    private static final Pattern NODE = Pattern.compile("(\\[[0-9a-fA-F:.]+]|[^\\s:\\[\\]]+)(?::(.*))?");
    private static final Pattern MASTER_NAME = Pattern.compile("[A-Za-z0-9._-]{1,64}");
    private static final int DEFAULT_PORT = 6_379;
    private static final int DEFAULT_SENTINEL_PORT = 26_379;

    record Node(String host, int port) {
        @Override
        public String toString() {
            return host + ":" + port;
        }
    }

    static RedisTarget parse(String uri) {
        if (uri == null) {
            throw new IllegalArgumentException("uri is null: pass redis://host:port");
        }
        Matcher parts = URI.matcher(uri);
        if (!parts.matches()) {
            throw malformed("write redis://[user:password@]host[:port][/database], redis-cluster://host,host or"
                    + " redis-sentinel://host,host/master; percent-encoding / ? @ : in the password");
        }
        boolean cluster = "-cluster".equalsIgnoreCase(parts.group(2));
        boolean sentinel = "-sentinel".equalsIgnoreCase(parts.group(2));
        List<Node> nodes = nodes(parts.group(4), sentinel ? DEFAULT_SENTINEL_PORT : DEFAULT_PORT);
        if (nodes.size() > 1 && !cluster && !sentinel) {
            throw malformed("several hosts, which only redis-cluster:// and redis-sentinel:// (or rediss-) take");
        }
        @Nullable String[] login = login(parts.group(3));
        String path = parts.group(5);
        String masterName = sentinel ? masterName(path) : null;
        return new RedisTarget(
                nodes,
                login[0],
                login[1],
                database(masterName == null ? path : afterMasterName(path), cluster),
                parts.group(1).equalsIgnoreCase("rediss"),
                cluster,
                masterName,
                prefix(parts.group(6)));
    }

    boolean sentinel() {
        return masterName != null;
    }

    /** Not quoted if it is wrong, since it may be half a password. */
    private static String masterName(@Nullable String path) {
        String name = path == null ? "" : path.contains("/") ? path.substring(0, path.indexOf('/')) : path;
        if (!MASTER_NAME.matcher(name).matches()) {
            throw malformed("after the sentinels stands a slash and the master's name,"
                    + " 1 to 64 letters, digits, dots, underscores or hyphens");
        }
        return name;
    }

    private static @Nullable String afterMasterName(@Nullable String path) {
        return path == null || !path.contains("/") ? null : path.substring(path.indexOf('/') + 1);
    }

    private static List<Node> nodes(String text, int defaultPort) {
        List<Node> nodes = new ArrayList<>();
        for (String one : text.split(",", -1)) {
            Matcher node = NODE.matcher(one.strip());
            if (!node.matches()) {
                throw malformed("the host is missing or not a host name");
            }
            nodes.add(new Node(node.group(1), port(node.group(2), defaultPort)));
        }
        return List.copyOf(nodes);
    }

    private static int port(@Nullable String text, int defaultPort) {
        if (text == null) {
            return defaultPort;
        }
        int port = text.matches("[0-9]{1,5}") ? Integer.parseInt(text) : 0;
        if (port < 1 || port > 65_535) {
            throw malformed("what follows the host and a colon is not a port from 1 to 65535");
        }
        return port;
    }

    private static @Nullable String[] login(@Nullable String text) {
        if (text == null) {
            return new @Nullable String[2];
        }
        int colon = text.indexOf(':');
        if (colon < 0 || colon == text.length() - 1) {
            throw malformed("before the at sign stands user:password, or :password");
        }
        String user = decoded(text.substring(0, colon));
        return new @Nullable String[] {user.isEmpty() ? null : user, decoded(text.substring(colon + 1))};
    }

    private static int database(@Nullable String text, boolean cluster) {
        if (text == null || text.isEmpty()) {
            return 0;
        }
        if (!text.matches("[0-9]{1,5}")) {
            throw malformed("what follows the host and a slash is not a database number"); // but maybe half a password
        }
        int database = Integer.parseInt(text);
        if (cluster && database != 0) {
            throw malformed("database " + database + ", but a cluster has only database 0");
        }
        return database;
    }

    private static @Nullable String prefix(@Nullable String query) {
        if (query == null || query.isEmpty()) {
            return null;
        }
        String prefix = null;
        for (String parameter : query.split("&", -1)) {
            if (!parameter.startsWith("prefix=") || prefix != null) {
                throw malformed("the only parameter after the question mark is prefix, once");
            }
            prefix = decoded(parameter.substring("prefix=".length()));
        }
        return prefix;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException broken) {
            throw malformed("a percent sign is not followed by two hexadecimal digits");
        }
    }

    private static IllegalArgumentException malformed(String rule) {
        return new IllegalArgumentException("malformed Redis URI: " + rule);
    }

    /** Without credentials, for logs. */
    @Override
    public String toString() {
        StringBuilder out = new StringBuilder(tls ? "rediss" : "redis")
                .append(cluster ? "-cluster" : sentinel() ? "-sentinel" : "")
                .append("://");
        if (password != null) {
            out.append(Objects.requireNonNullElse(user, "")).append(":***@");
        }
        out.append(String.join(",", nodes.stream().map(Node::toString).toList()));
        if (masterName != null) {
            out.append('/').append(masterName);
        }
        return database == 0 ? out.toString() : out.append('/').append(database).toString();
    }
}
