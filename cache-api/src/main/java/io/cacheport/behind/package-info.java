/**
 * Write-behind: counters and last values that are written to the database in batches, and wait for it in the cache's store
 * rather than in this process, so that a process that is killed loses nothing.
 *
 * <p>{@link io.cacheport.behind.WriteBehind} makes them. What an adapter gives is {@link io.cacheport.behind.WriteBuffers}, by
 * these rules, each with tests in {@code cache-testkit}:
 *
 * <ul>
 *   <li><b>W1</b> What is added to a counter is summed, and of values the last stays, until they are taken.
 *   <li><b>W2</b> What is taken moves into a batch in the same step, and stays there, under one id, until it is said to be
 *       done. While there is a batch it is given to whoever takes, and no other is made: what a process that died had taken is
 *       written again, under the same id.
 *   <li><b>W3</b> What is said to be done leaves the batch, if it is still that one; the last that leaves ends it.
 *   <li><b>W4</b> What comes while a batch is under way waits for the next.
 *   <li><b>W5</b> More keys than the limit do not wait; those that wait already are still added to.
 *   <li><b>W6</b> What waits for a key can be seen, that of the batch included.
 *   <li><b>W7</b> Neither {@code flush} nor {@code clear} reaches what waits, and it does not expire. A store that evicts can
 *       lose it: see {@code docs/operations.md}.
 *   <li><b>W8</b> A batch can be parted: from then on its id says so, whoever takes it.
 * </ul>
 */
@NullMarked
package io.cacheport.behind;

import org.jspecify.annotations.NullMarked;
