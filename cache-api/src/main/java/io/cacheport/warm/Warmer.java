package io.cacheport.warm;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a warming again and again on a daemon thread of its own, never two at a time. A run that throws is logged, and the
 * next comes as if nothing had been.
 *
 * <pre>{@code
 * Warmer hourly = Warmer.every(Duration.ofHours(1),
 *         () -> Warming.of(events).keys(repository.popularIds(), repository::findAll))
 *     .named("popular events").start();
 * }</pre>
 *
 * <p>Each process runs its own. Those that run at once share the loads, by the leases of the keys, and each pause is shortened
 * by a random part, so that processes that were started at once do not stay together. What is there is not loaded again: a
 * value outlives the pause only if its TTL does, or if its policy refreshes it early.
 *
 * <p>Thread-safe.
 *
 * @since 0.1
 */
public final class Warmer implements AutoCloseable {

    /** The part by which a pause is shortened at most, unless said. */
    public static final double DEFAULT_JITTER = 0.1;

    private static final Logger log = LoggerFactory.getLogger(Warmer.class);

    private final Builder settings;
    private final CountDownLatch stop = new CountDownLatch(1);
    private final WarmThread thread;

    private Warmer(Builder settings) {
        this.settings = settings;
        this.thread = new WarmThread(settings.name, this::run);
    }

    /**
     * Begins a schedule.
     *
     * @param period from the beginning of one run to that of the next, positive; a run that takes longer is followed by the
     *     next at once
     * @param task the warming; it should end when interrupted, as a {@link Warming} does
     */
    public static Builder every(Duration period, Runnable task) {
        if (period == null || period.isNegative() || period.isZero()) {
            throw new IllegalArgumentException("period " + period + " is not positive");
        }
        if (task == null) {
            throw new IllegalArgumentException("task is null");
        }
        return new Builder("schedule", period, task, Duration.ZERO, DEFAULT_JITTER, WarmTime.SYSTEM);
    }

    private void run() {
        WarmTime time = settings.time;
        long pause = settings.first.toNanos();
        try {
            while (!time.await(stop, pause)) {
                long start = time.nanoTime();
                runOnce();
                if (stop.getCount() > 0) {
                    Thread.interrupted(); // whoever set it meant that run
                }
                double part = 1 - settings.jitter * time.random();
                long due = start + (long) (settings.period.toNanos() * part);
                pause = Math.max(0, due - time.nanoTime());
            }
        } catch (InterruptedException told) {
            Thread.currentThread().interrupt();
        }
    }

    private void runOnce() {
        try {
            settings.task.run();
        } catch (Throwable failure) {
            log.atWarn()
                    .addKeyValue("schedule", settings.name)
                    .addKeyValue("exception", failure.getClass().getName())
                    .log("a scheduled warming failed; the next one comes in its time");
        }
    }

    /** Ends the schedule, and a run under way: it has a second, and is then interrupted. Returns within two seconds. */
    @Override
    public void close() {
        stop.countDown();
        thread.end();
    }

    /** Collects the settings of a schedule. Immutable; each method gives a changed copy. */
    public static final class Builder {

        private final String name;
        private final Duration period;
        private final Runnable task;
        private final Duration first;
        private final double jitter;
        private final WarmTime time;

        private Builder(String name, Duration period, Runnable task, Duration first, double jitter, WarmTime time) {
            this.name = name;
            this.period = period;
            this.task = task;
            this.first = first;
            this.jitter = jitter;
            this.time = time;
        }

        /** The name in the log and of the thread. */
        public Builder named(String name) {
            if (name == null || name.isBlank()) {
                throw new IllegalArgumentException("name " + name + " is blank");
            }
            return new Builder(name, period, task, first, jitter, time);
        }

        /**
         * When the first run comes, counted from the start; at once unless said.
         *
         * @param delay zero or more
         */
        public Builder firstAfter(Duration delay) {
            if (delay == null || delay.isNegative()) {
                throw new IllegalArgumentException("delay " + delay + " is negative");
            }
            return new Builder(name, period, task, delay, jitter, time);
        }

        /**
         * By what part each pause after the first run is shortened at most, at random.
         *
         * @param jitter from 0, for none, to 1; {@value Warmer#DEFAULT_JITTER} unless said
         */
        public Builder jitter(double jitter) {
            if (!(jitter >= 0 && jitter <= 1)) {
                throw new IllegalArgumentException("jitter " + jitter + " is not from 0 to 1");
            }
            return new Builder(name, period, task, first, jitter, time);
        }

        Builder time(WarmTime time) {
            return new Builder(name, period, task, first, jitter, time);
        }

        /** Starts it. */
        public Warmer start() {
            Warmer started = new Warmer(this);
            started.thread.start();
            return started;
        }
    }
}
