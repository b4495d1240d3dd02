package io.cacheport.examples.catalog;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A package as a visitor sees it.
 *
 * @param upcomingBookings booked from today on
 * @param nextFreeDate the first day with a place, null if the next 90 days have none
 */
public record CatalogPackage(
        long id,
        String slug,
        String title,
        String description,
        BigDecimal price,
        String segment,
        String venue,
        String city,
        long upcomingBookings,
        @Nullable LocalDate nextFreeDate,
        Instant updatedAt,
        List<AddOn> addOns) {}
