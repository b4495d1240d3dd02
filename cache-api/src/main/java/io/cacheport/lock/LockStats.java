package io.cacheport.lock;

/**
 * What was counted by one {@link Locks} since it was made.
 *
 * @param active held now
 * @param acquired grants
 * @param busy attempts that ended with somebody else holding the lock
 * @param unavailable attempts that ended with a store that could not be asked
 * @param interrupted attempts that ended with an interrupt
 * @param released locks that were let go while held, or of which the store did not say whether they were
 * @param lost locks that ended before they were let go
 * @param renewals renewals and extensions that the store confirmed
 * @since 0.1
 */
public record LockStats(
        long active,
        long acquired,
        long busy,
        long unavailable,
        long interrupted,
        long released,
        long lost,
        long renewals) {}
