/**
 * A near cache: copies of what is in a store, in this process's memory, in front of it. {@link io.cacheport.tiered.Tiered}
 * makes one, which is a {@link io.cacheport.CacheServicePort} like any other; the engine and the conformance kit run on it
 * unchanged.
 *
 * <p>What it promises, each with tests that fail without it:
 *
 * <ul>
 *   <li><b>N1</b> A copy is made only by who had the place for it, a near lease, before the store was asked. Whatever is heard
 *       of the key meanwhile, or done to it here, ends that lease.
 *   <li><b>N2</b> When {@code set}, {@code del}, {@code flush}, {@code clear} or the invalidation of a tag returns, this process
 *       reads nothing from before it.
 *   <li><b>N3</b> A copy is served only while it is proven: while everything that the store had said of its key by a moment
 *       no longer ago than the bound has been heard. {@link io.cacheport.tiered.Proof} is that moment. It needs no clock but
 *       this process's own; a process that was stopped, or that hears nothing, serves nothing near.
 *   <li><b>N4</b> What the lost connection proved is not served any more (unless {@link
 *       io.cacheport.tiered.TieredBuilder#serveWhileDown}, and then within the bound). Copies stay, and are confirmed one by
 *       one as they are asked for again, each by one read of the store.
 *   <li><b>N5</b> A copy lives no longer than what remains of the TTL in the store, counted from before the store was asked,
 *       nor longer than the near TTL. What is stale in the store is not copied.
 *   <li><b>N6</b> A value with tags is served near only while copies of its tags' stamps are there and the same.
 *   <li><b>N7</b> A copy is of one type: asked for as another, the store is.
 * </ul>
 *
 * <p>The idea of a place that is taken before the read, and lost by what is heard meanwhile, is that of the leases of
 * memcache at Facebook (Nishtala et al., NSDI 2013); Infinispan's near caches have reservations for it.
 */
@NullMarked
package io.cacheport.tiered;

import org.jspecify.annotations.NullMarked;
