package io.cacheport.examples.pantry;

/** A category was changed, and so the menu of its organisation. */
public record CategoryUpdated(long categoryId, String organizationId) {}
