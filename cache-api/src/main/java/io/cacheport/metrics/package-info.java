/** Meters for Micrometer; the rest of CachePort works without it on the class path. */
@NullMarked
package io.cacheport.metrics;

import org.jspecify.annotations.NullMarked;
