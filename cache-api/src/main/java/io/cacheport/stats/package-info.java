/** The statistics of a cache in the log, on a schedule. */
@NullMarked
package io.cacheport.stats;

import org.jspecify.annotations.NullMarked;
