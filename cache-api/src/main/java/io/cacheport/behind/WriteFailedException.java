package io.cacheport.behind;

/**
 * A change could neither wait nor be written at once.
 *
 * @since 0.1
 */
public final class WriteFailedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    WriteFailedException(String name, Exception cause) {
        super("a change for \"" + name + "\" could not wait in the cache's store, and not be written at once", cause);
    }
}
