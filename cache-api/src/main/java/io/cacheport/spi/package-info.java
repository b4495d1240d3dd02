/**
 * What adapters and decorators are made from: argument rules, counters, the failure log, the codec and how adapters are
 * found. Services do not need it.
 */
@NullMarked
package io.cacheport.spi;

import org.jspecify.annotations.NullMarked;
