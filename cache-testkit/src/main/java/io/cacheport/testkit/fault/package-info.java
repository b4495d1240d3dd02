/** Caches that misbehave on request, for tests of services and of the engine. */
@NullMarked
package io.cacheport.testkit.fault;

import org.jspecify.annotations.NullMarked;
