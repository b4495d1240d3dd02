/**
 * A page that shows what a cache does while it does it, and lets one see what happens when its Redis dies. A plugin of
 * Javalin, plain files, no build step; what it shows is a sample a second, which costs the cache three round trips however many
 * look at it.
 */
@NullMarked
package io.cacheport.examples.dashboard;

import org.jspecify.annotations.NullMarked;
