package io.cacheport.examples.catalog;

/** The client asked for something that makes no sense; the message names the value and the rule. */
final class InvalidRequestException extends RuntimeException {

    private static final long serialVersionUID = 1;

    InvalidRequestException(String message) {
        super(message);
    }
}
