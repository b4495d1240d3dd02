package io.cacheport.examples.catalog.tryit;

import io.cacheport.CacheServicePort;
import io.cacheport.examples.catalog.Catalog;
import io.cacheport.examples.catalog.CatalogHttp;
import java.io.IOException;
import java.util.concurrent.TimeUnit;

/** Whether a read over HTTP sees the update before it, with a cache that is connected and has the old value. */
final class UpdateCheck {

    private static final String LIST = "/tenant-001/packages";
    private static final String ONE = LIST + "/package-1";
    private static final long WAIT_NANOS = TimeUnit.SECONDS.toNanos(10);

    private UpdateCheck() {}

    static boolean passes(Catalog catalog, CacheServicePort cache) throws IOException, InterruptedException {
        long deadline = System.nanoTime() + WAIT_NANOS;
        while (!cache.isConnected()) {
            if (System.nanoTime() - deadline > 0) {
                return false;
            }
            TimeUnit.MILLISECONDS.sleep(50);
        }
        try (CatalogHttp http = CatalogHttp.start(catalog, cache, 0);
                HttpConnection connection = new HttpConnection(http.port())) {
            connection.exchange("GET", ONE, "");
            connection.exchange("GET", LIST, "");
            String title = "Seen at " + System.nanoTime();
            boolean updated = connection
                    .exchange("PUT", ONE, "{\"title\":\"" + title + "\",\"price\":1.00}")
                    .isSuccess();
            return updated
                    && connection.exchange("GET", ONE, "").text().contains(title)
                    && connection.exchange("GET", LIST, "").text().contains(title);
        }
    }
}
