package io.cacheport.examples.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.cacheport.CacheServicePort;
import io.cacheport.inmemory.InMemoryCacheAdapter;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class CatalogHttpTest {

    private final LocalDate today = LocalDate.now(ZoneId.systemDefault());

    private final JsonMapper json = new JsonMapper();
    private final HttpClient client = HttpClient.newHttpClient();
    private final CacheServicePort cache = InMemoryCacheAdapter.create();
    private final CatalogHttp http = CatalogHttp.start(new CachedCatalog(new FakeCatalog(), cache), cache, 0);

    @AfterEach
    void close() {
        http.close();
        cache.close();
    }

    @Test
    void givesPackagesOnePackageAndAvailability() throws Exception {
        JsonNode list = get("/anna/packages", 200);
        assertThat(list).hasSize(2);
        JsonNode one = get("/anna/packages/loud", 200);
        assertThat(list.get(0)).isEqualTo(one);
        assertThat(one.get("slug").asText()).isEqualTo("loud");
        assertThat(one.get("price").decimalValue()).isEqualByComparingTo("250.00");
        assertThat(one.get("nextFreeDate").asText()).isEqualTo("2030-05-17");
        assertThat(one.get("updatedAt").asText()).isEqualTo("2026-01-02T03:04:05Z");
        assertThat(one.at("/addOns/0/title").asText()).isEqualTo("Flowers");
        JsonNode free = get("/anna/availability/" + today, 200);
        assertThat(free.get("date").asText()).isEqualTo(today.toString());
        assertThat(free.at("/places/0/free").asInt()).isEqualTo(1);
    }

    @Test
    void anUpdateIsSeenByTheNextRead() throws Exception {
        get("/anna-2/packages", 200);
        get("/anna-2/packages/quiet", 200);
        JsonNode updated = put("/anna-2/packages/quiet", "{\"title\":\"New\",\"price\":99.5}", 200);
        assertThat(updated.get("title").asText()).isEqualTo("New");
        assertThat(get("/anna-2/packages/quiet", 200)).isEqualTo(updated);
        assertThat(get("/anna-2/packages", 200)).contains(updated);
    }

    @Test
    void reportsHealthInTheShapeMonitoringExpects() throws Exception {
        JsonNode service = get("/health", 200);
        assertThat(service.fieldNames()).toIterable().containsExactly("status", "cache");
        assertThat(service.get("status").asText()).isEqualTo("healthy");
        assertThat(service.get("cache").fieldNames())
                .toIterable()
                .contains("connected", "hits", "misses", "keys", "totalRequests", "hitRate");

        JsonNode detail = get("/health/cache", 200);
        assertThat(detail.fieldNames())
                .toIterable()
                .contains("connected", "hits", "misses", "keys", "totalRequests", "hitRate", "efficiency");
        assertThat(detail.get("connected").asBoolean()).isTrue();
        assertThat(detail.get("efficiency").asText()).isEqualTo("optimal");
        assertThat(detail.get("hitRate").asText()).matches("\\d+\\.\\d\\d%");
    }

    @Test
    void anIllCacheMeansDegradedAndAWorkingService() throws Exception {
        CacheServicePort closed = InMemoryCacheAdapter.create();
        closed.close();
        try (CatalogHttp ill = CatalogHttp.start(new CachedCatalog(new FakeCatalog(), closed), closed, 0)) {
            assertThat(exchange(request(ill, "/anna/packages"), 200)).hasSize(2);
            assertThat(exchange(request(ill, "/health"), 200).get("status").asText())
                    .isEqualTo("degraded");
            assertThat(exchange(request(ill, "/health/cache"), 200)
                            .get("efficiency")
                            .asText())
                    .isEqualTo("degraded");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "/nobody/packages, no tenant \"nobody\"",
        "/nobody/availability/2026-11-21, no tenant \"nobody\"",
        "/anna/packages/none, no package \"none\"",
        "/ANNA/packages, no tenant \"ANNA\"",
        "/anna%3Apackage/packages, no tenant \"anna:package\"",
        "/%2A/packages, no tenant \"*\"",
        "/anna/packages/%2A, no package \"*\"",
    })
    void whatIsNotThereIsNotFound(String path, String message) throws Exception {
        String todays = path.replace("2026-11-21", today.toString());
        assertThat(get(todays, 404).get("error").asText()).contains(message);
        assertThat(cache.getStats().keys()).isZero();
    }

    @ParameterizedTest
    @CsvSource({
        "today, date is \"today\": it must be a day such as 2026-02-28",
        "2026-02-30, date is \"2026-02-30\": it must be a day",
        "9999-01-01, 'date is 9999-01-01: it must lie within 2 years of today'",
    })
    void aDateThatIsNoneIsRefused(String date, String message) throws Exception {
        assertThat(get("/anna/availability/" + date, 400).get("error").asText()).contains(message);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
                    {"price":1}                     | title is missing: give 1 to 120 characters
                    {"title":" ","price":1}         | title is missing
                    {"title":"x"}                   | price is missing: give a number such as 250.00
                    {"title":"x","price":-1}        | price is -1: 0 to 99999999.99 are allowed
                    {"title":"x","price":1e99}      | price is 1E+99: 0 to
                    {"title":"x","price":1.005}     | price is 1.005: at most 2 decimals are allowed
                    {"title":"x","price":"cheap"}   | price is "cheap": it must be a number
                    {"title":"x","price":1,"id":7}  | "id" is not a field of an update: it has title and price
                    {"title":                       | the body is not a JSON object with title and price
                    [1]                             | the body is not a JSON object with title and price
                    null                            | the body is null: it must be a JSON object
                    """)
    void anUpdateThatMakesNoSenseIsRefused(String body, String message) throws Exception {
        assertThat(put("/anna/packages/quiet", body, 400).get("error").asText()).contains(message);
    }

    @Test
    void aTitleMayBe120CharactersLong() throws Exception {
        put("/anna/packages/loud", "{\"title\":\"" + "x".repeat(120) + "\",\"price\":1}", 200);
        assertThat(put("/anna/packages/loud", "{\"title\":\"" + "x".repeat(121) + "\",\"price\":1}", 400)
                        .get("error")
                        .asText())
                .isEqualTo("title has 121 characters: at most 120 are allowed");
    }

    private JsonNode get(String path, int status) throws IOException, InterruptedException {
        return exchange(request(http, path), status);
    }

    private JsonNode put(String path, String body, int status) throws IOException, InterruptedException {
        return exchange(request(http, path).PUT(BodyPublishers.ofString(body)), status);
    }

    private static HttpRequest.Builder request(CatalogHttp at, String path) {
        return HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + at.port() + path));
    }

    private JsonNode exchange(HttpRequest.Builder request, int status) throws IOException, InterruptedException {
        var response = client.send(request.build(), BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(status);
        return json.readTree(response.body());
    }
}
