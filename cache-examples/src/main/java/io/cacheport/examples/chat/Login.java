package io.cacheport.examples.chat;

/** What a session says: whose it is. */
public record Login(long userId) {}
