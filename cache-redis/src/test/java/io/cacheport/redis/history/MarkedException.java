package io.cacheport.redis.history;

/** A loader's own failure, which knows whose it is. */
final class MarkedException extends Exception {

    private static final long serialVersionUID = 1L;

    /** When the loader threw it. */
    final long nanos = System.nanoTime();

    MarkedException(Key key) {
        super(key.name(), null, false, false);
    }
}
