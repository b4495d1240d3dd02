package io.cacheport.aside;

/**
 * The caller was interrupted while it waited for another caller's load (A8), or for its turn to load (A10). Its interrupt
 * flag is set again.
 *
 * @since 0.1
 */
public final class LoadInterruptedException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    LoadInterruptedException(String what, InterruptedException cause) {
        super("interrupted while waiting for " + what, cause);
    }
}
