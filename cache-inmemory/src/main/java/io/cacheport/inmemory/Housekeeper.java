package io.cacheport.inmemory;

import io.cacheport.spi.LogGate;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one daemon thread of all in-memory caches of this process: it writes down the coarse time and removes what expired
 * without being asked for. It holds caches weakly, starts with the first and ends with the last one closed or forgotten.
 */
final class Housekeeper {

    static final int TICK_MILLIS = 50;

    static final Housekeeper SHARED = new Housekeeper();

    private static final Logger log = LoggerFactory.getLogger(Housekeeper.class);

    private final LogGate sweepFailures = new LogGate(System::nanoTime);
    private static final long SWEEP_EVERY_NANOS = TimeUnit.SECONDS.toNanos(1);
    /** Sweeping takes at most this share of one core: a large store is swept less often. */
    private static final int REST_FACTOR = 50;

    private final List<Chore> chores = new ArrayList<>();
    private @Nullable Thread thread;
    private volatile long coarseNanoTime = System.nanoTime();

    private static final class Chore {
        final WeakReference<Store> store;
        long dueAt;

        Chore(Store store, long dueAt) {
            this.store = new WeakReference<>(store);
            this.dueAt = dueAt;
        }
    }

    long coarseNanoTime() {
        return coarseNanoTime;
    }

    void tick() {
        coarseNanoTime = System.nanoTime();
    }

    synchronized void add(Store store) {
        tick();
        chores.add(new Chore(store, coarseNanoTime + SWEEP_EVERY_NANOS));
        if (thread == null) {
            Thread started = new Thread(this::run, "cacheport-inmemory");
            started.setDaemon(true);
            thread = started;
            started.start();
        }
    }

    synchronized void remove(Store store) {
        chores.removeIf(chore -> chore.store.get() == store);
        if (thread != null) {
            LockSupport.unpark(thread);
        }
    }

    private void run() {
        while (isNeeded()) {
            tick();
            for (Chore chore : due()) {
                sweep(chore);
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(TICK_MILLIS));
        }
    }

    private synchronized boolean isNeeded() {
        chores.removeIf(chore -> chore.store.get() == null);
        if (chores.isEmpty()) {
            thread = null;
            return false;
        }
        return true;
    }

    private synchronized List<Chore> due() {
        return chores.stream()
                .filter(chore -> chore.dueAt - coarseNanoTime <= 0)
                .toList();
    }

    private void failed(RuntimeException failure) {
        long failures = sweepFailures.enter();
        if (failures > 0) {
            log.atError()
                    .addKeyValue("failures", failures)
                    .setCause(failure)
                    .log("removing expired entries failed; reads are not affected");
        }
    }

    private void sweep(Chore chore) {
        Store store = chore.store.get();
        if (store == null) {
            return;
        }
        long start = System.nanoTime();
        try {
            store.sweep();
        } catch (RuntimeException failure) {
            failed(failure);
        }
        long end = System.nanoTime();
        chore.dueAt = end + Math.max(SWEEP_EVERY_NANOS, REST_FACTOR * (end - start));
    }
}
