package io.cacheport.examples.catalog.tryit;

import io.cacheport.CacheServicePort;
import io.cacheport.examples.catalog.Catalog;
import io.cacheport.examples.catalog.CatalogHttp;
import io.cacheport.examples.catalog.tryit.Visitors.Request;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * What a hit takes against the database: one visitor, no updates, everything asked for once before it counts, and the two
 * services asked in turn, so that whatever else the machine does hits both alike.
 */
final class HitComparison {

    private static final long SEED = 7;
    private static final int REQUESTS = 600;
    private static final List<Endpoint> READS = List.of(Endpoint.PACKAGES, Endpoint.PACKAGE, Endpoint.AVAILABILITY);

    private final Visitors visitors;
    private final Catalog plain;

    HitComparison(Visitors visitors, Catalog plain) {
        this.visitors = visitors;
        this.plain = plain;
    }

    /** One line per endpoint. */
    String with(String name, Catalog cached, CacheServicePort cache) throws IOException {
        List<Request> requests = reads();
        Map<Endpoint, Latencies> database = latencies();
        Map<Endpoint, Latencies> hits = latencies();
        try (CatalogHttp plainHttp = CatalogHttp.start(plain, cache, 0);
                CatalogHttp cachedHttp = CatalogHttp.start(cached, cache, 0);
                HttpConnection toPlain = new HttpConnection(plainHttp.port());
                HttpConnection toCached = new HttpConnection(cachedHttp.port())) {
            for (Request request : requests) {
                nanos(toPlain, request);
                nanos(toCached, request);
            }
            for (Request request : requests) {
                database.getOrDefault(request.endpoint(), new Latencies()).add(nanos(toPlain, request));
                hits.getOrDefault(request.endpoint(), new Latencies()).add(nanos(toCached, request));
            }
        }
        StringBuilder text = new StringBuilder();
        for (Endpoint endpoint : READS) {
            double slow = database.getOrDefault(endpoint, new Latencies()).percentileMillis(0.50);
            double fast = hits.getOrDefault(endpoint, new Latencies()).percentileMillis(0.50);
            text.append(String.format(
                    Locale.ROOT, "%-14s %-16s %17.2f %9.2f %8.1fx%n", name, endpoint.label(), slow, fast, slow / fast));
        }
        return text.toString();
    }

    /** The heading of the lines. */
    static String heading() {
        return String.format(
                "%n%-14s %-16s %17s %9s %9s%n", "one visitor", "endpoint", "database p50 ms", "hit p50", "ratio");
    }

    private List<Request> reads() {
        SplittableRandom random = new SplittableRandom(SEED);
        return Stream.generate(() -> visitors.next(random))
                .filter(request -> READS.contains(request.endpoint()))
                .limit(REQUESTS)
                .toList();
    }

    private static Map<Endpoint, Latencies> latencies() {
        Map<Endpoint, Latencies> latencies = new EnumMap<>(Endpoint.class);
        READS.forEach(endpoint -> latencies.put(endpoint, new Latencies()));
        return latencies;
    }

    private static long nanos(HttpConnection connection, Request request) throws IOException {
        long start = System.nanoTime();
        boolean ok = connection
                .exchange(request.method(), request.path(), request.body())
                .isSuccess();
        if (!ok) {
            throw new IOException(request.path() + " failed");
        }
        return System.nanoTime() - start;
    }
}
