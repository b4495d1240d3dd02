package io.cacheport.examples.chat;

import java.time.Instant;

/** What a user wrote in a conversation. */
public record Message(long id, long conversationId, long senderId, String body, Instant sentAt) {}
