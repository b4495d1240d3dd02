package io.cacheport.examples.jobs;

import io.cacheport.examples.jobs.Job.Kind;
import java.time.Duration;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Visitors of the platform, in time that is moved. For one thread; the same seed makes the same visits.
 *
 * <ul>
 *   <li>900 visits an hour, at random times. Visitor k of 1,000 comes 1/k as often as the first, a Zipf distribution.
 *   <li>Every page shows the user's name. A visit begins with the list of the user's 20 newest jobs. One in fifty changes the
 *       name.
 *   <li>Half of the visits submit a job. It runs for 30 to 90 s and says every 6 s how far it is; its page asks every 2 s.
 *       Then its result is opened. The other visits open one of the jobs in the list, a newer one rather than an older one,
 *       and its result.
 *   <li>An open result is read every 3 s, 20 to 60 times: pages, filters, exports.
 * </ul>
 */
final class Traffic {

    private static final List<Kind> KINDS = List.of(Kind.values());
    private static final int USERS = 1_000;
    private static final double VISITS_PER_SECOND = 0.25;
    private static final long SECOND = 1_000_000_000;
    private static final Rate NONE = new Rate(0, 0);

    private final CachedJobs service;
    private final LongSupplier queries;
    private final AtomicLong clock;
    private final SplittableRandom random = new SplittableRandom(4);
    private final PriorityQueue<Step> steps =
            new PriorityQueue<>(Comparator.comparingLong(Step::at).thenComparingLong(Step::number));
    private final Map<DataType, Rate> rates = new EnumMap<>(DataType.class);
    private long planned;

    /** Something that happens at a time. */
    private record Step(long at, long number, Runnable action) {}

    /** Reads, and how many of them the database had nothing to do with. */
    record Rate(long reads, long hits) {
        double percent() {
            return 100.0 * hits / reads;
        }
    }

    /**
     * Visitors of a service.
     *
     * @param queries how many queries the database has had
     * @param clock of the cache below the service, in nanoseconds, which is moved
     */
    Traffic(CachedJobs service, LongSupplier queries, AtomicLong clock) {
        this.service = service;
        this.queries = queries;
        this.clock = clock;
    }

    /** Lets that much time pass. */
    void run(Duration time) {
        long end = clock.get() + time.toNanos();
        visits();
        for (Step next = steps.poll(); next != null && next.at() < end; next = steps.poll()) {
            clock.set(next.at());
            next.action().run();
        }
    }

    /** What was read so far. */
    Rate rate(DataType type) {
        return rates.getOrDefault(type, NONE);
    }

    private void visits() {
        in(-Math.log(1 - random.nextDouble()) / VISITS_PER_SECOND, () -> {
            visit();
            visits();
        });
    }

    private void visit() {
        long user = pick(USERS);
        showName(user);
        List<Job> jobs = read(DataType.USER_JOBS, () -> service.jobsOfUser(user, 20));
        if (random.nextInt(50) == 0) {
            service.rename(user, "User " + user + " at " + clock.get());
        }
        if (jobs.isEmpty() || random.nextBoolean()) {
            Job job = service.submit(user, KINDS.get(random.nextInt(KINDS.size())));
            showName(user);
            int seconds = random.nextInt(30, 91);
            work(job, 0, seconds);
            poll(job, seconds);
        } else {
            Job job = jobs.get((int) pick(jobs.size()) - 1);
            showName(user);
            read(DataType.JOB, () -> service.job(job.id()));
            open(job);
        }
    }

    /** The worker's side. */
    private void work(Job job, int done, int seconds) {
        in(Math.min(6, seconds - done), () -> {
            int now = done + 6;
            if (now >= seconds) {
                service.complete(new JobResult(job.id(), 1_000, 12, "+4930123456,valid\n".repeat(40)));
            } else {
                service.progress(job.id(), 100 * now / seconds);
                work(job, now, seconds);
            }
        });
    }

    /** The browser's side: half a second after the worker at best. */
    private void poll(Job job, int seconds) {
        double every = 2;
        for (double at = 0.5; at < seconds + every; at += every) {
            in(at, () -> read(DataType.JOB, () -> service.job(job.id())));
        }
        in(seconds + every, () -> {
            showName(job.userId());
            open(job);
        });
    }

    private void open(Job job) {
        int reads = random.nextInt(20, 61);
        for (int i = 0; i < reads; i++) {
            in(3 * i, () -> read(DataType.JOB_RESULT, () -> service.result(job.id())));
        }
    }

    private void showName(long user) {
        read(DataType.USER, () -> service.user(user));
    }

    /** From 1 to n, k with about 1/k of the probability of 1: the inverse of its distribution, log k / log n. */
    private long pick(int n) {
        return (long) Math.pow(n + 1, random.nextDouble());
    }

    private void in(double seconds, Runnable action) {
        steps.add(new Step(clock.get() + (long) (seconds * SECOND), planned++, action));
    }

    private <V extends @Nullable Object> V read(DataType type, Supplier<V> read) {
        long before = queries.getAsLong();
        V value = read.get();
        long hit = queries.getAsLong() == before ? 1 : 0;
        Rate rate = rate(type);
        rates.put(type, new Rate(rate.reads() + 1, rate.hits() + hit));
        return value;
    }
}
