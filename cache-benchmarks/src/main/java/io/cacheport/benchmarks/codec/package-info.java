/** Codecs by themselves, without a store. */
@NullMarked
package io.cacheport.benchmarks.codec;

import org.jspecify.annotations.NullMarked;
