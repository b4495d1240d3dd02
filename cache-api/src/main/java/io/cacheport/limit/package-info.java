/**
 * Limits of how often something may be done: {@link io.cacheport.limit.RateLimit}, on a counter of the cache. The rules,
 * each with tests in {@code cache-testkit}:
 *
 * <ul>
 *   <li><b>Q1</b> Of the attempts at one key in one window no more than the limit are allowed, whichever processes make them,
 *       and no fewer.
 *   <li><b>Q2</b> A window begins with the first attempt after the last one and ends when its period has passed in the
 *       store. No clock of a client has a say.
 *   <li><b>Q3</b> Who is allowed is told how many more would be; who is denied, how long the window still lasts.
 *   <li><b>Q4</b> Denied attempts neither make the window longer nor count in the next.
 *   <li><b>Q5</b> Where the counter cannot be asked, the answer says so. It allows, or denies if the limit is {@code
 *       failClosed()}.
 *   <li><b>Q6</b> A bad argument is an {@link java.lang.IllegalArgumentException} before anything is counted.
 * </ul>
 *
 * <p><b>Fixed windows.</b> Many may come at the end of a window and as many at the beginning of the next, so that in some
 * stretch as long as the period up to twice the limit is allowed. Where that is too much, allow a sixth of it in a sixth of
 * the time: then it is 7/6, as (n + 1)/n for any n. An estimate over two windows would need a clock that all agree on, or two
 * more round trips, and would deny some who are within the limit.
 */
@NullMarked
package io.cacheport.limit;

import org.jspecify.annotations.NullMarked;
