/** What is compared: each library in its own best documented idiom, all with the same settings, values and keys. */
@NullMarked
package io.cacheport.benchmarks.peer;

import org.jspecify.annotations.NullMarked;
