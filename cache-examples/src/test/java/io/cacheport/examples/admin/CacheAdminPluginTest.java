package io.cacheport.examples.admin;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.cacheport.CacheServicePort;
import io.cacheport.TypeRef;
import io.cacheport.admin.CacheAdmin;
import io.cacheport.aside.CacheAside;
import io.cacheport.aside.CachePolicy;
import io.cacheport.examples.support.Http;
import io.cacheport.examples.support.Http.Answer;
import io.cacheport.examples.support.Story;
import io.cacheport.inmemory.InMemoryCacheAdapter;
import io.cacheport.warm.WarmReport;
import io.javalin.Javalin;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CacheAdminPluginTest {

    private record Route(String method, String path) {}

    private static final Duration TTL = Duration.ofMinutes(1);

    private final AdminToken token = AdminToken.generate();
    private final CacheServicePort cache = InMemoryCacheAdapter.create();
    private final AtomicInteger warmed = new AtomicInteger();
    private final CacheAdmin admin = CacheAdmin.of(cache)
            .warming("users", () -> {
                warmed.incrementAndGet();
                return new WarmReport(WarmReport.State.COMPLETE, 3, 2, 1, 0, 0, 0, Duration.ZERO);
            })
            .topKeys(5)
            .build();
    private final List<String> told = new ArrayList<>();
    private final List<Route> routes = new ArrayList<>();
    private final Javalin server = Javalin.create(config -> {
                config.showJavalinBanner = false;
                config.startupWatcherEnabled = false;
                config.registerPlugin(new CacheAdminPlugin(admin, new AdminGate(token), told::add));
                config.events(events -> events.handlerAdded(
                        route -> routes.add(new Route(route.getHttpMethod().name(), route.getPath()))));
            })
            .start("127.0.0.1", 0);
    private final Http operator = new Http(server.port(), "Bearer " + token.reveal());

    @AfterEach
    void close() {
        server.stop();
        admin.close();
        cache.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "Bearer", "Bearer wrong", "Basic wrong"})
    void everyRouteWantsTheToken(String authorization) {
        cache.set("kept", 1, TTL);
        Http stranger = new Http(server.port(), authorization.isEmpty() ? null : authorization);
        for (Route route : routes) {
            Answer refused = stranger.exchange(route.method(), route.path(), "{\"pattern\":\"*\"}");
            assertThat(refused.status()).as("%s", route).isEqualTo(401);
            assertThat(refused.header("WWW-Authenticate")).isEqualTo("Bearer");
            assertThat(refused.json().get("error").asText()).contains("token");
        }
        assertThat(cache.exists("kept")).isTrue();
        assertThat(warmed).hasValue(0);
        assertThat(told).isEmpty();
        assertThat(routes).hasSize(12).allMatch(route -> route.path().startsWith(CacheAdminPlugin.ROOT));
    }

    @Test
    void tellsStatisticsHealthAndTopKeys() {
        for (int i = 0; i < 100; i++) {
            CacheAside.withCache(cache, "a", TTL, Integer.class, () -> 1);
        }
        JsonNode stats = operator.get("/admin/cache/stats").json();
        assertThat(stats.get("hits").asLong()).isEqualTo(99);
        assertThat(stats.get("hitRate").asText()).isEqualTo("99.00%");
        assertThat(stats.at("/recent/0/seconds").asLong()).isEqualTo(60);
        assertThat(operator.get("/admin/cache/health").json().get("status").asText())
                .isEqualTo("healthy");
        JsonNode top = operator.get("/admin/cache/top?most=1").json();
        assertThat(top.at("/byTraffic/0/key").asText()).isEqualTo("a");
        assertThat(top.at("/byTraffic/0/requests").asLong()).isBetween(50L, 150L);
    }

    @Test
    void clearsAllOrWhatAPatternOrATagNames() {
        cache.set("user:1", 1, TTL);
        cache.set("user:2", 1, TTL);
        cache.set("job:1", 1, TTL);
        CachePolicy tagged = CachePolicy.ttl(TTL).tags("team-7");
        CacheAside.withCache(cache, "team:7", tagged, TypeRef.of(Integer.class), () -> 1);

        assertThat(post("flush", "{\"pattern\":\"user:*\"}").get("removed").asLong())
                .isEqualTo(2);
        assertThat(cache.exists("job:1")).isTrue();
        post("invalidate", "{\"tag\":\"team-7\"}");
        assertThat(CacheAside.<Integer, RuntimeException>withCache(
                        cache, "team:7", tagged, TypeRef.of(Integer.class), () -> 2))
                .isEqualTo(2);
        assertThat(post("clear", "").get("removed").asLong()).isPositive();
        assertThat(cache.exists("job:1")).isFalse();
        assertThat(told).contains("Flushed user:*: 2 entries", "Invalidated the values tagged team-7");
    }

    @Test
    void warmsByName() {
        Answer started = operator.exchange("POST", "/admin/cache/warm", "{\"warming\":\"users\"}");
        assertThat(started.status()).isEqualTo(202);
        assertThat(Story.comesTrue(
                        Duration.ofSeconds(5),
                        () -> !warming().at("/users/running").asBoolean()))
                .isTrue();
        JsonNode status = warming();
        assertThat(status.at("/users/loaded").asLong()).isEqualTo(2);
        assertThat(status.at("/users/found").asLong()).isEqualTo(1);
        assertThat(warmed).hasValue(1);
    }

    private JsonNode warming() {
        return operator.get("/admin/cache/warm").json();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            flush        | {}                      | 400 | the body must be a JSON object with the text "pattern"
            flush        | {"pattern":7}           | 400 | the body must be a JSON object with the text "pattern"
            flush        | nonsense                | 400 | the body must be a JSON object with the text "pattern"
            invalidate   | {"tag":" "}             | 400 | tag is blank
            warm         | {"warming":"nothing"}   | 400 | no warming is called "nothing"
            circuit/open | {}                      | 409 | has no circuits to steer
            """)
    void whatMakesNoSenseIsRefused(String route, String body, int status, String error) {
        Answer refused = operator.exchange("POST", "/admin/cache/" + route, body);
        assertThat(refused.status()).isEqualTo(status);
        assertThat(refused.json().get("error").asText()).contains(error);
        assertThat(told).isEmpty();
    }

    @Test
    void changesAreNotToBeHadWithAGet() {
        cache.set("kept", 1, TTL);
        assertThat(operator.get("/admin/cache/clear").status()).isEqualTo(404);
        assertThat(operator.get("/admin/cache/top?most=x").status()).isEqualTo(400);
        assertThat(cache.exists("kept")).isTrue();
    }

    private JsonNode post(String route, String body) {
        return operator.exchange("POST", "/admin/cache/" + route, body).json();
    }
}
