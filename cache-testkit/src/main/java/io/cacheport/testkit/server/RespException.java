package io.cacheport.testkit.server;

/**
 * An error reply of a Redis server; the message is the server's own text, such as {@code MOVED 866 127.0.0.1:7002}.
 *
 * @since 0.1
 */
public final class RespException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RespException(String text) {
        super(text);
    }
}
