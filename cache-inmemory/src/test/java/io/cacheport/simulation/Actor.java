package io.cacheport.simulation;

import io.cacheport.aside.ThreadWithTime;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A thread of the simulation, used for one body after another. Its time is the scheduler's. */
final class Actor extends ThreadWithTime {

    private final Scheduler scheduler;

    /** What it does in this run; null between runs. */
    volatile @Nullable Runnable body;

    String role = "";

    /** Where it lives; null for one that is no process of ours. */
    @Nullable
    Node node;

    /** What it waits for; null while it is running or could be. */
    @Nullable
    BooleanSupplier ready;

    /** When it stops waiting for that. */
    long until;

    /** It is to be interrupted when it runs next, if it can be where it is. */
    boolean toBeInterrupted;

    /** Whether it has been since its call began. */
    boolean wasInterrupted;

    boolean waitsInterruptibly;

    /** Whether it is in a call for one key. */
    boolean asksForOne;

    /** Whether that call has waited for the store in vain, after which it asks no more (A11). */
    boolean hasWaitedInVain;

    /** How long its last look in the store took. */
    long hasLookedFor;

    /** When it first asked for the lease after that; negative if it has not. */
    long takesSince;

    /** When the store did what it asked for last. */
    long executedAt;

    /** The keys whose lease it was given, and when. */
    final Map<String, Long> leasedAt = new HashMap<>();

    Actor(Scheduler scheduler, int number) {
        super("simulation-" + number);
        this.scheduler = scheduler;
        setDaemon(true);
    }

    void prepare(String role, @Nullable Node node, Runnable body) {
        this.role = role;
        this.node = node;
        this.ready = null;
        this.until = 0;
        this.toBeInterrupted = false;
        this.wasInterrupted = false;
        this.waitsInterruptibly = false;
        this.hasLookedFor = 0;
        this.takesSince = -1;
        this.asksForOne = false;
        this.hasWaitedInVain = false;
        this.leasedAt.clear();
        this.body = body;
    }

    /** Whether it would do something if it were its turn. */
    boolean canRun(long now) {
        if (node != null && (node.isDead() || now < node.standsStillUntil)) {
            return node.isDead();
        }
        return ready == null || until <= now || (toBeInterrupted && waitsInterruptibly) || ready.getAsBoolean();
    }

    /** When time alone lets it run. */
    long runsAt(long now) {
        long stands = node == null ? 0 : node.standsStillUntil;
        boolean wouldRun = ready == null || ready.getAsBoolean() || (toBeInterrupted && waitsInterruptibly);
        return Math.max(stands, wouldRun ? now : until);
    }

    @Override
    public void run() {
        while (!scheduler.isClosed()) {
            scheduler.awaitTurn(this);
            Runnable now = body;
            if (now != null) {
                scheduler.perform(this, now);
            }
        }
    }

    /** Interrupted, if it is to be. */
    void comesToItself() {
        if (toBeInterrupted) {
            toBeInterrupted = false;
            wasInterrupted = true;
            interrupt();
        }
    }

    @Override
    public long nanoTime() {
        return scheduler.now();
    }

    @Override
    public void pause(long nanos) {
        if (!isInterrupted()) {
            scheduler.await(() -> false, nanos, true);
        }
    }

    @Override
    public void await(CountDownLatch latch) throws InterruptedException {
        await(latch, Long.MAX_VALUE);
    }

    @Override
    public boolean await(CountDownLatch latch, long nanos) throws InterruptedException {
        if (!isInterrupted()) {
            scheduler.await(() -> latch.getCount() == 0, nanos, true);
        }
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
        return latch.getCount() == 0;
    }

    @Override
    public double random() {
        return scheduler.random().nextDouble();
    }

    @Override
    public Future<?> every(long nanos, Runnable task) {
        if (node == null) {
            throw new IllegalStateException("nothing but a process has timers");
        }
        return node.timers.every(nanos, task);
    }

    @Override
    public boolean inBackground(Runnable task) {
        return Objects.requireNonNull(node).inBackground(task);
    }
}
