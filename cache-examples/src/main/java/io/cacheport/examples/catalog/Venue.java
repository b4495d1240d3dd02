package io.cacheport.examples.catalog;

/** Where a package takes place. */
public record Venue(long id, String name, String city, int seats) {}
