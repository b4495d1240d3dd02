package io.cacheport.benchmarks.peer;

import java.net.URI;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * A Redis, and how long its answers are waited for, written as Lettuce writes it: {@code redis://HOST:PORT?timeout=250ms}.
 *
 * @param uri without the timeout
 * @param given null if each library is to wait as long as it waits by default
 */
record RedisAt(String uri, @Nullable Duration given) {

    private static final String TIMEOUT = "?timeout=";

    static RedisAt of(String text) {
        int at = text.indexOf(TIMEOUT);
        if (at < 0) {
            return new RedisAt(text, null);
        }
        String millis = text.substring(at + TIMEOUT.length(), text.length() - "ms".length());
        return new RedisAt(text.substring(0, at), Duration.ofMillis(Long.parseLong(millis)));
    }

    /** With that timeout. */
    static String with(String uri, Duration timeout) {
        return uri + TIMEOUT + timeout.toMillis() + "ms";
    }

    Duration timeout(Duration usual) {
        return given == null ? usual : given;
    }

    String host() {
        return URI.create(uri).getHost();
    }

    int port() {
        return URI.create(uri).getPort();
    }
}
