package io.cacheport.spi;

import io.cacheport.RateWindow;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/**
 * A counter's values every five seconds of the last fifteen minutes, from which come the rates of the windows. Nothing is
 * added to what a read costs: one daemon thread looks at all counters of the process, and is gone when they are.
 */
final class RecentRates {

    static final List<Duration> WINDOWS = List.of(Duration.ofMinutes(1), Duration.ofMinutes(5), Duration.ofMinutes(15));

    static final Duration PERIOD = Duration.ofSeconds(5);

    /** One more than the longest window has periods. */
    private static final int SAMPLES = (int) WINDOWS.get(WINDOWS.size() - 1).dividedBy(PERIOD) + 1;

    /** Counters at a moment. */
    record Totals(long at, long hits, long misses, long sets, long deletes, long errors) {}

    private final LongSupplier nanoTime;
    private final Totals[] ring = new Totals[SAMPLES];
    private int next;
    private int filled;

    /**
     * Of counters that begin at nothing now.
     *
     * @param nanoTime a monotonic clock
     */
    RecentRates(LongSupplier nanoTime) {
        this.nanoTime = nanoTime;
        add(new Totals(nanoTime.getAsLong(), 0, 0, 0, 0, 0));
    }

    long now() {
        return nanoTime.getAsLong();
    }

    synchronized void add(Totals totals) {
        ring[next] = totals;
        next = (next + 1) % SAMPLES;
        filled = Math.min(SAMPLES, filled + 1);
    }

    List<RateWindow> windows(Totals now) {
        List<RateWindow> windows = new ArrayList<>(WINDOWS.size());
        for (Duration window : WINDOWS) {
            Totals then = at(now.at - window.toNanos());
            windows.add(new RateWindow(
                    window,
                    Duration.ofNanos(now.at - then.at),
                    now.hits - then.hits,
                    now.misses - then.misses,
                    now.sets - then.sets,
                    now.deletes - then.deletes,
                    now.errors - then.errors));
        }
        return windows;
    }

    /** The newest that is from that moment or before; the oldest there is if none is. */
    private synchronized Totals at(long moment) {
        Totals found = ring[Math.floorMod(next - 1, SAMPLES)];
        for (int back = 2; back <= filled && found.at - moment > 0; back++) {
            found = ring[Math.floorMod(next - back, SAMPLES)];
        }
        return found;
    }

    /** Looks at all counters from time to time. */
    static final class Looker {

        static final Looker SHARED = new Looker();

        private final Queue<WeakReference<StatsCounter>> counters = new ConcurrentLinkedQueue<>();
        private final ScheduledThreadPoolExecutor thread;
        private @Nullable Future<?> looking;

        private Looker() {
            thread = new ScheduledThreadPoolExecutor(1, code -> {
                Thread made = new Thread(code, "cacheport-rates");
                made.setDaemon(true);
                return made;
            });
            thread.setKeepAliveTime(PERIOD.toMillis(), TimeUnit.MILLISECONDS);
            thread.allowCoreThreadTimeOut(true);
            thread.setRemoveOnCancelPolicy(true);
        }

        synchronized void add(StatsCounter counter) {
            counters.add(new WeakReference<>(counter));
            if (looking == null) {
                looking = thread.scheduleWithFixedDelay(
                        this::look, PERIOD.toMillis(), PERIOD.toMillis(), TimeUnit.MILLISECONDS);
            }
        }

        private void look() {
            counters.removeIf(reference -> {
                StatsCounter counter = reference.get();
                if (counter != null) {
                    counter.sample();
                }
                return counter == null;
            });
            endIfNothingIsLeft();
        }

        private synchronized void endIfNothingIsLeft() {
            if (counters.isEmpty() && looking != null) {
                looking.cancel(false);
                looking = null;
            }
        }
    }
}
