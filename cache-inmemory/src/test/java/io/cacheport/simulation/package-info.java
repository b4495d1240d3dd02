/**
 * A deterministic simulation: several processes, each the real engine, in front of one real store, with a database behind.
 * One thread runs at a time and the seed says which; time is the simulation's own; commands are lost, late or answered into
 * the void, processes stand still or die, the store forgets. What the rules promise is checked at every answer.
 *
 * <p>A seed that fails says so with its schedule; {@code -Dcacheport.simulation.seed=4711} runs that one alone and {@code
 * -Dcacheport.simulation.seeds=1000000} more of them, from {@code -Dcacheport.simulation.first} on.
 *
 * <ul>
 *   <li>{@link io.cacheport.simulation.Scheduler} owns threads and time, {@link io.cacheport.simulation.Plan} is what a seed
 *       decides in advance, {@link io.cacheport.simulation.World} is one run.
 *   <li>{@link io.cacheport.simulation.Node} is one process's cache, whose commands go through a {@link
 *       io.cacheport.simulation.Wire}; {@link io.cacheport.simulation.Client} is a thread of it.
 *   <li>{@link io.cacheport.simulation.Manner} is how the calls of one run cache and its clients write: stale values, tags,
 *       versions, writes in two phases.
 *   <li>{@link io.cacheport.simulation.History} has the database and says what a reader may be given; {@link
 *       io.cacheport.simulation.Refreshing} and {@link io.cacheport.simulation.Writes} what else has to hold.
 *   <li>{@link io.cacheport.simulation.Mutant} is a line of the engine or the store changed for the worse; the simulation
 *       has to find each of {@link io.cacheport.simulation.Mutants}.
 * </ul>
 *
 * <p>What holds, precisely, of what is newer than a removal:
 *
 * <ul>
 *   <li>Who calls after a tag was invalidated, both removals of it done, is given no value that was loaded with this tag by
 *       a load that read before. Of a tag that only its loader says, that counts from the first of the two removals. A tag's
 *       entry that was evicted counts as invalidated.
 *   <li>Who calls after a version was put, or refused for a newer one, is given no older one; until an older one is put where
 *       nothing is left of the newer.
 *   <li>Who calls after a write's end is given nothing that was read before; nor, if its process died in between, after its
 *       time, provided that it was committed within that time, and that nothing else removed or set the key in it: a plain
 *       removal lets others store again, before the commit.
 *   <li>What is stale is given only within the limits of the policy, and past what is revalidated only if a load has failed.
 * </ul>
 *
 * <p>What it cannot see: two threads between two steps, because only one runs, and what the memory model allows; a limit of
 * loads, which waits by itself; and Redis, whose leases the kit holds to the same rules as the store's here.
 */
@NullMarked
package io.cacheport.simulation;

import org.jspecify.annotations.NullMarked;
