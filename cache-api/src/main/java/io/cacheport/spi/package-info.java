/**
 * What adapters and decorators are made from: argument rules, globs, counters, the failure log, the codec and how
 * adapters are found. Services do not need it, but for {@link io.cacheport.spi.Glob#escape}.
 */
@NullMarked
package io.cacheport.spi;

import org.jspecify.annotations.NullMarked;
