/**
 * Sessions that end when they are not used: {@link io.cacheport.session.Sessions}, in the cache alone or with a {@link
 * io.cacheport.session.SessionStore} behind it. The rules, each with tests in {@code cache-testkit}:
 *
 * <ul>
 *   <li><b>U1</b> A session is found by its id, 128 random bits as text, and by nothing else.
 *   <li><b>U2</b> Each find begins the idle time anew; a session not found for so long is over.
 *   <li><b>U3</b> A session is over when its longest life has passed, however often it was found or rotated.
 *   <li><b>U4</b> After a session was ended or rotated its old id finds nothing, in any process, nor does a load that was under
 *       way bring it back. Of two who rotate it at once one succeeds.
 *   <li><b>U5</b> With a store, a session that the cache lost, or cannot be asked for, is found in the store. Without one it is
 *       over.
 *   <li><b>U6</b> A bad argument is an {@link java.lang.IllegalArgumentException}. An id is never that: any text may come from a
 *       client.
 *   <li><b>U7</b> Neither the cache nor the store is given an id, only its SHA-256; no log line, exception or text of an object
 *       here has either.
 * </ul>
 */
@NullMarked
package io.cacheport.session;

import org.jspecify.annotations.NullMarked;
