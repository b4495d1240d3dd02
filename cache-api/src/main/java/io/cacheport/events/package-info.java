/**
 * Invalidation rules: what is to be removed when something has happened, said once, and applied in all processes that have to
 * do with it. {@link io.cacheport.events.Invalidations} is the way in.
 *
 * <p>What happened is an event, an object of the application's own, which travels through a channel: a short log in the
 * cache's store that every process reads from where it stands. What an adapter gives is {@link io.cacheport.events.EventLog}.
 * The rules for both, each with tests in {@code cache-testkit}:
 *
 * <ul>
 *   <li><b>E1</b> When {@code publish} returns, what the rules name (keys, patterns, tags) is removed from this process' caches,
 *       or is a miss there until it can be.
 *   <li><b>E2</b> What is published reaches every process of the channel that had started: its own caches are rid of what the
 *       rules name, and its handlers are called; those of the publisher too.
 *   <li><b>E3</b> In the order in which the log has the events, which keeps that of each publisher. A process begins where the
 *       log ends when it starts.
 *   <li><b>E4</b> At least once: a process goes on in the log only when all rules and handlers of an event have run.
 *   <li><b>E5</b> What throws is tried again three times with growing pauses and then handed over; the other rules and
 *       handlers of the event, and the events after it, have nothing to do with it.
 *   <li><b>E6</b> {@code publish} never fails because the store does: the event waits in this process, in order, and is stored
 *       when the store is back. When too many wait, the newest is refused and said to be.
 *   <li><b>E7</b> A process that cannot have seen all events, because the log has lost some, knows it: its own caches are
 *       cleared, it is told, and goes on.
 *   <li><b>E8</b> Events that a process does not know are skipped and counted; those that it cannot read are handed over.
 *   <li><b>E9</b> Channels have nothing to do with each other, and neither {@code flush} nor {@code clear} reaches them.
 *   <li><b>E10</b> Handlers run on one thread that belongs to the channel's rules, which {@code close} ends.
 *   <li><b>E11</b> A bad argument is an {@link java.lang.IllegalArgumentException}.
 * </ul>
 *
 * <p><b>What can be lost.</b> Events that wait in a process ({@code PENDING}) die with it. A store that loses what it has
 * acknowledged, in a failover to a replica that lags, loses events with it, and only who had seen them notices. A process
 * that starts anew has seen nothing before its start, and holds nothing that could be old.
 */
@NullMarked
package io.cacheport.events;

import org.jspecify.annotations.NullMarked;
