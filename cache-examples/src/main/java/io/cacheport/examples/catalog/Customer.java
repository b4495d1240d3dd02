package io.cacheport.examples.catalog;

import java.time.Instant;

/** Somebody who books with a tenant. */
public record Customer(long id, String tenant, String name, String email, Instant createdAt) {}
