package io.cacheport.examples.catalog;

import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is free on a day.
 *
 * @param closedBecause why nothing can be booked, null on an open day
 * @param places free places per package; all 0 on a closed day
 */
public record Availability(LocalDate date, @Nullable String closedBecause, List<Places> places) {

    /** The places a package has left. */
    public record Places(String slug, int free) {}
}
