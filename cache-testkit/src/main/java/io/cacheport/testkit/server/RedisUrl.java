package io.cacheport.testkit.server;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/** {@code redis://[[user]:password@]host[:port][/db]}, taken apart. */
record RedisUrl(
        String host,
        int port,
        @Nullable String user,
        @Nullable String password,
        int db) {

    private static final int DEFAULT_PORT = 6379;

    /** Takes a URL apart; the message of a refusal does not repeat it, since it may hold a password. */
    static RedisUrl parse(String url) {
        try {
            URI uri = URI.create(url.strip());
            String host = uri.getHost();
            if (!"redis".equals(uri.getScheme()) || host == null) {
                throw new IllegalArgumentException("scheme or host");
            }
            String path = uri.getPath();
            int db = path.length() > 1 ? Integer.parseInt(path.substring(1)) : 0;
            String login = uri.getUserInfo();
            int colon = login == null ? -1 : login.indexOf(':');
            return new RedisUrl(
                    host,
                    uri.getPort() < 0 ? DEFAULT_PORT : uri.getPort(),
                    login == null || colon <= 0 ? null : login.substring(0, colon),
                    login == null ? null : login.substring(colon + 1), // without a colon it is all password
                    db);
        } catch (IllegalArgumentException e) {
            // without the cause, whose message quotes the URL
            throw new IllegalArgumentException("not of the form redis://[[user]:password@]host[:port][/db]");
        }
    }

    RespClient connect() {
        RespClient client = RespClient.connect(host, port);
        try {
            if (password != null) {
                client.call(user == null ? new String[] {"AUTH", password} : new String[] {"AUTH", user, password});
            }
            if (db != 0) {
                client.call("SELECT", String.valueOf(db));
            }
            return client;
        } catch (RuntimeException e) {
            client.close();
            throw e;
        }
    }

    /** Without the password. */
    @Override
    public String toString() {
        return host + ":" + port + (db == 0 ? "" : "/" + db);
    }
}
