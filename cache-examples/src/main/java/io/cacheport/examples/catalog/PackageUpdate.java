package io.cacheport.examples.catalog;

import java.math.BigDecimal;

/** The part of a package that its owner may change. */
public record PackageUpdate(String title, BigDecimal price) {

    private static final int MAX_TITLE = 120;
    private static final BigDecimal MAX_PRICE = new BigDecimal("99999999.99");

    /**
     * Checks both.
     *
     * @throws IllegalArgumentException naming the value and the rule
     */
    public PackageUpdate {
        if (title == null || title.isBlank()) {
            throw new IllegalArgumentException("title is missing: give 1 to " + MAX_TITLE + " characters");
        }
        if (title.length() > MAX_TITLE) {
            throw new IllegalArgumentException(
                    "title has " + title.length() + " characters: at most " + MAX_TITLE + " are allowed");
        }
        if (price == null) {
            throw new IllegalArgumentException("price is missing: give a number such as 250.00");
        }
        if (price.signum() < 0 || price.compareTo(MAX_PRICE) > 0) {
            throw new IllegalArgumentException("price is " + price + ": 0 to " + MAX_PRICE + " are allowed");
        }
        if (price.scale() > 2) {
            throw new IllegalArgumentException("price is " + price + ": at most 2 decimals are allowed");
        }
    }
}
