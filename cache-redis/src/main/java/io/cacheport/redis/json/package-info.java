/** Values as plain JSON, which {@code redis-cli} and other languages read and write. */
@NullMarked
package io.cacheport.redis.json;

import org.jspecify.annotations.NullMarked;
