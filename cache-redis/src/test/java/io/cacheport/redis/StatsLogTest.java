package io.cacheport.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import io.cacheport.config.CacheSettings;
import io.cacheport.inmemory.InMemoryCacheAdapter;
import io.cacheport.stats.StatsLog;
import io.cacheport.testkit.server.RedisFixture;
import io.cacheport.tiered.Tiered;
import io.cacheport.tiered.TieredCache;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.Test;

class StatsLogTest {

    @Test
    void aLineHasWhatTheLastMinutesWere() {
        try (RedisTestLog log = RedisTestLog.open();
                TieredCache cache = Tiered.near(InMemoryCacheAdapter.create())
                        .far(RedisCacheAdapter.connect(RedisFixture.shared().uri()));
                StatsLog stats = StatsLog.every(Duration.ofHours(1), cache, "catalog")) {
            cache.set("statslog", 1, Duration.ofMinutes(1));
            cache.get("statslog", Integer.class);
            cache.get("statslog", Integer.class);
            cache.get("nothing-there", Integer.class);

            stats.write();

            assertThat(log.lines())
                    .anySatisfy(line -> assertThat(line)
                            .contains("INFO", "cache statistics", "catalog")
                            .contains("hitRate1m", "66.67%", "hitRate5m", "hitRate15m", "perSecond1m", "errorRate1m")
                            .contains("loads", "circuitsOpen", "pendingInvalidations"));
        }
    }

    @Test
    void linesComeByThemselvesUntilItIsClosed() {
        try (RedisTestLog log = RedisTestLog.open();
                InMemoryCacheAdapter cache = InMemoryCacheAdapter.create()) {
            StatsLog stats = StatsLog.every(Duration.ofSeconds(1), cache, "catalog");
            await().until(() -> log.lines().stream().anyMatch(line -> line.contains("cache statistics")));
            stats.close();
        }
    }

    @Test
    void settingsBeginItIfTheySayHowOften() {
        try (InMemoryCacheAdapter cache = InMemoryCacheAdapter.create()) {
            assertThat(CacheSettings.fromEnvironment(Map.of()).statsLog(cache, "catalog"))
                    .isEmpty();
            assertThat(CacheSettings.fromEnvironment(Map.of("CACHE_STATS_LOG_SECONDS", "60"))
                            .statsLog(cache, "catalog"))
                    .hasValueSatisfying(StatsLog::close);
        }
    }

    @Test
    void whatIsWrongIsSaid() {
        try (InMemoryCacheAdapter cache = InMemoryCacheAdapter.create()) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> StatsLog.every(Duration.ofMillis(1), cache, "catalog"))
                    .withMessageContaining("PT0.001S");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> StatsLog.every(Duration.ofMinutes(1), cache, " "))
                    .withMessageContaining("blank");
        }
    }
}
