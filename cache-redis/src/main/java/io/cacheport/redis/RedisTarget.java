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
 * @param nodes one, or the seeds of a cluster
 * @param user for an ACL user, or null
 * @param password or null
 * @param database 0 for a cluster
 * @param tls whether to use TLS
 * @param cluster whether it is a cluster
 * @param prefix the key prefix the URI asks for, or null
 */
record RedisTarget(
        List<Node> nodes,
        @Nullable String user,
        @Nullable String password,
        int database,
        boolean tls,
        boolean cluster,
        @Nullable String prefix) {

    private static final Pattern URI =
            Pattern.compile("(?i)(rediss?)(-cluster)?://(?:([^/?]*)@)?([^/?@]*)(?:/([^?]*))?(?:\\?(.*))?");
    private static final Pattern NODE = Pattern.compile("(\\[[0-9a-fA-F:.]+]|[^\\s:\\[\\]]+)(?::(.*))?");
    private static final int DEFAULT_PORT = 6_379;

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
            throw malformed(
                    "write redis://[user:password@]host[:port][/database], percent-encoding / ? @ : in the password");
        }
        boolean cluster = parts.group(2) != null;
        List<Node> nodes = nodes(parts.group(4), cluster);
        @Nullable String[] login = login(parts.group(3));
        return new RedisTarget(
                nodes,
                login[0],
                login[1],
                database(parts.group(5), cluster),
                parts.group(1).equalsIgnoreCase("rediss"),
                cluster,
                prefix(parts.group(6)));
    }

    private static List<Node> nodes(String text, boolean cluster) {
        List<Node> nodes = new ArrayList<>();
        for (String one : text.split(",", -1)) {
            Matcher node = NODE.matcher(one.strip());
            if (!node.matches()) {
                throw malformed("the host is missing or not a host name");
            }
            nodes.add(new Node(node.group(1), port(node.group(2))));
        }
        if (nodes.size() > 1 && !cluster) {
            throw malformed("several hosts, which only redis-cluster:// and rediss-cluster:// take");
        }
        return List.copyOf(nodes);
    }

    private static int port(@Nullable String text) {
        if (text == null) {
            return DEFAULT_PORT;
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
        StringBuilder out = new StringBuilder(tls ? "rediss" : "redis").append(cluster ? "-cluster://" : "://");
        if (password != null) {
            out.append(Objects.requireNonNullElse(user, "")).append(":***@");
        }
        out.append(String.join(",", nodes.stream().map(Node::toString).toList()));
        return database == 0 ? out.toString() : out.append('/').append(database).toString();
    }
}
