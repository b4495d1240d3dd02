package io.cacheport.simulation;

import io.cacheport.aside.ThreadWithTime;
import io.cacheport.lease.Stamp;
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

    /** How long the longest look of its call in the store took. */
    long hasLookedFor;

    /** When it first asked for the lease after that; negative if it has not. */
    long takesSince;

    /** When the store did what it asked for last. */
    long executedAt;

    /** When the store did what it asked for before that. */
    long executedBefore;

    /** Whether a removal that nobody is told of has not been done since this was set to false. */
    boolean hasNotRemoved;

    /** Whether it puts a value by itself; the engine stores with a lease only. */
    boolean puts;

    /** Whether the store has compared the version that it put. */
    boolean hasPut;

    /** The write that it has under way, and until when the store keeps others from storing. */
    @Nullable
    Write write;

    long heldUntil;

    /** Whether it is a thread of the engine's, which nobody interrupts. */
    boolean isInBackground;

    /** The values whose lease it was given. */
    final Map<String, Stamp> refreshing = new HashMap<>();

    /** Not given, but told that it need not wait for one. */
    static final long FREELY = -1;

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
        this.refreshing.clear();
        this.write = null;
        this.isInBackground = false;
        this.puts = false;
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
