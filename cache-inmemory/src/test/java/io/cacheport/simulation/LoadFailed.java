package io.cacheport.simulation;

/** The database could not be read. */
final class LoadFailed extends Exception {

    private static final long serialVersionUID = 1L;

    final long failedAt;

    LoadFailed(long failedAt) {
        super("load failed at #" + failedAt, null, false, false);
        this.failedAt = failedAt;
    }
}
