@NullMarked
package io.cacheport.benchmarks;

import org.jspecify.annotations.NullMarked;
