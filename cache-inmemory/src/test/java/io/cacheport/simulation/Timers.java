package io.cacheport.simulation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;
import org.jspecify.annotations.Nullable;

/** What a process does in time, on a thread of its own. */
final class Timers {

    private final Scheduler scheduler;
    private final List<Timer> timers = new ArrayList<>();
    private boolean ended;

    /** The thread; null until it runs. */
    private @Nullable Actor actor;

    private final class Timer extends FutureTask<Object> {

        private final long period;
        private long dueAt;

        Timer(Runnable task, long period) {
            super(task, "");
            this.period = period;
            this.dueAt = scheduler.now() + period;
        }

        void tick() {
            runAndReset();
            dueAt = scheduler.now() + period;
        }

        @Override
        protected void done() {
            timers.remove(this);
        }
    }

    Timers(Scheduler scheduler) {
        this.scheduler = scheduler;
    }

    Future<?> every(long nanos, Runnable task) {
        Timer timer = new Timer(task, nanos);
        timers.add(timer);
        if (actor != null) {
            actor.until = Math.min(actor.until, timer.dueAt);
        }
        return timer;
    }

    /** Runs them until told that it is over. */
    void run() {
        actor = scheduler.me();
        while (!ended) {
            Timer next = next();
            if (next != null && next.dueAt <= scheduler.now()) {
                next.tick();
            } else {
                scheduler.await(() -> ended, next == null ? Long.MAX_VALUE : next.dueAt - scheduler.now(), false);
            }
        }
    }

    private @Nullable Timer next() {
        return timers.stream()
                .min(Comparator.comparingLong(timer -> timer.dueAt))
                .orElse(null);
    }

    void end() {
        ended = true;
    }

    boolean isEmpty() {
        return timers.isEmpty();
    }
}
