package io.cacheport.examples.chat;

/** The profile of a user. */
public record User(long id, String name, String status) {}
