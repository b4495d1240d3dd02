/**
 * A pantry ordering system. It shows three layers (this process's memory over Redis over PostgreSQL), the menu served stale
 * while it is loaded anew, invalidation by the events {@code item:updated} and {@code category:updated} in all processes, orders
 * written through with a version, item views written behind in batches, and a rate limit for each organisation and address.
 *
 * <p>{@link io.cacheport.examples.pantry.PantryService} is the whole use of the library.
 */
@NullMarked
package io.cacheport.examples.pantry;

import org.jspecify.annotations.NullMarked;
