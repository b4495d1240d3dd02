/**
 * Whether a cache does its work, and if not why: {@link io.cacheport.health.CacheHealth} for health endpoints, {@link
 * io.cacheport.health.HealthCheck} where more is asked of it.
 */
@NullMarked
package io.cacheport.health;

import org.jspecify.annotations.NullMarked;
