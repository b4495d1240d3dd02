package io.cacheport.examples.events;

/** People who buy together. */
public record GroupBuy(long id, long eventId, int members, int wanted) {}
