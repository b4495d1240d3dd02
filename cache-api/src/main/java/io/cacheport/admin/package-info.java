/** What an operator may ask of a cache and do to it, as a plain object: {@link io.cacheport.admin.CacheAdmin}. */
@NullMarked
package io.cacheport.admin;

import org.jspecify.annotations.NullMarked;
