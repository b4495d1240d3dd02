/**
 * What misbehaves on request: {@link io.cacheport.testkit.fault.FaultyCacheService} is a cache that does, for tests of
 * services and of the engine; {@link io.cacheport.testkit.fault.FaultProxy} is a way to a Redis server that does, for
 * tests of what speaks to one.
 */
@NullMarked
package io.cacheport.testkit.fault;

import org.jspecify.annotations.NullMarked;
