package io.cacheport.inmemory;

import io.cacheport.ErrorCause;
import io.cacheport.lock.LockAnswer;
import io.cacheport.lock.LockAnswer.Granted;
import io.cacheport.lock.LockAnswer.Taken;
import io.cacheport.lock.LockStore;
import io.cacheport.spi.CacheTtl;
import io.cacheport.spi.FailureHandler;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Locks of one adapter, apart from its entries and by its clock. */
final class InMemoryLocks implements LockStore {

    /** Of the last grant in this process: as on Redis the time in microseconds, or one more than the one before. */
    private static final AtomicLong FENCING = new AtomicLong();

    private static final int SWEEP_EVERY = 1_024;

    private final Store store;
    private final FailureHandler failures;
    private final Map<String, Held> held = new ConcurrentHashMap<>();
    private final AtomicInteger taken = new AtomicInteger();

    private record Held(String token, long fencing, long deadline) {}

    InMemoryLocks(Store store, FailureHandler failures) {
        this.store = store;
        this.failures = failures;
    }

    @Override
    public LockAnswer take(String name, String token, Duration lease) {
        requireOpen("lock");
        if (taken.incrementAndGet() % SWEEP_EVERY == 0) {
            held.values().removeIf(lock -> !store.isAhead(lock.deadline()));
        }
        long deadline = deadline(lease);
        Held now = held.compute(name, (key, there) -> {
            if (there == null || !store.isAhead(there.deadline())) {
                return new Held(token, nextFencing(), deadline);
            }
            return there.token().equals(token) ? lasting(there, deadline) : there;
        });
        return now.token().equals(token)
                ? new Granted(now.fencing())
                : new Taken(Duration.ofNanos(Math.max(0, now.deadline() - store.nanoTime())));
    }

    @Override
    public boolean renew(String name, String token, Duration lease) {
        requireOpen("lock renewal");
        long deadline = deadline(lease);
        boolean[] done = {false};
        held.computeIfPresent(name, (key, there) -> {
            done[0] = isOf(token, there);
            return done[0] ? lasting(there, deadline) : there;
        });
        return done[0];
    }

    @Override
    @SuppressWarnings("NullAway") // a mapping may be removed by null
    public boolean release(String name, String token) {
        requireOpen("unlock");
        boolean[] done = {false};
        held.computeIfPresent(name, (key, there) -> {
            done[0] = isOf(token, there);
            return done[0] ? null : there;
        });
        return done[0];
    }

    private static long nextFencing() {
        long micros = ChronoUnit.MICROS.between(Instant.EPOCH, Instant.now());
        return FENCING.updateAndGet(last -> Math.max(last + 1, micros));
    }

    private boolean isOf(String token, Held there) {
        return there.token().equals(token) && store.isAhead(there.deadline());
    }

    private static Held lasting(Held there, long deadline) {
        return deadline - there.deadline() > 0 ? new Held(there.token(), there.fencing(), deadline) : there;
    }

    private long deadline(Duration lease) {
        return store.nanoTime() + TimeUnit.MILLISECONDS.toNanos(CacheTtl.toMillis(lease));
    }

    private void requireOpen(String operation) {
        if (store.isClosed()) {
            throw failures.toThrow(operation, ErrorCause.CLOSED, null);
        }
    }
}
