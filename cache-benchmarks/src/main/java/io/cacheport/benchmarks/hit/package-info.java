/** What one call costs, of every library, measured by JMH. */
@NullMarked
package io.cacheport.benchmarks.hit;

import org.jspecify.annotations.NullMarked;
