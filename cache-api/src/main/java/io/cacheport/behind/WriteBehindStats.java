package io.cacheport.behind;

/**
 * What happened here, in this process.
 *
 * @param buffered changes that were left waiting in the store
 * @param direct changes that were written at once because they could not wait
 * @param uncertain changes of which the store did not say whether they wait
 * @param batches batches written
 * @param written keys in them
 * @param failures attempts to write that failed
 * @param deadLetters changes that were handed over as never to be written
 * @since 0.1
 */
public record WriteBehindStats(
        long buffered, long direct, long uncertain, long batches, long written, long failures, long deadLetters) {}
