/** The values that are stored, the same in every library. */
@NullMarked
package io.cacheport.benchmarks.value;

import org.jspecify.annotations.NullMarked;
