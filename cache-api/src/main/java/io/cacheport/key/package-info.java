/**
 * Keys that cannot be got wrong. A {@link io.cacheport.key.KeySpace} makes them of segments, each encoded, so that no tenant,
 * id or name can reach another's keys or widen a pattern; a {@link io.cacheport.key.ScopedCache} shows one tenant's part of a
 * cache, in which a key without the tenant cannot be written; {@link io.cacheport.key.DeclaredKeys} refuses every key of no
 * known space.
 *
 * <p>The spaces of a service are constants, in one place:
 *
 * <pre>{@code
 * final class ChatKeys {
 *     private static final KeySpace CHAT = KeySpace.of("chat").version(1);
 *     static final KeySpace PROFILE = CHAT.in("profile", "user"); // chat:v1:profile:user:{userId}
 *     static final KeySpace PRESENCE = CHAT.in("presence");       // chat:v1:presence:{userId}
 *     static final KeySpace TYPING = CHAT.in("typing");           // chat:v1:typing:{conversationId}:{userId}
 *     static final KeySpace UNREAD = CHAT.in("unread");           // chat:v1:unread:{userId}:{conversationId}
 *     static final KeySpace SESSION = CHAT.in("session");         // chat:v1:session:{sessionId}
 *     static final KeySpace RATE_LIMIT = CHAT.in("rate-limit");   // chat:v1:rate-limit:{userId}:{action}
 * }
 *
 * cache.set(ChatKeys.UNREAD.key(userId, conversationId), 3, ttl);
 * cache.flush(ChatKeys.UNREAD.pattern(userId));
 * }</pre>
 */
@NullMarked
package io.cacheport.key;

import org.jspecify.annotations.NullMarked;
