package io.cacheport.testkit.fault;

import java.time.Duration;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import org.jspecify.annotations.Nullable;

/** What is wrong with a {@link FaultProxy} at this moment, asked by all its connections. Thread-safe. */
final class Toxics {

    private static final long NO_CUT = -1;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();

    private @Nullable Latency latency;
    private @Nullable Trickle trickle;
    private boolean blackhole;
    private boolean holdingRequests;
    private long untilCut = NO_CUT;
    private int drops;
    private int doubles;
    private long swallowed;

    private record Latency(Duration delay, Duration jitter) {}

    private record Trickle(int bytes, Duration pause) {}

    /** What becomes of a reply. */
    enum Fate {
        PASS,
        DROP,
        DOUBLE
    }

    /** How many of the reply bytes may go now, and what comes after them. */
    record Piece(int bytes, boolean thenCut, Duration thenPause) {}

    void latency(Duration delay, Duration jitter) {
        change(() -> latency = new Latency(delay, jitter));
    }

    void trickle(int bytes, Duration pause) {
        change(() -> trickle = new Trickle(bytes, pause));
    }

    void blackhole() {
        change(() -> blackhole = true);
    }

    void holdRequests() {
        change(() -> holdingRequests = true);
    }

    void cutAfter(long replyBytes) {
        change(() -> untilCut = replyBytes);
    }

    void dropReply() {
        change(() -> drops++);
    }

    void doubleReply() {
        change(() -> doubles++);
    }

    void heal() {
        change(() -> {
            latency = null;
            trickle = null;
            blackhole = false;
            holdingRequests = false;
            untilCut = NO_CUT;
            drops = 0;
            doubles = 0;
        });
    }

    boolean isBlackhole() {
        lock.lock();
        try {
            return blackhole;
        } finally {
            lock.unlock();
        }
    }

    /** Counts request bytes as swallowed if they are to be. */
    boolean swallow(int count) {
        lock.lock();
        try {
            swallowed += blackhole ? count : 0;
            return blackhole;
        } finally {
            lock.unlock();
        }
    }

    long swallowed() {
        lock.lock();
        try {
            return swallowed;
        } finally {
            lock.unlock();
        }
    }

    /** Claimed by the reply that begins now. */
    Fate fateOfNextReply() {
        lock.lock();
        try {
            if (drops > 0) {
                drops--;
                return Fate.DROP;
            }
            if (doubles > 0) {
                doubles--;
                return Fate.DOUBLE;
            }
            return Fate.PASS;
        } finally {
            lock.unlock();
        }
    }

    /** When reply bytes that come now are to be passed on, by {@link System#nanoTime()}. */
    long due() {
        lock.lock();
        try {
            long now = System.nanoTime();
            if (latency == null) {
                return now;
            }
            long jitter = latency.jitter().toNanos();
            return now + latency.delay().toNanos() + ThreadLocalRandom.current().nextLong(-jitter, jitter + 1);
        } finally {
            lock.unlock();
        }
    }

    /** The first of so many reply bytes, which from here on count as passed. */
    Piece take(int available) {
        lock.lock();
        try {
            int bytes = trickle == null ? available : Math.min(available, trickle.bytes());
            Duration pause = trickle == null ? Duration.ZERO : trickle.pause();
            if (untilCut == NO_CUT) {
                return new Piece(bytes, false, pause);
            }
            if (bytes >= untilCut) {
                bytes = (int) untilCut;
                untilCut = NO_CUT;
                return new Piece(bytes, true, Duration.ZERO);
            }
            untilCut -= bytes;
            return new Piece(bytes, false, pause);
        } finally {
            lock.unlock();
        }
    }

    /** Waits as long as there is latency and it is not yet that time. */
    void awaitDue(long due) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left;
            while (latency != null && (left = due - System.nanoTime()) > 0) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits so long, or until nothing trickles any more. */
    void awaitPause(Duration pause) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = pause.toNanos();
            while (trickle != null && left > 0) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits until requests are let go. */
    void awaitRequestsLetGo() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (holdingRequests) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Waits until something can pass. */
    void awaitPath() throws InterruptedException {
        lock.lockInterruptibly();
        try {
            while (blackhole) {
                changed.await();
            }
        } finally {
            lock.unlock();
        }
    }

    private void change(Runnable change) {
        lock.lock();
        try {
            change.run();
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }
}
