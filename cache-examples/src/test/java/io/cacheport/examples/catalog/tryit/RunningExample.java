package io.cacheport.examples.catalog.tryit;

import io.cacheport.examples.admin.AdminToken;
import io.cacheport.examples.catalog.CatalogSize;
import io.cacheport.examples.support.Http;
import io.cacheport.examples.support.Story;
import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** The served example that all tests of a JVM share; they leave it healthy, with no visitors. */
final class RunningExample {

    static final AdminToken TOKEN = AdminToken.generate();
    static final String AUTHORIZATION = "Bearer " + TOKEN.reveal();
    static final Duration PATIENCE = Duration.ofSeconds(20);

    private static final CatalogSize SIZE = new CatalogSize(8, 2, 2, 20, 8, 50, 2_000);

    private RunningExample() {}

    static LiveCatalog get() {
        return Shared.LIVE;
    }

    /** Somebody who looks. */
    static Http visitor() {
        return new Http(get().port());
    }

    /** Somebody who may do more. */
    static Http operator() {
        return new Http(get().port(), AUTHORIZATION);
    }

    static String status() {
        return visitor().get("/live").json().at("/health/status").asText();
    }

    static void await(String what, BooleanSupplier condition) {
        if (!Story.comesTrue(PATIENCE, condition)) {
            throw new AssertionError(what + ": not within " + PATIENCE.toSeconds() + " s; "
                    + visitor().get("/live?after=" + Long.MAX_VALUE).body());
        }
    }

    private static final class Shared {

        static final LiveCatalog LIVE = LiveCatalog.start(SIZE, 0, Map.of(), TOKEN);

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(LIVE::close));
        }
    }
}
