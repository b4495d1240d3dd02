/**
 * Schedules of a near cache: reads, changes, messages and cuts in every order, with the real near cache and the real cache in
 * memory as the store, on one thread and a clock that is moved. What lies between them, a connection that keeps the order
 * and can be cut, is played.
 */
@NullMarked
package io.cacheport.schedules;

import org.jspecify.annotations.NullMarked;
