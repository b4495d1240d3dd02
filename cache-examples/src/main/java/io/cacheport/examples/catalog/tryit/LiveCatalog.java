package io.cacheport.examples.catalog.tryit;

import io.cacheport.CacheServicePort;
import io.cacheport.CacheServices;
import io.cacheport.admin.CacheAdmin;
import io.cacheport.config.CacheSettings;
import io.cacheport.config.MetricsSettings;
import io.cacheport.config.WarmupSettings;
import io.cacheport.examples.admin.AdminGate;
import io.cacheport.examples.admin.AdminToken;
import io.cacheport.examples.admin.CacheAdminPlugin;
import io.cacheport.examples.catalog.CachedCatalog;
import io.cacheport.examples.catalog.CatalogDatabase;
import io.cacheport.examples.catalog.CatalogHttp;
import io.cacheport.examples.catalog.CatalogRepository;
import io.cacheport.examples.catalog.CatalogSize;
import io.cacheport.examples.catalog.QuerySavings;
import io.cacheport.examples.dashboard.DashboardPlugin;
import io.cacheport.examples.dashboard.Happenings;
import io.cacheport.examples.dashboard.RequestTimes;
import io.cacheport.examples.dashboard.Sampler;
import io.cacheport.examples.dashboard.Subject;
import io.cacheport.inmemory.InMemoryCacheAdapter;
import io.cacheport.lock.LockOptions;
import io.cacheport.lock.Locks;
import io.cacheport.metrics.CacheFeatureMetrics;
import io.cacheport.metrics.CacheServiceMetrics;
import io.cacheport.testkit.server.RedisServer;
import io.cacheport.tiered.FeedSource;
import io.cacheport.tiered.Tiered;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The catalogue with all that belongs around it: database, cache, meters, visitors, administration and the page. */
final class LiveCatalog implements AutoCloseable {

    private static final Set<String> CHOOSES_CACHE =
            Set.of("REDIS_URL", "REDIS_HOST", "REDIS_CLUSTER_ENABLED", "ADAPTERS_PRESET");
    private static final int NEAR_COPIES = 10_000;
    private static final int TOP_KEYS = 20;

    /** Of several processes one warms at a time; the others find it done. */
    private static final LockOptions WARM_LOCK = LockOptions.lease(Duration.ofSeconds(30));

    private final Closing opened;
    private final @Nullable RedisServer bundled;
    private final CacheServicePort cache;
    private final PrometheusMeterRegistry meters;
    private final SteadyVisitors visitors;
    private final CatalogHttp http;

    private LiveCatalog(Closing opened, CatalogSize size, int port, Map<String, String> environment, AdminToken token) {
        this.opened = opened;
        CatalogDatabase database = opened.add(CatalogDatabase.start(size));
        bundled = isCacheChosen(environment) ? null : opened.add(RedisServer.start());
        CacheSettings settings = CacheSettings.fromEnvironment(environment);
        cache = opened.add(cache(bundled, settings));
        settings.statsLog(cache, "catalog").ifPresent(opened::add);
        meters = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        opened.add(meters::close);
        if (settings.get(MetricsSettings.ENABLED)) {
            CacheServiceMetrics.monitor(meters, cache, "catalog");
        }
        CatalogRepository repository = new CatalogRepository(database);
        QuerySavings savings = new QuerySavings();
        CachedCatalog catalog = new CachedCatalog(savings.source(repository), cache);
        if (settings.get(WarmupSettings.ENABLED)) {
            catalog.warm();
        }

        visitors = opened.add(new SteadyVisitors(TryIt.visitors(repository)));
        Happenings happenings = new Happenings();
        happenings.listen(cache);
        RequestTimes times = new RequestTimes(meters);
        ServeControls controls = new ServeControls(bundled, visitors);
        Sampler sampler = opened.add(Sampler.start(
                new Subject("Booking catalogue", cache, times, savings::reads, savings::asked, database::queries),
                controls,
                happenings));
        Locks locks = CacheFeatureMetrics.monitor(meters, Locks.of(cache), "catalog");
        CacheAdmin admin = opened.add(CacheAdmin.of(cache)
                .warming("packages", () -> locks.withLock("warm:packages", WARM_LOCK, lock -> catalog.warm()))
                .topKeys(TOP_KEYS)
                .build());
        AdminGate gate = new AdminGate(token);
        http = opened.add(CatalogHttp.start(savings.served(catalog), cache, port, config -> {
            times.listen(config, CatalogHttp::isCatalogPath);
            config.registerPlugin(new CacheAdminPlugin(admin, gate, happenings::add));
            config.registerPlugin(new DashboardPlugin(sampler, controls, happenings, meters, gate));
        }));
        visitors.askAt(http.port());
    }

    /**
     * Starts everything but the visitors.
     *
     * @param environment may choose the cache, else there is a Redis of its own
     */
    static LiveCatalog start(CatalogSize size, int port, Map<String, String> environment, AdminToken token) {
        Closing opened = new Closing();
        try {
            return new LiveCatalog(opened, size, port, environment, token);
        } catch (RuntimeException e) {
            opened.close();
            throw e;
        }
    }

    private static boolean isCacheChosen(Map<String, String> environment) {
        return environment.keySet().stream().anyMatch(CHOOSES_CACHE::contains);
    }

    private static CacheServicePort cache(@Nullable RedisServer bundled, CacheSettings settings) {
        CacheServicePort store =
                bundled == null ? CacheServices.connect(settings) : CacheServices.connect(bundled.uri());
        return store instanceof FeedSource
                ? Tiered.near(InMemoryCacheAdapter.create(NEAR_COPIES)).far(store)
                : store; // in memory it is near already
    }

    int port() {
        return http.port();
    }

    /** Its own Redis; null if the environment chose another cache. */
    @Nullable
    RedisServer bundled() {
        return bundled;
    }

    CacheServicePort cache() {
        return cache;
    }

    PrometheusMeterRegistry meters() {
        return meters;
    }

    SteadyVisitors visitors() {
        return visitors;
    }

    @Override
    public void close() {
        opened.close();
    }
}
