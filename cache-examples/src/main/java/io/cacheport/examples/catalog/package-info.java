/**
 * A multi-tenant booking catalogue with its database, cache and HTTP interface: what a service around CachePort looks
 * like. {@link io.cacheport.examples.catalog.CachedCatalog} is the only class that knows about caching.
 */
@NullMarked
package io.cacheport.examples.catalog;

import org.jspecify.annotations.NullMarked;
