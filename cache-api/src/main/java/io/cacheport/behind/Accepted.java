package io.cacheport.behind;

/**
 * What became of a change.
 *
 * @since 0.1
 */
public enum Accepted {
    /** It waits in the store, and survives this process. */
    BUFFERED,
    /** It could not wait, because the store was away or too much waits already, and was written at once. */
    WRITTEN,
    /** The store did not answer: it may wait there, or not. It was not written at once, or it might count twice. */
    UNCERTAIN
}
