/**
 * A chat: profiles, presence, typing, messages for those who are away, unread counts, sessions, rate limits, and one thing that
 * is done under a lock. {@link io.cacheport.examples.chat.ChatStory} shows them in a dozen lines. PostgreSQL has what must not
 * be lost, so the chat goes on while Redis is away.
 */
@NullMarked
package io.cacheport.examples.chat;

import org.jspecify.annotations.NullMarked;
