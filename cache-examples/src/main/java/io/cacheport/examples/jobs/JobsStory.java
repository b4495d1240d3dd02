package io.cacheport.examples.jobs;

import io.cacheport.CacheServicePort;
import io.cacheport.admin.CacheAdmin;
import io.cacheport.examples.jobs.Traffic.Rate;
import io.cacheport.examples.support.Database;
import io.cacheport.examples.support.Story;
import io.cacheport.guard.CircuitState;
import io.cacheport.inmemory.InMemoryCacheAdapter;
import io.cacheport.redis.RedisCacheAdapter;
import io.cacheport.testkit.server.RedisServer;
import io.cacheport.warm.WarmReport;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;

/** What the cache does for the platform, in a few lines, with PostgreSQL and Redis of its own. */
public final class JobsStory {

    private static final int READS = 1_000;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final PrintStream out;
    private final Database database;
    private final JobRepository repository;

    private JobsStory(PrintStream out, Database database) {
        this.out = out;
        this.database = database;
        this.repository = new JobRepository(database);
    }

    /** Exits with 0 if the story came to its end. */
    public static void main(String... arguments) {
        Story.quiet();
        tell(System.out);
        System.exit(0);
    }

    static void tell(PrintStream out) {
        try (Database database = Database.start("jobs");
                RedisServer server = RedisServer.start()) {
            JobsStory story = new JobsStory(out, database);
            story.traffic();
            try (RedisCacheAdapter redis = RedisCacheAdapter.connect(server.uri())) {
                CachedJobs service = new CachedJobs(story.repository, redis);
                story.warming(service);
                story.speed(service);
                story.administration(service, CacheAdmin.of(redis).build());
                story.outage(service, CacheAdmin.of(redis).build(), server);
            }
        }
    }

    /** In memory, where an hour takes seconds; a hit is a hit on Redis too. */
    private void traffic() {
        AtomicLong clock = new AtomicLong();
        try (CacheServicePort memory =
                InMemoryCacheAdapter.builder().nanoTime(clock::get).build()) {
            CachedJobs service = new CachedJobs(repository, memory);
            service.warm();
            Traffic traffic = new Traffic(service, database::queries, clock);
            traffic.run(Duration.ofHours(1));
            line("An hour of visits      reads    hits   expected");
            rate("users", traffic.rate(DataType.USER), "80-90 %");
            rate("jobs", traffic.rate(DataType.JOB), "60-70 %");
            rate("job results", traffic.rate(DataType.JOB_RESULT), "95 %");
            rate("users' job lists", traffic.rate(DataType.USER_JOBS), "-");
        }
    }

    private void rate(String what, Rate rate, String expected) {
        line("  %-18s %,8d %5.1f %%   %s", what, rate.reads(), rate.percent(), expected);
    }

    private void warming(CachedJobs service) {
        List<WarmReport> reports = service.warm();
        line(
                "Warmed Redis: %d users, %d jobs",
                reports.get(0).warm(), reports.get(1).warm());
    }

    private void speed(CachedJobs service) {
        line("Users from Redis:      %s (expected: under 1 ms, more than 1,000/s)", speed(service::user));
        line("  from PostgreSQL:     %s (idle, on this machine)", speed(repository::user));
    }

    private static String speed(LongConsumer read) {
        long[] nanos = new long[READS];
        for (int round = 0; round < 2; round++) { // the first is for the JVM to warm up
            for (int i = 0; i < READS; i++) {
                long start = System.nanoTime();
                read.accept(901 + i % 100);
                nanos[i] = System.nanoTime() - start;
            }
        }
        long all = Arrays.stream(nanos).sum();
        Arrays.sort(nanos);
        return String.format(
                Locale.ROOT, "p50 %.2f ms, %,.0f/s by one caller", nanos[READS / 2] / 1e6, READS * 1e9 / all);
    }

    private void administration(CachedJobs service, CacheAdmin admin) {
        service.rename(1_000, "Ada");
        User renamed = service.user(1_000);
        line("User 1000 was renamed, and the next read says %s", renamed == null ? "nothing" : renamed.name());
        line("Statistics: %s", admin.statistics());
        line("Cleared user:*: %d entries; and the rest: %d", admin.clear("user:*"), admin.clear());
    }

    private void outage(CachedJobs service, CacheAdmin admin, RedisServer server) {
        service.user(1);
        server.kill();
        long before = database.queries();
        long reads = 0;
        for (long end = System.nanoTime() + PATIENCE.toNanos();
                reads < READS || (isClosed(admin) && System.nanoTime() < end);
                reads++) {
            service.user(1);
        }
        line(
                "Redis killed: %d of %d reads answered by the database, circuit %s",
                database.queries() - before, reads, admin.circuits().values());
        long start = System.nanoTime();
        server.restart();
        boolean unused = Story.comesTrue(PATIENCE, () -> isClosed(admin)); // what is said shows it
        service.user(1);
        before = database.queries();
        service.user(1);
        line(
                "Redis restarted: circuit %s %d ms later, and the second read is a %s",
                admin.circuits().values(),
                (System.nanoTime() - start) / 1_000_000,
                database.queries() == before ? "hit" : "miss");
    }

    private static boolean isClosed(CacheAdmin admin) {
        return admin.circuits().values().stream().allMatch(CircuitState.CLOSED::equals);
    }

    private void line(String format, Object... values) {
        out.printf(Locale.ROOT, format + "%n", values);
    }
}
