package io.cacheport.examples.chat;

/** There is no such user. */
public final class UnknownUserException extends RuntimeException {

    private static final long serialVersionUID = 1;

    UnknownUserException(long userId) {
        super("there is no user " + userId);
    }
}
