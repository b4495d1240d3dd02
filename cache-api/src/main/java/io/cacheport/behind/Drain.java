package io.cacheport.behind;

import io.cacheport.CacheException;
import io.cacheport.TypeRef;
import io.cacheport.behind.WriteBuffers.Kept;
import io.cacheport.behind.WriteBuffers.Taken;
import io.cacheport.lease.Stamp;
import io.cacheport.lock.HeldLock;
import io.cacheport.lock.LockAttempt;
import io.cacheport.lock.LockOptions;
import io.cacheport.lock.Locks;
import io.cacheport.lock.NotAcquired;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Takes what waits, writes it and says that it is done, round by round on a thread of its own. One process at a time has the
 * lock; should two believe that they have it, both write the same batch under the same id.
 */
final class Drain<T> implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(WriteBehind.class);
    private static final Duration LEASE = Duration.ofSeconds(5);
    private static final int ATTEMPTS = 3;
    private static final long FIRST_PAUSE_MILLIS = 100;

    private final WriteBehind settings;
    private final WriteBuffers buffers;
    private final Locks locks;
    private final TypeRef<T> type;
    private final BatchTarget<T> target;
    private final ScheduledThreadPoolExecutor thread;
    private final LongAdder buffered = new LongAdder();
    private final LongAdder direct = new LongAdder();
    private final LongAdder uncertain = new LongAdder();
    private final LongAdder batches = new LongAdder();
    private final LongAdder written = new LongAdder();
    private final LongAdder failures = new LongAdder();
    private final LongAdder deadLetters = new LongAdder();
    private final ReentrantLock rounds = new ReentrantLock();
    private final CountDownLatch closing = new CountDownLatch(1);

    /** Whether the last round failed, to log one line when it begins and one when it ends. */
    private boolean failing;

    Drain(WriteBehind settings, WriteBuffers buffers, Locks locks, TypeRef<T> type, BatchTarget<T> target) {
        this.settings = settings;
        this.buffers = buffers;
        this.locks = locks;
        this.type = type;
        this.target = target;
        this.thread = new ScheduledThreadPoolExecutor(1, code -> {
            Thread made = new Thread(code, "cacheport-write-behind-" + settings.name());
            made.setDaemon(true);
            return made;
        });
        thread.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        thread.setRemoveOnCancelPolicy(true);
    }

    void start() {
        long nanos = settings.every().toNanos();
        long pause = nanos - ThreadLocalRandom.current().nextLong(1 + nanos / 10);
        Future<?> unused = thread.scheduleWithFixedDelay(this::round, pause, pause, TimeUnit.NANOSECONDS);
    }

    WriteBuffers buffers() {
        return buffers;
    }

    /** Leaves it waiting or, where it cannot, writes it. */
    Accepted accept(String key, T change, Function<WriteBuffers, Kept> keep) {
        if (closing.getCount() == 0) {
            throw new IllegalStateException("write-behind \"" + settings.name() + "\" is closed");
        }
        return switch (keep.apply(buffers)) {
            case YES -> {
                buffered.increment();
                yield Accepted.BUFFERED;
            }
            case UNKNOWN -> {
                uncertain.increment();
                yield Accepted.UNCERTAIN;
            }
            case FULL, NO -> {
                writeNow(new Batch<>(Stamp.next().toString(), Map.of(key, change)));
                direct.increment();
                yield Accepted.WRITTEN;
            }
        };
    }

    private void writeNow(Batch<T> batch) {
        try {
            target.write(batch);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new WriteFailedException(settings.name(), interrupted);
        } catch (Exception failure) {
            throw new WriteFailedException(settings.name(), failure);
        }
    }

    private void round() {
        try {
            long unused = drained(Duration.ZERO, Long.MAX_VALUE);
        } catch (RuntimeException | Error failure) {
            log.atError()
                    .addKeyValue("name", settings.name())
                    .setCause(failure)
                    .log("a round of write-behind failed; the next goes on");
        }
    }

    /** What was written. */
    long now() {
        return drained(settings.closeWithin(), Long.MAX_VALUE);
    }

    /** One round: until nothing waits, the target fails, the lock is lost or the time is over. */
    private long drained(Duration waitAtMost, long forNanos) {
        rounds.lock(); // no monitor, which a virtual thread would keep its carrier waiting in
        try {
            return round(waitAtMost, forNanos);
        } finally {
            rounds.unlock();
        }
    }

    private long round(Duration waitAtMost, long forNanos) {
        long start = System.nanoTime();
        if (!(lock(waitAtMost) instanceof LockAttempt.Acquired acquired)) {
            return 0; // another process is at it, or the store is away and nothing can be taken
        }
        long done = 0;
        try (HeldLock lock = acquired.lock()) {
            while (lock.isHeld() && System.nanoTime() - start < forNanos) {
                Taken<T> taken = buffers.take(settings.name(), type, settings.batchSize());
                if (taken == null) {
                    break;
                }
                done += written(taken);
            }
            succeeded();
        } catch (TargetFailedException failure) {
            failed(failure.reason());
        } catch (CacheException counted) {
            // the store is away; what was written and not said to be done comes again under its id
        }
        return done;
    }

    /** Waits for another process only, not for a store that is away: there is nothing to be had from it. */
    private LockAttempt lock(Duration waitAtMost) {
        String name = "behind:" + settings.name();
        LockOptions options = LockOptions.lease(LEASE).holdAtMost(Duration.ofDays(1));
        LockAttempt attempt = locks.tryLock(name, options);
        return attempt instanceof NotAcquired.Busy && !waitAtMost.isZero()
                ? locks.tryLock(name, options.waitAtMost(waitAtMost))
                : attempt;
    }

    /** How many changes; 0 for a batch that had to be parted. */
    private long written(Taken<T> taken) throws TargetFailedException {
        for (Map.Entry<String, Exception> one : taken.unreadable().entrySet()) {
            handOver(taken, one.getKey(), null, one.getValue());
        }
        if (taken.changes().isEmpty()) {
            return taken.unreadable().size();
        }
        if (taken.parted()) {
            return writtenOneByOne(taken);
        }
        try {
            write(new Batch<>(taken.id(), taken.changes()));
        } catch (UnwritableChangeException unwritable) {
            if (taken.changes().size() > 1) {
                buffers.part(settings.name(), taken.id());
                return 0;
            }
            Map.Entry<String, T> only = taken.changes().entrySet().iterator().next();
            handOver(taken, only.getKey(), only.getValue(), unwritable);
            return 1;
        }
        buffers.done(settings.name(), taken.id(), taken.changes().keySet());
        batches.increment();
        written.add(taken.changes().size());
        return taken.changes().size();
    }

    private long writtenOneByOne(Taken<T> taken) throws TargetFailedException {
        for (Map.Entry<String, T> one : taken.changes().entrySet()) {
            try {
                write(new Batch<>(taken.id() + "/" + digest(one.getKey()), Map.of(one.getKey(), one.getValue())));
            } catch (UnwritableChangeException unwritable) {
                handOver(taken, one.getKey(), one.getValue(), unwritable);
                continue;
            }
            buffers.done(settings.name(), taken.id(), List.of(one.getKey()));
            written.increment();
        }
        batches.increment();
        return taken.changes().size();
    }

    /** For an id that is the same whenever this key comes. */
    private static String digest(String key) {
        try {
            byte[] sum = MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(sum, 0, 8);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    private void handOver(Taken<T> taken, String key, @Nullable T change, Exception why) throws TargetFailedException {
        DeadLetters<Object> taker = settings.deadLetters();
        if (taker == null) {
            throw new TargetFailedException(why);
        }
        try {
            taker.accept(key, change, why);
        } catch (RuntimeException failure) {
            throw new TargetFailedException(failure);
        }
        buffers.done(settings.name(), taken.id(), List.of(key));
        deadLetters.increment();
    }

    /** Tries it a few times, with growing pauses; then the next round does. */
    private void write(Batch<T> batch) throws TargetFailedException {
        for (int attempt = 1; ; attempt++) {
            try {
                target.write(batch);
                return;
            } catch (UnwritableChangeException unwritable) {
                throw unwritable;
            } catch (InterruptedException interrupted) {
                Thread.currentThread().interrupt();
                throw new TargetFailedException(interrupted);
            } catch (Exception failure) {
                failures.increment();
                if (attempt == ATTEMPTS || !isStillWantedAfterPause(attempt)) {
                    throw new TargetFailedException(failure);
                }
            }
        }
    }

    private boolean isStillWantedAfterPause(int attempt) {
        try {
            return !closing.await(FIRST_PAUSE_MILLIS << (attempt - 1), TimeUnit.MILLISECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private void succeeded() {
        if (failing) {
            failing = false;
            log.atInfo().addKeyValue("name", settings.name()).log("write-behind writes again; nothing was lost");
        }
    }

    private void failed(Exception reason) {
        if (!failing) {
            failing = true;
            log.atWarn()
                    .addKeyValue("name", settings.name())
                    .addKeyValue("exception", reason.getClass().getName()) // its text may quote values
                    .addKeyValue("every", settings.every())
                    .log("write-behind cannot write; changes wait in the cache's store and are tried again");
        }
    }

    WriteBehindStats stats() {
        return new WriteBehindStats(
                buffered.sum(),
                direct.sum(),
                uncertain.sum(),
                batches.sum(),
                written.sum(),
                failures.sum(),
                deadLetters.sum());
    }

    @Override
    public void close() {
        if (closing.getCount() == 0) {
            return;
        }
        closing.countDown();
        thread.shutdownNow();
        long unused = drained(settings.closeWithin(), settings.closeWithin().toNanos());
        try {
            long left = buffers.size(settings.name());
            if (left > 0) {
                log.atWarn()
                        .addKeyValue("name", settings.name())
                        .addKeyValue("waiting", left)
                        .log("write-behind closed; what waits in the cache's store is written by the next process");
            }
        } catch (CacheException counted) {
            // nobody can say
        }
    }

    /** The target cannot write now. */
    private static final class TargetFailedException extends Exception {

        private static final long serialVersionUID = 1L;

        private final Exception reason;

        TargetFailedException(Exception reason) {
            super(null, reason, false, false);
            this.reason = reason;
        }

        Exception reason() {
            return reason;
        }
    }
}
