package io.cacheport.examples.chat;

import io.cacheport.key.KeySpace;

/** Every key of the chat. */
final class ChatKeys {

    static final KeySpace CHAT = KeySpace.of("chat").version(1);

    /** {@code chat:v1:presence:{userId}}, a value that lives 30 s. */
    static final KeySpace PRESENCE = CHAT.in("presence");

    /** {@code chat:v1:typing:{conversationId}:{userId}}, a value that lives 5 s. */
    static final KeySpace TYPING = CHAT.in("typing");

    /** {@code chat:v1:queue:{userId}}, a list without an expiry. */
    static final KeySpace QUEUE = CHAT.in("queue");

    /** {@code chat:v1:unread:{userId}:{conversationId}}, a counter without an expiry. */
    static final KeySpace UNREAD = CHAT.in("unread");

    /** {@code chat:v1:rate-limit:{userId}:{action}}, a counter that lives 1 min. */
    static final KeySpace RATE_LIMIT = CHAT.in("rate-limit");

    private ChatKeys() {}
}
