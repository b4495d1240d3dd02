package io.cacheport.simulation;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Lets one thread run at a time, and time pass when it says so. Every call of the engine's {@code Time}, of the cache, the
 * loader and the database comes by here, and whose turn it is then is drawn. Used for one run after another.
 */
final class Scheduler {

    private static final int LONGEST_RUN = 50_000;
    private static final long LONGEST_STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(1);
    private static final long HANGS_NANOS = TimeUnit.SECONDS.toNanos(30);

    private final List<Actor> pool = new ArrayList<>();
    private final List<Actor> unfinished = new ArrayList<>();
    private final List<Actor> able = new ArrayList<>();

    /** Commands that the store has yet to get, though nobody waits for them any more. */
    final List<Runnable> late = new ArrayList<>();

    private SplittableRandom random = new SplittableRandom();
    private Plan plan = Plan.of(random, false);
    private Runnable weather = () -> {};
    private long now;

    /** Whether time may go on though others could run. */
    boolean leaps;

    private int steps;
    private @Nullable List<String> trace;
    private @Nullable String violation;
    private volatile @Nullable Actor current;
    private volatile boolean over;
    private volatile boolean closed;
    private @Nullable Thread owner;

    /** The run is over for this thread. */
    static class Stopped extends Error {
        private static final long serialVersionUID = 1L;

        Stopped(String why) {
            super(why, null, false, false);
        }
    }

    /** The process of this thread was killed. */
    static final class Killed extends Stopped {
        private static final long serialVersionUID = 1L;

        Killed() {
            super("killed");
        }
    }

    void prepare(SplittableRandom random, Plan plan, boolean traced, Runnable weather) {
        this.random = random;
        this.plan = plan;
        this.weather = weather;
        this.trace = traced ? new ArrayList<>() : null;
        this.violation = null;
        this.now = 0;
        this.leaps = true;
        this.steps = 0;
        this.late.clear();
        this.unfinished.clear();
    }

    Actor add(String role, @Nullable Node node, Runnable body) {
        Actor actor = pool.stream().filter(one -> one.body == null).findFirst().orElse(null);
        if (actor == null) {
            actor = new Actor(this, pool.size());
            pool.add(actor);
            actor.start();
        }
        actor.prepare(role, node, body);
        unfinished.add(actor);
        return actor;
    }

    /** Runs what was added to its end; what went wrong, or null. */
    @Nullable
    String run() {
        owner = Thread.currentThread();
        over = false;
        handTo(unfinished.get(0));
        long start = System.nanoTime();
        while (!over) {
            LockSupport.parkNanos(HANGS_NANOS);
            if (!over && System.nanoTime() - start > HANGS_NANOS) {
                Actor hanging = current;
                throw new IllegalStateException("waits for something that is not the simulation's: "
                        + (hanging == null ? "" : List.of(hanging.getStackTrace())));
            }
        }
        return violation;
    }

    /** Returns too when nothing is run any more. */
    void awaitTurn(Actor me) {
        boolean interrupted = false;
        while (current != me && !closed) {
            LockSupport.park(this);
            interrupted |= Thread.interrupted();
        }
        if (interrupted) {
            me.interrupt();
        }
    }

    void perform(Actor me, Runnable body) {
        try {
            body.run();
        } catch (Stopped expected) {
            // as it should
        } catch (Throwable failure) {
            note("ended with", failure, "at", List.of(failure.getStackTrace()));
            if (violation == null) {
                violation = me.role + " ended with " + failure;
            }
        }
        Thread.interrupted();
        me.body = null;
        unfinished.remove(me);
        if (unfinished.isEmpty()) {
            current = null;
            over = true;
            LockSupport.unpark(owner);
        } else {
            handTo(violation == null ? next(me) : unfinished.get(0));
        }
    }

    private void handTo(Actor next) {
        current = next;
        LockSupport.unpark(next);
    }

    /** Another may go on here. */
    void step() {
        Actor me = me();
        goOn(me);
        now += random.nextLong(LONGEST_STEP_NANOS);
        weather.run();
        Actor next = next(me);
        if (next != me) {
            handTo(next);
            awaitTurn(me);
        }
        goOn(me);
        me.comesToItself();
    }

    private void goOn(Actor me) {
        if (violation != null) {
            throw new Stopped("the run has failed");
        }
        if (me.node != null && me.node.isDead()) {
            throw new Killed();
        }
        if (++steps > LONGEST_RUN) {
            throw violated("does not come to an end");
        }
    }

    /** Waits for that, or so long. */
    void await(BooleanSupplier ready, long nanos, boolean interruptibly) {
        Actor me = me();
        me.ready = ready;
        me.until = nanos > Long.MAX_VALUE - now ? Long.MAX_VALUE : now + nanos;
        me.waitsInterruptibly = interruptibly;
        try {
            step();
        } finally {
            me.ready = null;
            me.waitsInterruptibly = false;
        }
    }

    void sleep(long nanos) {
        await(() -> false, nanos, false);
    }

    private Actor next(Actor me) {
        if (!late.isEmpty() && random.nextInt(8) == 0) {
            late.remove(random.nextInt(late.size())).run();
        }
        if (leaps && chance(plan.timeLeaps())) {
            long then = soonest();
            now = then == Long.MAX_VALUE ? now : Math.max(now, then);
        }
        List<Actor> able = able();
        while (able.isEmpty()) {
            long then = soonest();
            if (then <= now || then == Long.MAX_VALUE) {
                violation = violation == null ? "deadlock: all wait, and for nothing that time brings" : violation;
                return unfinished.get(0);
            }
            now = then;
            able = able();
        }
        return able.contains(me) && random.nextInt(100) < plan.staysPercent()
                ? me
                : able.get(random.nextInt(able.size()));
    }

    private List<Actor> able() {
        able.clear();
        for (Actor actor : unfinished) {
            if (actor.canRun(now)) {
                able.add(actor);
            }
        }
        return able;
    }

    /** When the next of those who wait for time would run. */
    private long soonest() {
        long soonest = Long.MAX_VALUE;
        for (Actor actor : unfinished) {
            if (!actor.canRun(now)) {
                soonest = Math.min(soonest, actor.runsAt(now));
            }
        }
        return soonest;
    }

    boolean isClosed() {
        return closed;
    }

    /** Ends its threads. */
    void close() {
        closed = true;
        pool.forEach(LockSupport::unpark);
    }

    Actor me() {
        Actor me = current;
        if (me == null || me != Thread.currentThread()) {
            throw new IllegalStateException(Thread.currentThread() + " is not the simulation's, or not next");
        }
        return me;
    }

    List<Actor> unfinished() {
        return unfinished;
    }

    SplittableRandom random() {
        return random;
    }

    /** Whether something that happens so often in a million does now. */
    boolean chance(int inAMillion) {
        return inAMillion > 0 && random.nextInt(1_000_000) < inAMillion;
    }

    long now() {
        return now;
    }

    void passTime(long nanos) {
        now += nanos;
    }

    /** For the trace, if there is one. */
    void note(Object... parts) {
        if (trace != null) {
            Actor me = current;
            trace.add("%10.3f ms  %-9s %s"
                    .formatted(
                            now / 1e6,
                            me == null ? "" : me.role,
                            Stream.of(parts).map(String::valueOf).collect(Collectors.joining(" "))));
        }
    }

    Stopped violated(String what) {
        if (violation == null) {
            violation = what;
            note("VIOLATION:", what);
        }
        return new Stopped(what);
    }

    List<String> trace() {
        return trace == null ? List.of() : trace;
    }
}
