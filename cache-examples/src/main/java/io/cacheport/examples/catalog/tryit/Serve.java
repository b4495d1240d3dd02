package io.cacheport.examples.catalog.tryit;

import io.cacheport.examples.admin.AdminToken;
import io.cacheport.examples.catalog.CatalogSize;
import io.cacheport.testkit.server.RedisServer;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Keeps the catalogue up until the process is told to end. */
final class Serve {

    private Serve() {}

    static int run(CatalogSize size) throws InterruptedException {
        int port;
        AdminToken token;
        try {
            port = port(System.getenv("PORT"));
            token = AdminToken.fromEnvironment(System.getenv());
        } catch (IllegalArgumentException e) {
            System.err.println(e.getMessage());
            return 2;
        }
        Signal signal = new Signal();
        Runtime.getRuntime().addShutdownHook(signal);
        System.out.println("Starting PostgreSQL and making up " + size.bookings() + " bookings ...");
        try (LiveCatalog live = LiveCatalog.start(size, port, System.getenv(), token)) {
            live.visitors().start();
            System.out.println(text(live, token));
            signal.told.await();
        } finally {
            signal.closed.countDown();
        }
        return 0;
    }

    static int port(@Nullable String text) {
        if (text == null || text.isBlank()) {
            return 8080;
        }
        int port = text.matches("\\d{1,5}") ? Integer.parseInt(text) : -1;
        if (port < 0 || port > 65_535) {
            throw new IllegalArgumentException("PORT is \"" + text + "\": it must be 0 to 65535");
        }
        return port;
    }

    private static String text(LiveCatalog live, AdminToken token) {
        RedisServer bundled = live.bundled();
        String root = "http://127.0.0.1:" + live.port();
        return """

                The catalogue is up%s, with a few visitors. The page that shows it:
                  %s/%s
                Or try
                  curl %s/tenant-001/packages
                  curl %s/tenant-001/packages/package-1
                  curl %s/tenant-001/availability/%s
                  curl -X PUT -d '{"title":"A new title","price":250.00}' %s/tenant-001/packages/package-1
                  curl %s/health
                  curl %s/health/cache
                  curl %s/metrics
                Ctrl-C ends it.
                """.formatted(
                        bundled == null ? "" : ", with its own Redis at " + bundled.uri(),
                        root,
                        token.isGenerated()
                                ? "#token=" + token.reveal()
                                : " (its buttons want the token of " + AdminToken.VARIABLE + ")",
                        root,
                        root,
                        root,
                        LocalDate.now(ZoneId.systemDefault()).plusDays(1),
                        root,
                        root,
                        root,
                        root);
    }

    /** Ends the waiting on a signal, and holds the process until everything is closed. */
    private static final class Signal extends Thread {

        private static final int MAX_CLOSING_SECONDS = 10;

        private final CountDownLatch told = new CountDownLatch(1);
        private final CountDownLatch closed = new CountDownLatch(1);

        @Override
        public void run() {
            told.countDown();
            try {
                closed.await(MAX_CLOSING_SECONDS, TimeUnit.SECONDS);
            } catch (InterruptedException e) {
                interrupt();
            }
        }
    }
}
