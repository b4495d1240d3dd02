/** What the engine did over a cache, and the log of both. */
@NullMarked
package io.cacheport.stats;

import org.jspecify.annotations.NullMarked;
