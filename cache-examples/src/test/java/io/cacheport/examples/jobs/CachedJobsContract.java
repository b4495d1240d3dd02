package io.cacheport.examples.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheport.CacheServicePort;
import io.cacheport.admin.CacheAdmin;
import io.cacheport.examples.jobs.Job.Kind;
import io.cacheport.examples.jobs.Job.Status;
import io.cacheport.examples.support.Database;
import io.cacheport.warm.WarmReport;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What the platform promises, over any adapter. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class CachedJobsContract {

    private final Database database = Database.start("jobs");
    private final JobRepository repository = new JobRepository(database);
    private final CacheServicePort cache = open();
    private final CacheAdmin admin = CacheAdmin.of(cache).build();
    private final CachedJobs service = new CachedJobs(repository, cache);

    /** A cache with nothing in it. */
    abstract CacheServicePort open();

    CachedJobs service() {
        return service;
    }

    CacheServicePort cache() {
        return cache;
    }

    /** How many queries it takes. */
    long queriesOf(Runnable reads) {
        long before = database.queries();
        reads.run();
        return database.queries() - before;
    }

    @AfterEach
    void clear() {
        cache.clear();
    }

    @AfterAll
    void close() {
        cache.close();
        database.close();
    }

    private void readAll() {
        service.user(7);
        service.job(6);
        service.jobsOfUser(7, 20);
        service.result(6);
    }

    @Test
    void asksTheDatabaseOnce() {
        assertThat(queriesOf(this::readAll)).isEqualTo(4);
        assertThat(queriesOf(this::readAll)).isZero();
        assertThat(service.user(7)).isEqualTo(repository.user(7));
        assertThat(service.job(6)).isEqualTo(repository.job(6));
        assertThat(service.jobsOfUser(7, 20))
                .isEqualTo(repository.jobsOfUser(7, 20))
                .hasSize(5);
        assertThat(service.result(6)).isEqualTo(repository.result(6));
    }

    @Test
    void eachTypeHasItsTtl() {
        readAll();
        expires("user:7", Duration.ofHours(1));
        expires("job:6", Duration.ofMinutes(5));
        expires("user-jobs:7:20", Duration.ofMinutes(5));
        expires("job-result:6", Duration.ofMinutes(10));
    }

    private void expires(String key, Duration ttl) {
        assertThat(cache.ttl(key).orElseThrow())
                .as(key)
                .isBetween(ttl.multipliedBy(8).dividedBy(10), ttl);
    }

    @Test
    void aRenamedUserIsSeenByTheNextRead() {
        service.user(8);
        service.rename(8, "Ada");
        assertThat(Objects.requireNonNull(service.user(8)).name()).isEqualTo("Ada");
    }

    @Test
    void aNewJobIsInEveryListOfItsUserAndNobodyElseLosesOne() {
        service.jobsOfUser(9, 20);
        service.jobsOfUser(9, 2);
        service.jobsOfUser(90, 20);
        Job job = service.submit(9, Kind.PHONE);
        assertThat(service.jobsOfUser(9, 20)).contains(job);
        assertThat(service.jobsOfUser(9, 2)).hasSize(2).contains(job);
        assertThat(queriesOf(() -> service.jobsOfUser(90, 20))).isZero();
    }

    @Test
    void progressAndEndOfAJobAreSeenByTheNextRead() {
        Job job = service.submit(10, Kind.NAME);
        service.job(job.id());
        service.jobsOfUser(10, 20);
        service.progress(job.id(), 40);
        Job running = new Job(job.id(), 10, Kind.NAME, Status.PROCESSING, 40);
        assertThat(service.job(job.id())).isEqualTo(running);
        assertThat(service.jobsOfUser(10, 20)).contains(running);
        assertThat(service.result(job.id())).isNull();
        JobResult result = new JobResult(job.id(), 3, 0, "a,b,c\n");
        service.complete(result);
        assertThat(Objects.requireNonNull(service.job(job.id())).status()).isEqualTo(Status.COMPLETED);
        assertThat(service.result(job.id())).isEqualTo(result);
        JobResult corrected = new JobResult(job.id(), 3, 1, "a,b,\n");
        service.correct(corrected);
        assertThat(service.result(job.id())).isEqualTo(corrected);
    }

    @Test
    void warmingCachesTheNewestUsersAndJobs() {
        assertThat(service.warm()).extracting(WarmReport::loaded).containsExactly(100L, 200L);
        long newestJob = repository.newestJobs(1).get(0);
        assertThat(queriesOf(() -> {
                    for (int i = 0; i < 100; i++) {
                        service.user(1_000 - i);
                        service.job(newestJob - i);
                        service.job(newestJob - 100 - i);
                    }
                }))
                .isZero();
        assertThat(queriesOf(() -> {
                    service.user(900);
                    service.job(newestJob - 200);
                }))
                .isEqualTo(2);
    }

    @Test
    void anAdministratorClearsByPatternAndAll() {
        readAll();
        service.jobsOfUser(70, 20);
        assertThat(admin.clear("user-jobs:7:*")).isEqualTo(1);
        assertThat(queriesOf(this::readAll)).isEqualTo(1);
        assertThat(admin.clear("user:*")).isEqualTo(1);
        assertThat(queriesOf(this::readAll)).isEqualTo(1);
        assertThat(admin.clear()).isPositive();
        assertThat(queriesOf(this::readAll)).isEqualTo(4);
    }

    @Test
    void anAdministratorSeesHitsAndMisses() {
        long hits = admin.statistics().hits();
        long misses = admin.statistics().misses();
        readAll();
        readAll();
        assertThat(admin.statistics().hits() - hits).isEqualTo(4);
        assertThat(admin.statistics().misses() - misses).isEqualTo(4);
        assertThat(admin.statistics().errors()).isZero();
    }
}
