package io.cacheport.examples.catalog;

import java.math.BigDecimal;

/** Something to book along with the packages of a segment. */
public record AddOn(long id, String title, BigDecimal price) {}
