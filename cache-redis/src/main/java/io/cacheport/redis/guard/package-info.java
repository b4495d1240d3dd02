/** The circuit breakers and the journal of the Redis adapter, which know nothing of connections. Not exported. */
@NullMarked
package io.cacheport.redis.guard;

import org.jspecify.annotations.NullMarked;
