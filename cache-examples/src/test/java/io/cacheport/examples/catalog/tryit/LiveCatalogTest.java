package io.cacheport.examples.catalog.tryit;

import static io.cacheport.examples.catalog.tryit.RunningExample.await;
import static io.cacheport.examples.catalog.tryit.RunningExample.operator;
import static io.cacheport.examples.catalog.tryit.RunningExample.status;
import static io.cacheport.examples.catalog.tryit.RunningExample.visitor;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cacheport.examples.support.Http.Answer;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LiveCatalogTest {

    private static final String TENANT = "/tenant-001/packages";

    private final LiveCatalog live = RunningExample.get();

    @Test
    void thePageIsServedAndBringsAllItNeeds() {
        Map<String, String> types =
                Map.of("/", "text/html", "/dashboard.js", "text/javascript", "/dashboard.css", "text/css");
        types.forEach((path, type) -> {
            Answer file = visitor().get(path);
            assertThat(file.status()).isEqualTo(200);
            assertThat(file.header("Content-Type")).startsWith(type);
            assertThat(file.header("Content-Security-Policy"))
                    .contains("default-src 'none'", "script-src 'self'", "frame-ancestors 'none'")
                    .doesNotContain("unsafe", "http");
            assertThat(file.header("X-Content-Type-Options")).isEqualTo("nosniff");
            assertThat(file.response().headers().map())
                    .as("no other origin is let in")
                    .doesNotContainKey("access-control-allow-origin");
            assertThat(file.body().replace("http://www.w3.org/2000/svg", ""))
                    .as("nothing from elsewhere, nothing inline")
                    .doesNotContainPattern("https?://")
                    .doesNotContainPattern("<script(?![^>]* src=\"/)")
                    .doesNotContainPattern("<[a-z][^>]* (style|on[a-z]+)=");
        });
    }

    @Test
    void whatThePageShowsGoesOnBySecond() {
        live.visitors().start();
        try {
            long first = lastSample(0).get("at").asLong();
            await(
                    "a second sample",
                    () -> visitor()
                                    .get("/live?after=" + first)
                                    .json()
                                    .get("samples")
                                    .size()
                            > 0);
            await(
                    "requests in a sample",
                    () -> lastSample(first).path("requestsPerSecond").asDouble() > 0);
            JsonNode now = visitor().get("/live").json();
            assertThat(now.at("/rates/hitRate").asDouble()).isBetween(0.0, 1.0);
            assertThat(now.at("/saved/reads").asLong()).isPositive();
            assertThat(now.at("/saved/share").asDouble()).isBetween(0.0, 1.0);
            assertThat(now.at("/latency/p99").asDouble())
                    .isGreaterThanOrEqualTo(now.at("/latency/p50").asDouble())
                    .isPositive();
            assertThat(now.at("/near/stalenessMillis").asDouble()).isBetween(0.0, 1_000.0);
            assertThat(now.at("/near/boundMillis").asLong()).isEqualTo(1_000);
            assertThat(now.at("/totals/failures").asLong()).isZero();
            assertThat(now.get("visitors").asBoolean()).isTrue();
        } finally {
            live.visitors().stop();
        }
    }

    private static JsonNode lastSample(long after) {
        JsonNode[] last = new JsonNode[1];
        await("a sample", () -> {
            JsonNode samples = visitor().get("/live?after=" + after).json().get("samples");
            last[0] = samples.get(samples.size() - 1);
            return last[0] != null;
        });
        return last[0];
    }

    @Test
    void theServiceAnswersWhileItsRedisIsDeadAndThePageSaysWhy() {
        live.visitors().start();
        try {
            assertThat(operator().post("/demo/redis/kill").json().get("done").asText())
                    .startsWith("Redis killed");
            await("degraded", () -> status().equals("degraded"));
            await("an open circuit", () -> happenings().contains("closed → open"));
            JsonNode dead = visitor().get("/live").json();
            assertThat(dead.at("/health/reason").asText()).isEqualTo("not_connected");
            assertThat(dead.at("/store/alive").asBoolean()).isFalse();
            assertThat(visitor().get(TENANT).json()).isNotEmpty();
            assertThat(visitor().get(TENANT + "/package-1").status()).isEqualTo(200);
        } finally {
            assertThat(live.visitors().errors()).isZero();
            live.visitors().stop();
            operator().post("/demo/redis/restart");
        }
        await("a closed circuit", () -> happenings().contains("half open → closed"));
        await("healthy again", () -> status().equals("healthy"));
        assertThat(happenings()).contains("Redis killed", "Redis started again");
    }

    private static String happenings() {
        return visitor().get("/live").json().get("happenings").toString();
    }

    @Test
    void flushRemovesAndWarmFills() {
        String key = "catalog:tenant-001:packages";
        warm();
        assertThat(live.cache().exists(key)).isTrue();
        live.cache().set("other:1", "x", Duration.ofMinutes(1));
        JsonNode some = operator()
                .exchange("POST", "/admin/cache/flush", "{\"pattern\":\"catalog:*\"}")
                .json();
        assertThat(some.get("removed").asLong()).isPositive();
        assertThat(live.cache().exists(key)).isFalse();
        assertThat(live.cache().exists("other:1")).isTrue();

        warm();
        assertThat(live.cache().exists(key)).isTrue();
        assertThat(operator().post("/admin/cache/clear").json().get("removed").asLong())
                .isPositive();
        assertThat(live.cache().exists("other:1")).isFalse();
    }

    private static void warm() {
        Answer started = operator().exchange("POST", "/admin/cache/warm", "{\"warming\":\"packages\"}");
        assertThat(started.status()).as(started.body()).isEqualTo(202);
        await(
                "the end of the warming",
                () -> !operator()
                        .get("/admin/cache/warm")
                        .json()
                        .at("/packages/running")
                        .asBoolean());
    }

    @Test
    void visitorsComeAndGo() {
        operator().post("/demo/visitors/start");
        assertThat(live.visitors().areThere()).isTrue();
        operator().post("/demo/visitors/stop");
        assertThat(live.visitors().areThere()).isFalse();
    }

    @Test
    void nothingIsDoneWithoutTheToken() {
        live.cache().set("kept", "x", Duration.ofMinutes(1));
        for (String path : List.of(
                "/demo/redis/kill",
                "/demo/redis/restart",
                "/demo/visitors/start",
                "/admin/cache/clear",
                "/admin/cache/circuit/open")) {
            Answer refused = visitor().post(path);
            assertThat(refused.status()).as(path).isEqualTo(401);
            assertThat(visitor()
                            .post(path + "?token=" + RunningExample.TOKEN.reveal())
                            .status())
                    .as("a token in an address is in logs")
                    .isEqualTo(401);
        }
        assertThat(live.cache().exists("kept")).isTrue();
        assertThat(live.visitors().areThere()).isFalse();
    }

    @Test
    void scrapesItsMeters() {
        visitor().get(TENANT);
        Answer scrape = visitor().get("/metrics");
        assertThat(scrape.header("Content-Type")).startsWith("text/plain; version=0.0.4");
        assertThat(scrape.body())
                .contains(
                        "cache_gets_total{cache=\"catalog\",result=\"hit\"}", "service_request_duration_seconds_count");
    }
}
