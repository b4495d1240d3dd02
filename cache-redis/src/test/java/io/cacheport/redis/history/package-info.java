/**
 * A history checker over real processes: threads of three JVMs read, update and invalidate a few keys through one Redis,
 * in any order, while their parent kills connections, restarts and stops Redis, stops and kills JVMs. What they see is
 * checked while they go.
 *
 * <p>The source of truth is no part of what is tested: {@link io.cacheport.redis.history.Source} holds a version of each
 * key in memory that the JVMs share, so which of two events was first does not depend on Redis. An update raises the
 * version, removes the key from the cache by one of many ways, and once that is acknowledged raises the key's floor. A
 * value carries its key and version. {@link io.cacheport.redis.history.Watch} tells which loads run under a lease.
 *
 * <p>What is held to be wrong is listed in {@link io.cacheport.redis.history.Violation}. In short:
 *
 * <ul>
 *   <li>Invariant 1: no value below the floor at the beginning of the call, whichever the JVM and the removal; in the JVM
 *       that removed it, though Redis could not be asked, not from the return of the call on (5), and in all others as soon
 *       as it says that nothing is kept any more.
 *   <li>Invariant 2: two loads under leases run at once, or a stored key is loaded, only if a removal of the key or a
 *       restart came in between, or more than 1.8 s passed, for so long a lease lives. A load without a lease only in a call
 *       that had no answer of Redis in time, or waited for one that had none, or waited five seconds. A call calls its
 *       loader once. A loader's exception reaches its caller as the object it is, and no call that begins 50 ms after it was
 *       thrown. No lease is left behind while all are well.
 *   <li>Invariant 3: no call throws anything but that, nor takes more than twice five seconds and the longest load.
 *   <li>Invariant 4: each value is of the key, the tenant and the type asked for.
 * </ul>
 *
 * <p>Only counted: loads at once for whatever reason, loads without leases, refused fills, the slowest call.
 *
 * <p>{@link io.cacheport.redis.history.HistoryTest} is in every build and shows that a naive cache is found out; {@code
 * -Pfull} runs a million operations, or {@code -Dcacheport.history.operations=10000000}, and each {@link
 * io.cacheport.redis.history.Mutant}. A violation is printed with the last events of its key.
 *
 * <p>To add a way to remove or read: a constant in {@link io.cacheport.redis.history.Operation}, its method in {@link
 * io.cacheport.redis.history.Actor}, and the call in {@link io.cacheport.redis.history.Subject}. To add a policy: a {@link
 * io.cacheport.redis.history.View}, made in {@link io.cacheport.redis.history.Ours}.
 */
@NullMarked
package io.cacheport.redis.history;

import org.jspecify.annotations.NullMarked;
