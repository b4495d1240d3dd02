package io.cacheport.examples.catalog.tryit;

import static io.cacheport.aside.CacheAside.withCache;

import io.cacheport.CacheServicePort;
import io.cacheport.examples.admin.AdminToken;
import io.cacheport.examples.catalog.CatalogSize;
import io.cacheport.examples.support.Story;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.stream.IntStream;

/** What a scrape of the served catalogue takes while visitors come, and that more keys do not make more series. */
public final class ScrapeCost {

    private static final int SCRAPES = 500;
    private static final int KEYS = 100_000;
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int REQUESTS_BEFORE = 5_000;

    private ScrapeCost() {}

    /** Exits with 1 if the number of series changed. */
    public static void main(String... arguments) throws IOException {
        Story.quiet();
        boolean same;
        try (LiveCatalog live = LiveCatalog.start(CatalogSize.SMALL_BUSINESS, 0, Map.of(), AdminToken.generate())) {
            System.out.printf("idle:      %s%n", measured(live.port()));
            live.visitors().start();
            Story.comesTrue(PATIENCE, () -> live.cache().getStats().totalRequests() > REQUESTS_BEFORE);
            System.out.printf("visitors:  %s%n", measured(live.port()));
            long before = series(live);
            readEachOnce(live.cache());
            long after = series(live);
            System.out.printf(Locale.ROOT, "series:    %d before, %d after %,d more keys%n", before, after, KEYS);
            System.out.printf("and then:  %s%n", measured(live.port()));
            same = before == after;
        }
        System.exit(same ? 0 : 1);
    }

    private static String measured(int port) throws IOException {
        Latencies latencies = new Latencies();
        String last = "";
        try (HttpConnection scraper = new HttpConnection(port)) {
            for (int i = 0; i < SCRAPES; i++) {
                long start = System.nanoTime();
                last = scraper.exchange("GET", "/metrics", "").text();
                latencies.add(System.nanoTime() - start);
            }
        }
        return String.format(
                Locale.ROOT,
                "%d scrapes, p50 %.2f ms, p99 %.2f ms, %,d bytes, %d series",
                SCRAPES,
                latencies.percentileMillis(0.50),
                latencies.percentileMillis(0.99),
                last.getBytes(StandardCharsets.UTF_8).length,
                series(last));
    }

    private static long series(LiveCatalog live) {
        return series(live.meters().scrape());
    }

    private static long series(String scrape) {
        return scrape.lines().filter(line -> !line.startsWith("#")).count();
    }

    private static void readEachOnce(CacheServicePort cache) {
        IntStream.range(0, KEYS).parallel().forEach(i -> {
            int unused = withCache(cache, "scrape:" + i, Duration.ofMinutes(1), Integer.class, () -> i);
        });
    }
}
