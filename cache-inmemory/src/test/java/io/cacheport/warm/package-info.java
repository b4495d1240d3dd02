/** Warming on the cache in memory, with time that is moved. */
@NullMarked
package io.cacheport.warm;

import org.jspecify.annotations.NullMarked;
