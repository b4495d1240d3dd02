package io.cacheport.examples.dashboard;

import io.cacheport.CacheStats;
import io.cacheport.RateWindow;
import io.cacheport.guard.GuardStats;
import io.cacheport.tiered.FeedState;
import io.cacheport.tiered.TieredCache;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks at a subject once a second and remembers three minutes. Thread-safe. */
public final class Sampler implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Sampler.class);
    private static final int REMEMBERED = 180;
    private static final int OF_LATE = 10;

    private final Subject subject;
    private final Controls controls;
    private final Happenings happenings;
    private final Deque<Reading> readings = new ArrayDeque<>();
    private final Deque<Sample> samples = new ArrayDeque<>();
    private final ScheduledExecutorService timer;
    private final ScheduledFuture<?> looking;
    private Reading last;
    private Condition condition;
    private long since = System.currentTimeMillis();

    private Sampler(Subject subject, Controls controls, Happenings happenings) {
        this.subject = subject;
        this.controls = controls;
        this.happenings = happenings;
        this.last = subject.read();
        this.condition = Condition.of(subject.cache());
        this.timer = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "dashboard");
            thread.setDaemon(true);
            return thread;
        });
        this.looking = timer.scheduleAtFixedRate(this::look, 1, 1, TimeUnit.SECONDS);
    }

    /** Begins to look. */
    public static Sampler start(Subject subject, Controls controls, Happenings happenings) {
        return new Sampler(subject, controls, happenings);
    }

    private void look() {
        try {
            add(subject.read(), Condition.of(subject.cache()));
        } catch (RuntimeException e) { // or it would be the last time
            log.warn("the dashboard has no sample of this second", e);
        }
    }

    private synchronized void add(Reading reading, Condition now) {
        long at = System.currentTimeMillis();
        if (!Objects.equals(now.reason(), condition.reason())) {
            since = at;
        }
        samples.addLast(reading.sampleSince(last, at, subject.times().latency(), now));
        if (samples.size() > REMEMBERED) {
            samples.removeFirst();
        }
        readings.addLast(last);
        if (readings.size() > OF_LATE) {
            readings.removeFirst();
        }
        last = reading;
        condition = now;
    }

    /** How things are, with the samples taken after this moment, in milliseconds since the epoch. */
    synchronized Live live(long after) {
        CacheStats stats = last.stats();
        Reading then = readings.isEmpty() ? last : readings.getFirst();
        Sample latest = samples.isEmpty() ? null : samples.getLast();
        return new Live(
                subject.service(),
                new Live.Health(condition.isDegraded() ? "degraded" : "healthy", condition.reason(), since),
                new Live.Store(
                        condition.connected(),
                        controls.isRedisAlive(),
                        controls.whyNotKillable(),
                        condition.circuits()),
                new Live.Rates(
                        last.hitRateSince(then),
                        last.operationsPerSecondSince(then),
                        latest == null ? 0 : latest.requestsPerSecond(),
                        hitRates(stats)),
                subject.times().latency(),
                saved(),
                journal(condition.guard()),
                near(condition.feed()),
                new Live.Totals(
                        last.requests(),
                        subject.times().failures(),
                        stats.hits(),
                        stats.misses(),
                        stats.errors(),
                        stats.keys(),
                        last.queries()),
                controls.hasVisitors(),
                happenings.latest(),
                samples.stream().filter(sample -> sample.at() > after).toList());
    }

    /** By minutes; a window that is not half full says no more than the one before it. */
    private static Map<String, Double> hitRates(CacheStats stats) {
        Map<String, Double> rates = new LinkedHashMap<>();
        for (RateWindow window : stats.recent()) {
            boolean full = window.covered().multipliedBy(2).compareTo(window.window()) > 0;
            if (window.requests() > 0 && (full || rates.isEmpty())) {
                rates.put(Long.toString(window.window().toMinutes()), window.hitRate());
            }
        }
        return rates;
    }

    private Live.Saved saved() {
        double share = last.reads() == 0 ? 0 : 1 - (double) last.asked() / last.reads();
        return new Live.Saved(last.reads(), last.asked(), share);
    }

    private static Live.Journal journal(@Nullable GuardStats guard) {
        return guard == null
                ? new Live.Journal(0, 0, 0, 0)
                : new Live.Journal(guard.pending(), guard.replayed(), guard.overflows(), guard.lost());
    }

    private Live.@Nullable Near near(@Nullable FeedState feed) {
        if (feed == null || !(subject.cache() instanceof TieredCache tiered)) {
            return null;
        }
        CacheStats near = tiered.nearStats();
        return new Live.Near(
                feed.coherence().tag(),
                condition.stalenessMillis(),
                tiered.stalenessBound().toMillis(),
                near.keys(),
                near.hitRate());
    }

    @Override
    public void close() {
        looking.cancel(false);
        timer.shutdownNow();
    }
}
