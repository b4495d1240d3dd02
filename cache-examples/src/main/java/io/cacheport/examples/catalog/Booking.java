package io.cacheport.examples.catalog;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * A customer's booking of a package for a day.
 *
 * @param confirmedAt null until it is confirmed
 */
public record Booking(
        long id,
        String tenant,
        long packageId,
        long customerId,
        LocalDate date,
        Status status,
        BigDecimal total,
        Instant createdAt,
        @Nullable Instant confirmedAt) {

    /** How far a booking has come. */
    public enum Status {
        PENDING,
        CONFIRMED,
        CANCELLED
    }
}
