package io.cacheport.examples.catalog;

/** A group of packages on a tenant's page. */
public record Segment(long id, String name, int sortOrder, boolean active) {}
