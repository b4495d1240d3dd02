/** Drives the booking catalogue over HTTP, with and without a cache, and shows what the difference is. */
@NullMarked
package io.cacheport.examples.catalog.tryit;

import org.jspecify.annotations.NullMarked;
