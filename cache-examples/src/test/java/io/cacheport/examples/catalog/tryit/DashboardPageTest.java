package io.cacheport.examples.catalog.tryit;

import static io.cacheport.examples.catalog.tryit.RunningExample.await;
import static io.cacheport.examples.catalog.tryit.RunningExample.visitor;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheport.examples.support.Story;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The page in a browser. With {@code -Ddashboard.screenshots=DIRECTORY}, from this module's directory, it lets its charts fill
 * for a while and leaves pictures of them there.
 */
@Tag("full")
class DashboardPageTest {

    private static final String SCREENSHOTS = System.getProperty("dashboard.screenshots", "");

    private final LiveCatalog live = RunningExample.get();
    private final String address = "http://127.0.0.1:" + live.port() + "/";
    private final Chromium browser = new Chromium();

    @BeforeAll
    static void needsABrowser() {
        Chromium.requireInstalled();
    }

    @BeforeEach
    void load() {
        live.visitors().start();
    }

    @AfterEach
    void close() {
        browser.close();
        live.visitors().stop();
    }

    @Test
    void showsALivingCacheAndADeadOne() throws Exception {
        browser.size(1_280, 1_150);
        openWithToken();
        assertThat(browser.address()).as("the token is not left in the address").doesNotContain("token");
        assertThat(browser.text("#service")).contains("Booking catalogue");
        chartsMove();
        picture("dashboard.png", 100);

        browser.find("#kill").click();
        await("degraded", () -> browser.text("#state").equals("Degraded"));
        await("a reason", () -> browser.text("#reason").startsWith("Redis does not answer."));
        assertThat(browser.text("#connection")).isEqualTo("killed");
        assertThat(browser.find("#kill").isEnabled()).isFalse();
        await("an open circuit", () -> browser.text("#circuit").equals("open"));
        assertThat(visitor().get("/tenant-001/packages").status()).isEqualTo(200);
        chartsMove();
        assertThat(live.visitors().errors()).as("requests failed").isZero();
        await("invalidations that wait", () -> !browser.text("#journal .figure").equals("0"));
        picture("dashboard-degraded.png", 120);

        browser.find("#restart").click();
        await("healthy", () -> browser.text("#state").equals("Healthy"));
        await("connected", () -> browser.text("#connection").equals("connected"));
        await("an empty journal", () -> browser.text("#journal .figure").equals("0"));
        assertThat(browser.text("#happenings")).contains("Redis killed", "Redis started again");
        assertThat(browser.consoleErrors()).isEmpty();
    }

    @Test
    void flushesAndWarms() {
        String key = "catalog:tenant-001:packages";
        live.visitors().stop();
        openWithToken();
        browser.find("#warm").click();
        await("warm", () -> browser.text("#message").startsWith("Warmed"));
        assertThat(live.cache().exists(key)).isTrue();

        browser.find("#pattern").clear();
        browser.find("#pattern").sendKeys("catalog:*");
        browser.find("#flush").click();
        await("flushed", () -> browser.text("#message").matches("Flushed \\d+ entries\\."));
        assertThat(live.cache().exists(key)).isFalse();

        browser.find("#open").click();
        await("forced open", () -> browser.text("#circuit").equals("forced open"));
        await("why", () -> browser.text("#reason").startsWith("Somebody has opened the circuit breaker."));
        browser.find("#release").click();
        await("healthy", () -> browser.text("#state").equals("Healthy"));
        browser.find("#visitors").click();
        await("visitors", () -> "true".equals(browser.find("#visitors").getDomAttribute("aria-pressed")));
        assertThat(browser.consoleErrors()).isEmpty();
    }

    @Test
    void aWrongTokenIsRefusedAndThePageSaysSo() {
        live.cache().set("kept", "x", Duration.ofMinutes(1));
        browser.open(address);
        await("the first figures", () -> browser.text("#state").equals("Healthy"));
        assertThat(browser.find("#flush").isEnabled()).isFalse();
        assertThat(browser.text("#hint")).contains("need the token");
        assertThat(browser.consoleErrors()).isEmpty();

        browser.find("#token").sendKeys("not-the-token-of-this-service");
        browser.find("#token-form button").click();
        browser.find("#flush").click();
        await("refused", () -> browser.text("#message").equals("Refused: the token is wrong. Nothing was done."));
        assertThat(browser.find("#flush").isEnabled()).isFalse();
        assertThat(live.cache().exists("kept")).isTrue();
        assertThat(browser.consoleErrors())
                .as("the browser tells of the refusal itself")
                .hasSize(1)
                .allMatch(error -> error.contains("401"));

        browser.find("#token").sendKeys(RunningExample.TOKEN.reveal());
        browser.find("#token-form button").click();
        assertThat(browser.find("#flush").isEnabled()).isTrue();
        browser.reload();
        await("unlocked after a reload", () -> browser.find("#flush").isEnabled());
        assertThat(browser.consoleErrors()).isEmpty();
    }

    @ParameterizedTest
    @CsvSource({"1280, light", "1280, dark", "400, light", "400, dark"})
    void fitsItsWindow(int width, String colors) {
        browser.size(width, 900);
        browser.prefer(colors);
        openWithToken();
        assertThat(number("document.documentElement.scrollWidth")).isLessThanOrEqualTo(width);
        assertThat(number("[...document.querySelectorAll('button, input')].filter(e => e.offsetParent)"
                        + ".filter(e => e.getBoundingClientRect().right > innerWidth || e.offsetHeight < 36).length"))
                .as("controls cut off, or too small to hit")
                .isZero();
        assertThat(number("[...document.querySelectorAll('.figure, #state, #reason, #connection')]"
                        + ".filter(e => e.scrollWidth > e.clientWidth + 1).length"))
                .as("figures cut off")
                .isZero();
        assertThat(number("[...document.querySelectorAll('button, input')]"
                        + ".filter(e => !(e.textContent.trim() || e.labels.length)).length"))
                .as("controls without a name")
                .isZero();
        assertThat((String) browser.evaluate("document.querySelector('#hit-rate svg').getAttribute('aria-label')"))
                .startsWith("Hit rate, last three minutes; now");
        assertThat(browser.consoleErrors()).isEmpty();
    }

    private long number(String script) {
        return ((Number) browser.evaluate(script)).longValue();
    }

    private void openWithToken() {
        browser.open(address + "#token=" + RunningExample.TOKEN.reveal());
        await("the first figures", () -> browser.text("#state").equals("Healthy"));
        await("buttons", () -> browser.find("#kill").isEnabled());
    }

    private void chartsMove() {
        for (String chart : List.of("#operations", "#hit-rate", "#latency")) {
            await("a line in " + chart, () -> !line(chart).isEmpty());
            String before = line(chart);
            await("another line in " + chart, () -> !line(chart).equals(before));
        }
    }

    /** Read in one go: the page draws it anew each second. */
    private String line(String chart) {
        return (String) browser.evaluate("document.querySelector('" + chart + " path.line')?.getAttribute('d') ?? ''");
    }

    /** Once the charts have so many seconds to show. */
    private void picture(String name, int seconds) throws IOException {
        if (!SCREENSHOTS.isEmpty()) {
            assertThat(Story.comesTrue(
                            Duration.ofMinutes(3), () -> line("#operations").split("L").length > seconds))
                    .isTrue();
            Files.write(Files.createDirectories(Path.of(SCREENSHOTS)).resolve(name), browser.screenshot());
        }
    }
}
