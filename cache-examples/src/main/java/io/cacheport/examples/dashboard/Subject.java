package io.cacheport.examples.dashboard;

import io.cacheport.CacheServicePort;
import java.util.function.LongSupplier;

/**
 * What the page is about.
 *
 * @param service its name, the heading of the page
 * @param reads of the service that were answered so far
 * @param asked those of them that asked the database
 * @param queries of the database so far, whatever for
 */
public record Subject(
        String service,
        CacheServicePort cache,
        RequestTimes times,
        LongSupplier reads,
        LongSupplier asked,
        LongSupplier queries) {

    Reading read() {
        return new Reading(
                System.nanoTime(),
                cache.getStats(),
                times.requests(),
                reads.getAsLong(),
                asked.getAsLong(),
                queries.getAsLong());
    }
}
