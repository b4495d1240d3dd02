package io.cacheport.examples.catalog;

import java.lang.reflect.RecordComponent;

/**
 * How much to make up: bookings in all, everything else per tenant, retired packages and add-ons included.
 */
public record CatalogSize(
        int tenants, int segments, int venues, int packages, int addOns, int customers, int bookings) {

    /** Enough for queries to cost what they do in a small business: 2,000 active packages, 200,000 bookings. */
    public static final CatalogSize SMALL_BUSINESS = new CatalogSize(50, 5, 5, 80, 40, 400, 200_000);

    /** Replaces {@code ${tenants}} and so on. */
    String fillIn(String script) {
        String filled = script;
        for (RecordComponent field : CatalogSize.class.getRecordComponents()) {
            try {
                filled = filled.replace(
                        "${" + field.getName() + "}",
                        field.getAccessor().invoke(this).toString());
            } catch (ReflectiveOperationException e) {
                throw new IllegalStateException(e);
            }
        }
        return filled;
    }
}
