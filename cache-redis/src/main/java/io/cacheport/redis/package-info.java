/** The Redis adapter: one server, TLS or a cluster, through Lettuce, with JSON values. */
@NullMarked
package io.cacheport.redis;

import org.jspecify.annotations.NullMarked;
