package io.cacheport.examples.catalog;

/** A package where only its name is shown. */
public record PackageName(long id, String slug, String title) {}
