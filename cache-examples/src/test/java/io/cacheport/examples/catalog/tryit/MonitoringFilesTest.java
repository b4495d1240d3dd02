package io.cacheport.examples.catalog.tryit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.cacheport.inmemory.InMemoryCacheAdapter;
import io.cacheport.metrics.CacheServiceMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What the dashboard and the alert rules ask for is there in a scrape of the running example. */
class MonitoringFilesTest {

    private static final Path DASHBOARD = Path.of("monitoring/grafana-dashboard.json");
    private static final Path ALERTS = Path.of("monitoring/alerts.yml");
    private static final Pattern METER = Pattern.compile("\\bcache_[a-z][a-z_]*");
    private static final Pattern LABEL_VALUES = Pattern.compile("label_values\\((\\w+),\\s*(\\w+)\\)");

    private final Scrape scrape = scrape();

    @Test
    void theDashboardIsOfMetersThatThereAre() throws IOException {
        JsonNode dashboard = read(new JsonMapper(), DASHBOARD);
        List<String> expressions = dashboard.findValuesAsText("expr");
        assertThat(expressions).hasSizeGreaterThan(40);
        assertThat(unknown(expressions)).isEmpty();
        assertThat(dashboard.at("/templating/list/1/definition").asText())
                .matches(LABEL_VALUES)
                .isEqualTo("label_values(cache_gets_total, cache)");
        assertThat(dashboard.findValuesAsText("uid"))
                .as("no data source but that of the variable")
                .containsOnly("cacheport", "${datasource}");
        List<Integer> ids = new ArrayList<>();
        dashboard.get("panels").forEach(panel -> ids.add(panel.get("id").asInt()));
        assertThat(ids).doesNotHaveDuplicates();
    }

    @Test
    void theAlertsAreOfMetersThatThereAreAndSayWhatToDo() throws IOException {
        JsonNode rules = read(new YAMLMapper(), ALERTS).at("/groups/0/rules");
        assertThat(rules).hasSizeGreaterThanOrEqualTo(5);
        List<String> expressions = new ArrayList<>();
        Set<String> mentioned = new TreeSet<>();
        for (JsonNode rule : rules) {
            expressions.add(rule.get("expr").asText());
            assertThat(rule.at("/labels/severity").asText()).isIn("warning", "critical");
            for (String annotation : List.of("summary", "action")) {
                String text = rule.at("/annotations/" + annotation).asText();
                assertThat(text).as(rule + " " + annotation).hasSizeGreaterThan(20);
                METER.matcher(text).results().forEach(found -> mentioned.add(found.group()));
            }
        }
        assertThat(unknown(expressions)).isEmpty();
        assertThat(scrape.labels().keySet()).containsAll(mentioned);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            sum(rate(cache_made_up_total[5m]))                                     | cache_made_up_total
            rate(cache_gets_total{result="hit"}[5m]) / made:up                     | made:up
            histogram_quantile(0.99, sum by (le) (rate(cache_gets_bucket[5m])))    | cache_gets_bucket
            cache_gets_total{result="found"}                                       | cache_gets_total{result="found"}
            cache_gets_total{outcome=~"$x"}                                        | cache_gets_total{outcome=~"$x"}
            sum by (cache, outcome) (cache_gets_total)                             | by (outcome)
            1 - cache_size offset 5m and on (cache) absent(cache_seize)            | cache_seize
            """)
    void aNameThatIsNotThereIsFound(String expression, String unknown) {
        assertThat(PromQl.unknown(expression, scrape)).contains(unknown);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            sum by (cache) (rate(cache_gets_total{result="hit",cache=~"$c"}[$__rate_interval])) > 1e3
            cache_size > bool 0.8 * on (cache) group_left cache_near_size or vector(0)
            """)
    void whatIsThereIsNotTakenForUnknown(String expression) {
        assertThat(PromQl.unknown(expression, scrape)).isEmpty();
    }

    private Set<String> unknown(List<String> expressions) {
        Set<String> unknown = new TreeSet<>();
        expressions.forEach(expression -> unknown.addAll(PromQl.unknown(expression, scrape)));
        return unknown;
    }

    private static JsonNode read(ObjectMapper mapper, Path file) throws IOException {
        return mapper.readTree(file.toFile());
    }

    /** Of the example, and of a cache in memory for what only such a one can know: what it has evicted. */
    private static Scrape scrape() {
        PrometheusMeterRegistry memory = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
        try (InMemoryCacheAdapter cache = InMemoryCacheAdapter.create(100)) {
            CacheServiceMetrics.monitor(memory, cache, "memory");
            String both = RunningExample.visitor().get("/metrics").body() + memory.scrape();
            return Scrape.of(both);
        } finally {
            memory.close();
        }
    }
}
