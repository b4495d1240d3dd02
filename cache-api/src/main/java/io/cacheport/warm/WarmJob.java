package io.cacheport.warm;

import io.cacheport.aside.Warmed;
import io.cacheport.warm.WarmReport.State;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;

/** One warming, batch after batch, on one thread; asked by any. */
final class WarmJob<K> {

    private static final Logger log = LoggerFactory.getLogger(Warming.class);
    private static final long LINE_NANOS = TimeUnit.SECONDS.toNanos(10);
    private static final int MOST_CAUSES = 10;

    private final WarmSettings settings;
    private final String name;
    private final Function<List<K>, Warmed> warm;
    private final Set<Class<?>> told = new HashSet<>();
    private final CountDownLatch stop = new CountDownLatch(1);
    private final long start;
    private volatile WarmReport report = new WarmReport(State.RUNNING, 0, 0, 0, 0, 0, 0, Duration.ZERO);

    WarmJob(WarmSettings settings, String name, Function<List<K>, Warmed> warm) {
        this.settings = settings;
        this.name = name;
        this.warm = warm;
        this.start = settings.time().nanoTime();
    }

    WarmReport report() {
        return report;
    }

    void cancel() {
        stop.countDown();
    }

    WarmReport run(Stream<? extends K> keys) {
        State end;
        try (keys) {
            end = warm(keys.iterator());
        } catch (RuntimeException unreadable) {
            tell(unreadable);
            end = State.GAVE_UP;
        }
        report = changed(end);
        line(end == State.GAVE_UP ? Level.WARN : Level.INFO);
        tellEnd();
        return report;
    }

    private void line(Level level) {
        WarmReport now = report;
        log.atLevel(level)
                .addKeyValue("view", name)
                .addKeyValue("state", now.state())
                .addKeyValue("asked", now.asked())
                .addKeyValue("loaded", now.loaded())
                .addKeyValue("found", now.found())
                .addKeyValue("failed", now.failed())
                .log(now.text(name));
    }

    private void tellEnd() {
        try {
            settings.onEnd().accept(report);
        } catch (RuntimeException listener) {
            tell(listener);
        }
    }

    private State warm(Iterator<? extends K> keys) {
        Pace pace = new Pace(settings.time(), settings.perSecond());
        long line = start;
        int inVain = 0;
        while (keys.hasNext()) {
            if (isStopped()) {
                return State.CANCELLED;
            }
            long began = settings.time().nanoTime();
            Warmed done = warmed(next(keys));
            add(done);
            if (isInterrupt(done)) {
                return State.CANCELLED;
            }
            boolean vain = done.failed() + done.refused() > 0 && done.loaded() + done.absent() == 0;
            inVain = vain ? inVain + 1 : 0;
            if (inVain >= settings.giveUpAfter()) {
                return State.GAVE_UP;
            }
            if (settings.time().nanoTime() - line >= LINE_NANOS) {
                line = settings.time().nanoTime();
                line(Level.INFO);
            }
            if (keys.hasNext() && !isPaid(pace, began, done)) {
                return State.CANCELLED;
            }
        }
        return State.COMPLETE;
    }

    private boolean isPaid(Pace pace, long began, Warmed done) {
        try {
            return pace.pay(began, done.asked() - (long) done.found(), stop);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private List<K> next(Iterator<? extends K> keys) {
        List<K> batch = new ArrayList<>(settings.batch());
        while (batch.size() < settings.batch() && keys.hasNext()) {
            batch.add(keys.next());
        }
        return batch;
    }

    private Warmed warmed(List<K> batch) {
        Warmed done;
        try {
            done = warm.apply(batch);
        } catch (RuntimeException unusable) { // such as a key without a text
            done = new Warmed(0, 0, 0, 0, batch.size(), unusable);
        }
        if (done.failure() != null) {
            tell(done.failure());
        }
        return done;
    }

    /** One line for each class of failure: a message may carry keys, values, or the password of a database. */
    private void tell(Throwable failure) {
        if (told.size() < MOST_CAUSES && told.add(failure.getClass())) {
            log.atWarn()
                    .addKeyValue("view", name)
                    .addKeyValue("exception", failure.getClass().getName())
                    .log("some values could not be warmed");
        }
    }

    private void add(Warmed done) {
        WarmReport before = report;
        report = new WarmReport(
                State.RUNNING,
                before.asked() + done.asked(),
                before.loaded() + done.loaded(),
                before.found() + done.found(),
                before.absent() + done.absent(),
                before.refused() + done.refused(),
                before.failed() + done.failed(),
                elapsed());
        try {
            settings.onProgress().accept(report);
        } catch (RuntimeException listener) {
            tell(listener);
        }
    }

    private WarmReport changed(State end) {
        WarmReport now = report;
        return new WarmReport(
                end, now.asked(), now.loaded(), now.found(), now.absent(), now.refused(), now.failed(), elapsed());
    }

    private Duration elapsed() {
        return Duration.ofNanos(settings.time().nanoTime() - start);
    }

    private boolean isStopped() {
        return stop.getCount() == 0 || Thread.currentThread().isInterrupted();
    }

    private boolean isInterrupt(Warmed done) {
        if (done.failure() instanceof InterruptedException) {
            Thread.currentThread().interrupt();
        }
        return isStopped() || done.failure() instanceof CancellationException;
    }
}
