package io.cacheport.examples.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheport.CacheServicePort;
import io.cacheport.examples.jobs.Traffic.Rate;
import io.cacheport.examples.support.Database;
import io.cacheport.inmemory.InMemoryCacheAdapter;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class TrafficTest {

    @Test
    void hitRatesAreThoseOfTheReferencePlatformOrBetter() {
        AtomicLong clock = new AtomicLong();
        try (Database database = Database.start("jobs");
                CacheServicePort cache =
                        InMemoryCacheAdapter.builder().nanoTime(clock::get).build()) {
            CachedJobs service = new CachedJobs(new JobRepository(database), cache);
            service.warm();
            Traffic traffic = new Traffic(service, database::queries, clock);
            traffic.run(Duration.ofHours(1));
            assertThat(percent(traffic, DataType.USER)).isGreaterThanOrEqualTo(80);
            assertThat(percent(traffic, DataType.JOB)).isGreaterThanOrEqualTo(60);
            assertThat(percent(traffic, DataType.JOB_RESULT)).isGreaterThanOrEqualTo(95);
        }
    }

    private static double percent(Traffic traffic, DataType type) {
        Rate rate = traffic.rate(type);
        assertThat(rate.reads()).as("reads of " + type).isGreaterThan(500);
        return rate.percent();
    }
}
