package io.cacheport.examples.catalog;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.cacheport.CacheServicePort;
import io.cacheport.health.CacheHealth;
import io.javalin.Javalin;
import io.javalin.config.JavalinConfig;
import io.javalin.http.Context;
import io.javalin.json.JavalinJackson;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The catalogue over HTTP, on this machine only. */
public final class CatalogHttp implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(CatalogHttp.class);

    private final Catalog catalog;
    private final CacheServicePort cache;
    private final Clock clock;
    private final RequestReader requests;
    private final Javalin server;

    private CatalogHttp(Catalog catalog, CacheServicePort cache, Clock clock, Consumer<JavalinConfig> beside) {
        this.catalog = catalog;
        this.cache = cache;
        this.clock = clock;
        ObjectMapper json = JsonMapper.builder()
                .addModule(new JavaTimeModule())
                .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
                .build();
        this.requests = new RequestReader(json);
        this.server = Javalin.create(config -> {
            config.showJavalinBanner = false;
            config.startupWatcherEnabled = false;
            config.jsonMapper(new JavalinJackson(json, false));
            beside.accept(config);
        });
    }

    /**
     * Serves a catalogue.
     *
     * @param cache reported by the health endpoints
     * @param port 0 for any free one
     */
    public static CatalogHttp start(Catalog catalog, CacheServicePort cache, int port) {
        return start(catalog, cache, port, config -> {});
    }

    /**
     * Serves a catalogue.
     *
     * @param beside what the server is to have besides, such as plugins
     */
    public static CatalogHttp start(Catalog catalog, CacheServicePort cache, int port, Consumer<JavalinConfig> beside) {
        CatalogHttp http = new CatalogHttp(catalog, cache, Clock.system(ZoneId.systemDefault()), beside);
        http.route();
        http.server.start("127.0.0.1", port);
        return http;
    }

    /** {@code GET /health}. The service works without its cache, so an ill cache is no more than degraded. */
    private record Health(String status, CacheHealth cache) {

        static Health of(CacheServicePort cache) {
            CacheHealth health = CacheHealth.of(cache);
            return new Health(health.status(), health);
        }
    }

    /** Whether a path, as it was declared, is one of the catalogue. */
    public static boolean isCatalogPath(String path) {
        return path.startsWith("/{tenant}/");
    }

    private void route() {
        server.get("/health", ctx -> ctx.json(Health.of(cache)));
        server.get("/health/cache", ctx -> ctx.json(CacheHealth.of(cache)));
        server.get("/{tenant}/packages", ctx -> ctx.json(catalog.packages(requests.tenant(ctx))));
        server.get("/{tenant}/packages/{slug}", this::getPackage);
        server.put("/{tenant}/packages/{slug}", this::putPackage);
        server.get("/{tenant}/availability/{date}", this::getAvailability);
        server.exception(NotFoundException.class, (e, ctx) -> refuse(ctx, 404, e));
        server.exception(InvalidRequestException.class, (e, ctx) -> refuse(ctx, 400, e));
        server.exception(Exception.class, (e, ctx) -> {
            log.error("{} {} failed", ctx.method(), ctx.path(), e);
            ctx.status(500).json(Map.of("error", "the service failed; its log says why"));
        });
    }

    private void getPackage(Context ctx) {
        String tenant = requests.tenant(ctx);
        ctx.json(catalog.packageBySlug(tenant, requests.slug(ctx, tenant)));
    }

    private void putPackage(Context ctx) {
        String tenant = requests.tenant(ctx);
        ctx.json(catalog.update(tenant, requests.slug(ctx, tenant), requests.update(ctx)));
    }

    private void getAvailability(Context ctx) {
        ctx.json(catalog.availability(requests.tenant(ctx), requests.date(ctx, LocalDate.now(clock))));
    }

    private static void refuse(Context ctx, int status, RuntimeException e) {
        ctx.status(status).json(Map.of("error", String.valueOf(e.getMessage())));
    }

    /** Where it listens. */
    public int port() {
        return server.port();
    }

    @Override
    public void close() {
        server.stop();
    }
}
