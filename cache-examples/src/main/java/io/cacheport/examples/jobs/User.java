package io.cacheport.examples.jobs;

/** Somebody who has lists cleaned. */
public record User(long id, String name, String organisation) {}
