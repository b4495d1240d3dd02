package io.cacheport.lock;

/**
 * There was no lock, so the action was not run.
 *
 * @since 0.1
 */
public final class LockNotAcquiredException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final NotAcquired why;

    LockNotAcquiredException(NotAcquired why) {
        super("lock not acquired: " + reason(why)); // its name may be somebody's: see why()
        this.why = why;
    }

    /** The reason: busy, the store unavailable, or interrupted. */
    public NotAcquired why() {
        return why;
    }

    private static String reason(NotAcquired why) {
        if (why instanceof NotAcquired.Unavailable unavailable) {
            return "the store cannot be asked: " + unavailable.cause().tag();
        }
        return why instanceof NotAcquired.Busy ? "busy" : "interrupted";
    }
}
