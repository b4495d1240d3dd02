/**
 * What stands between callers and an ill store: a circuit breaker for each node, and a journal of the invalidations that
 * could not be made. The adapter that has a store to lose implements them; this package is how they are set and seen.
 *
 * <ul>
 *   <li><b>G1</b> A circuit opens when, within its window and after its least number of calls, too many failed or were too
 *       slow, or when for as long as two slow calls nothing but failures came, that number at least, however many did well
 *       before. While it is open its node is not asked, and every call answers at once as an ill cache does.
 *   <li><b>G2</b> Only what says that the node cannot serve counts as a failure: no connection, no answer in time, a refusal
 *       of the credentials. A value that cannot be read, a wrong type, a refused write and whatever a loader throws do not.
 *   <li><b>G3</b> An open circuit closes by itself: a probe of its own asks the node, replays the journal, and asks a few
 *       times more before callers are let through. No caller pays for finding out, and no traffic is needed.
 *   <li><b>G4</b> {@code del}, {@code flush} and {@code clear} that could not be made are kept and made later. Until then
 *       this process reads the entries they name as a miss; other processes may still read them.
 *   <li><b>G5</b> The journal is bounded. What is too much becomes one invalidation of everything this cache has, so nothing
 *       is lost to the bound. What is left at {@code close} is tried once more; what then cannot be made is lost, counted
 *       and logged. A process that ends without {@code close} loses its journal.
 * </ul>
 */
@NullMarked
package io.cacheport.guard;

import org.jspecify.annotations.NullMarked;
