/**
 * How figures grow with what is stored: each series is measured in a JVM of its own, kept as a CSV file and drawn as an SVG
 * picture for {@code docs/growth.md}.
 */
@NullMarked
package io.cacheport.benchmarks.growth;

import org.jspecify.annotations.NullMarked;
