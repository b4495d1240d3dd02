/** What compression makes of JSON, and what it costs. */
@NullMarked
package io.cacheport.benchmarks.compression;

import org.jspecify.annotations.NullMarked;
