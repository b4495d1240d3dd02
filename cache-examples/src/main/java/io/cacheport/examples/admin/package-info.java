/**
 * Administration of a cache over HTTP, ready to be put into a Javalin service: {@link io.cacheport.examples.admin.CacheAdminPlugin}
 * behind an {@link io.cacheport.examples.admin.AdminToken}.
 */
@NullMarked
package io.cacheport.examples.admin;

import org.jspecify.annotations.NullMarked;
