package io.cacheport.examples.pantry;

/** Something that can be ordered. */
public record Item(long id, long categoryId, String organizationId, String name) {}
