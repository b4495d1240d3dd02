/**
 * The connections over which Redis, or the other caches, tell of changes: made, proven and made anew. Knows nothing of
 * values. Not exported.
 */
@NullMarked
package io.cacheport.redis.feed;

import org.jspecify.annotations.NullMarked;
