/**
 * What one call cannot show: many callers in several JVMs at once, a Redis that is away, a million keys, what is stored, what
 * is sent. Real servers and real JVMs, each library in turn under the same settings.
 */
@NullMarked
package io.cacheport.benchmarks.process;

import org.jspecify.annotations.NullMarked;
