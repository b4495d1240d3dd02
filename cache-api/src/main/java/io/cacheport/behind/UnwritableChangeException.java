package io.cacheport.behind;

/**
 * A batch has a change that can never be written: its row is gone, its value breaks a rule. The changes of the batch are then
 * written one by one, and the one that throws this alone is handed over as a dead letter.
 *
 * @since 0.1
 */
public final class UnwritableChangeException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    /** With what is wrong, for a human. */
    public UnwritableChangeException(String message) {
        super(message);
    }

    /** With what the database said. */
    public UnwritableChangeException(String message, Throwable cause) {
        super(message, cause);
    }
}
