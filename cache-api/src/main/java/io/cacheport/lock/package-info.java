/**
 * Locks that several processes share, by name, in the cache's store. {@link io.cacheport.lock.Locks} is the way in.
 *
 * <p><b>A lock for efficiency.</b> It keeps two from doing the same work at once nearly always. It cannot promise it: a
 * process that stands still does not know that its lease is over, and a store that loses what it has acknowledged (a
 * failover, a restart) gives the lock again. What must never happen twice needs the {@linkplain
 * io.cacheport.lock.HeldLock#fencing fencing number}, and a resource that refuses an older one than it has seen.
 *
 * <p>Waiting, renewal and callbacks are made once, here, over three steps that a store gives ({@link
 * io.cacheport.lock.LockStore}). The rules for both, each with tests in {@code cache-testkit}:
 *
 * <ul>
 *   <li><b>K1</b> A name is held by one at a time. Whoever else tries is told that it is busy, the same thread too: locks
 *       are not reentrant.
 *   <li><b>K2</b> A lock ends by itself when its lease is over, unless it was renewed.
 *   <li><b>K3</b> A release ends one's own lock and no other. Released again, or after it was lost, it changes nothing and
 *       says so.
 *   <li><b>K4</b> The fencing number of each grant of a name is above those of all grants before, whatever became of them
 *       and though the store lost its data.
 *   <li><b>K5</b> A take with the token that holds the lock is granted with the same number, for the lease from then on.
 *   <li><b>K6</b> A renewal lets one's own lock live that long from then on, and never shorter than it would have; one that
 *       was lost comes to life no more.
 *   <li><b>K7</b> {@code flush} and {@code clear} of the cache leave locks as they are.
 *   <li><b>K8</b> Who waits gets the lock within the wait limit, if it becomes free, and is told that it is busy at the
 *       limit.
 *   <li><b>K9</b> Of several at once all are got or none, in one order for all processes, so that no two wait for each
 *       other.
 *   <li><b>K10</b> {@code withLock} runs the action only with the lock, passes on what it returns or throws, and lets go in
 *       every case.
 *   <li><b>K11</b> Of a lock that was lost, {@code isHeld} is false and the callback is called, once.
 *   <li><b>K12</b> What was let go is renewed no more.
 *   <li><b>K13</b> A store that cannot be asked is told from a busy lock, within the wait limit and the time of one call;
 *       until then it may come back.
 *   <li><b>K14</b> A bad argument is an {@link java.lang.IllegalArgumentException}.
 *   <li><b>K15</b> An interrupt ends the waiting, is told from a busy lock and leaves the flag set; a lock is let go with
 *       the flag set too.
 * </ul>
 */
@NullMarked
package io.cacheport.lock;

import org.jspecify.annotations.NullMarked;
