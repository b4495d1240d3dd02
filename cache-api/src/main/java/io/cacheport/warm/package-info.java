/**
 * Warming: values are loaded before they are asked for.
 *
 * <ul>
 *   <li>{@link io.cacheport.warm.Warming} loads what is missing of given keys, at a pace, and reports.
 *   <li>{@link io.cacheport.warm.Warmer} does so on a schedule.
 *   <li>{@link io.cacheport.warm.PopularKeys} learns which keys are asked for most.
 *   <li>{@link io.cacheport.warm.PopularWarming} keeps them over a restart, and warms them then and when the cache has lost
 *       its data.
 * </ul>
 *
 * <p>It stands on {@link io.cacheport.aside.Cache#warm}, rule A25: nothing that is there is overwritten, nothing is stored
 * that was invalidated meanwhile, and the source is not asked for what could not be stored.
 */
@NullMarked
package io.cacheport.warm;

import org.jspecify.annotations.NullMarked;
