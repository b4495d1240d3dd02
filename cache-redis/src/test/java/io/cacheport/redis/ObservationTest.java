package io.cacheport.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

import io.cacheport.CacheServicePort;
import io.cacheport.aside.Cache;
import io.cacheport.aside.CachePolicy;
import io.cacheport.metrics.CacheServiceMetrics;
import io.cacheport.spi.ForwardingCacheService;
import io.cacheport.testkit.server.RedisFixture;
import io.cacheport.testkit.server.RedisServer;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationHandler;
import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ObservationTest {

    private final ObservationRegistry registry = ObservationRegistry.create();
    private final List<Span> spans = new CopyOnWriteArrayList<>();

    /** What a tracer would be told at the end of each. */
    private record Span(
            String name, String values, @Nullable String parent, boolean failed) {}

    @BeforeEach
    void collect() {
        registry.observationConfig().observationHandler(new ObservationHandler<>() {
            @Override
            public void onStop(Observation.Context context) {
                var parent = context.getParentObservation();
                spans.add(new Span(
                        String.valueOf(context.getContextualName()),
                        String.valueOf(context.getLowCardinalityKeyValues()),
                        parent == null ? null : parent.getContextView().getContextualName(),
                        context.getError() != null));
            }

            @Override
            public boolean supportsContext(Observation.Context context) {
                return true;
            }
        });
    }

    private static RedisCacheAdapter redis() {
        return RedisCacheAdapter.builder(RedisFixture.shared().uri())
                .keyPrefix("spans-" + UUID.randomUUID() + ":")
                .commandTimeout(Duration.ofSeconds(10))
                .build();
    }

    @Test
    void oneSpanForEachLoadAndEachCall() {
        try (RedisCacheAdapter cache = CacheServiceMetrics.observe(registry, redis(), "catalog")) {
            Cache<String, String> view = Cache.named("v", String.class).over(cache);
            Observation request =
                    Observation.createNotStarted("request", registry).contextualName("GET /v");

            request.observe(() -> {
                view.get("k", key -> {
                    Observation.createNotStarted("query", registry)
                            .contextualName("SELECT")
                            .observe(() -> {});
                    return "v";
                });
                view.get("k", key -> "another");
            });

            assertThat(spans)
                    .extracting(Span::name)
                    .containsExactly(
                            "catalog read",
                            "catalog lease",
                            "SELECT",
                            "catalog load",
                            "catalog write",
                            "catalog read",
                            "GET /v");
            assertThat(spans)
                    .extracting(Span::parent)
                    .containsExactly("GET /v", "GET /v", "catalog load", "GET /v", "GET /v", "GET /v", null);
            assertThat(spans.get(0).values())
                    .contains("catalog")
                    .contains("read")
                    .contains("ok");
            assertThat(spans).noneMatch(Span::failed);
            assertThat(registry.getCurrentObservation()).isNull();
        }
    }

    @Test
    void failuresAreOnTheSpan() throws Exception {
        try (RedisServer server = RedisServer.start();
                RedisCacheAdapter cache =
                        CacheServiceMetrics.observe(registry, RedisCacheAdapter.connect(server.uri()), "catalog")) {
            Cache<String, String> view = Cache.named("v", String.class).over(cache);
            server.pause();
            assertThatIllegalStateException()
                    .isThrownBy(() -> view.get("k", key -> {
                        throw new IllegalStateException();
                    }));

            assertThat(spans).extracting(Span::name).containsExactly("catalog read", "catalog load");
            assertThat(spans).allMatch(Span::failed);
            assertThat(spans.get(0).values()).contains("timeout");
            assertThat(spans.get(1).values()).contains("failed");
        }
    }

    /** A load that goes on in the background is part of what its caller did. */
    @Test
    void backgroundLoadsAreWithinTheirCaller() {
        try (RedisCacheAdapter cache = CacheServiceMetrics.observe(registry, redis(), "catalog")) {
            Cache<String, String> timed = Cache.named("v", String.class)
                    .policy(CachePolicy.ttl(Duration.ofMinutes(1)).hardTimeout(Duration.ofSeconds(10)))
                    .over(cache);
            AtomicReference<Thread> loader = new AtomicReference<>();

            Observation.createNotStarted("request", registry)
                    .contextualName("GET /v")
                    .observe(() -> timed.get("k", key -> {
                        loader.set(Thread.currentThread());
                        return "v";
                    }));

            assertThat(loader.get()).isNotNull().isNotSameAs(Thread.currentThread());
            await("its fill")
                    .until(() -> spans.stream().anyMatch(span -> span.name().equals("catalog write")));
            assertThat(spans)
                    .filteredOn(span -> span.name().startsWith("catalog"))
                    .extracting(Span::parent)
                    .containsOnly("GET /v");
        }
    }

    /** What a registry throws is its own affair. */
    @Test
    void aBrokenRegistryHurtsNobody() {
        ObservationRegistry broken = ObservationRegistry.create();
        broken.observationConfig().observationHandler(new ObservationHandler<>() {
            @Override
            public boolean supportsContext(Observation.Context context) {
                throw new IllegalStateException("broken");
            }
        });
        try (RedisCacheAdapter cache = CacheServiceMetrics.observe(broken, redis(), "catalog")) {
            Cache<String, String> view = Cache.named("v", String.class).over(cache);

            assertThat(view.get("k", key -> "v")).isEqualTo("v");
            assertThat(view.getIfPresent("k")).isEqualTo("v");
        }
    }

    @Test
    void aCacheThatTellsNobodyIsRefused() {
        CacheServicePort hiding = new ForwardingCacheService(redis()) {
            @Override
            public io.cacheport.spi.@Nullable CacheTelemetry telemetry() {
                return null;
            }

            @Override
            public CacheServicePort strict() {
                return this;
            }
        };
        try (hiding) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> CacheServiceMetrics.observe(registry, hiding, "catalog"))
                    .withMessageContaining("ObservedCache");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> CacheServiceMetrics.observe(registry, redis(), " "))
                    .withMessageContaining("blank");
        }
    }
}
