/**
 * CachePort against what it is compared with, in the same JVM, the candidates in turn. Two figures are comparable only if
 * they are of one run; what is reported is therefore the ratio to a named reference, and the reference against itself.
 */
@NullMarked
package io.cacheport.benchmarks;

import org.jspecify.annotations.NullMarked;
