package io.cacheport.simulation;

/** The database could not be read. */
final class LoadFailed extends Exception {

    private static final long serialVersionUID = 1L;

    /** When the call that loaded had returned; zero until then. */
    long overAt;

    LoadFailed(long failedAt) {
        super("load failed at #" + failedAt, null, false, false);
    }
}
