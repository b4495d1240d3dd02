package io.cacheport.examples.pantry;

/** An item was changed. */
public record ItemUpdated(long itemId, String organizationId) {}
