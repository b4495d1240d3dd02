package io.cacheport.inmemory;

import io.cacheport.CacheException;
import io.cacheport.ErrorCause;
import io.cacheport.TypeRef;
import io.cacheport.ValueEncodingException;
import io.cacheport.lease.Fill;
import io.cacheport.lease.Lease;
import io.cacheport.lease.LeaseAnswer;
import io.cacheport.lease.LeaseAnswer.Found;
import io.cacheport.lease.LeaseAnswer.Granted;
import io.cacheport.lease.LeaseAnswer.Taken;
import io.cacheport.lease.Leases;
import io.cacheport.spi.CacheKeys;
import io.cacheport.spi.CacheTtl;
import io.cacheport.spi.FailureHandler;
import io.cacheport.spi.UnreadableValueException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Leases as entries of their own kind, in the place where the value will be. */
final class InMemoryLeases implements Leases {

    private final Store store;
    private final FailureHandler failures;
    private final int maximumValueBytes;

    InMemoryLeases(Store store, FailureHandler failures, int maximumValueBytes) {
        this.store = store;
        this.failures = failures;
        this.maximumValueBytes = maximumValueBytes;
    }

    @Override
    public <T> LeaseAnswer<T> take(String key, TypeRef<T> type, Duration time) {
        Lease lease = Lease.of(CacheKeys.require(key), time);
        long nanos = nanosOf(time);
        requireOpen("lease");
        Entry there = store.lease(lease, nanos, null);
        while (there != null && there.isValue()) {
            try {
                return new Found<>(store.form.read(there.stored(), type));
            } catch (UnreadableValueException inTheWay) {
                there = store.lease(lease, nanos, there);
            }
        }
        return there == null ? new Granted<>(lease) : new Taken<>();
    }

    @Override
    public boolean fill(Lease lease, @Nullable Object value, Duration ttl) {
        long nanos = nanosOf(ttl);
        Object held = store.hold(value);
        requireOpen("fill");
        if (store.form.bytes(held) > maximumValueBytes) {
            store.release(lease);
            throw failures.toThrow("fill", ErrorCause.TOO_LARGE, null);
        }
        boolean filled = store.fill(lease, held, nanos);
        store.stats.sets(filled ? 1 : 0);
        return filled;
    }

    @Override
    public <T> Map<String, LeaseAnswer<T>> takeAll(Collection<String> keys, TypeRef<T> type, Duration time) {
        Collection<String> distinct = CacheKeys.requireAll(keys);
        nanosOf(time);
        Map<String, LeaseAnswer<T>> answers = new HashMap<>();
        if (store.isClosed() && !distinct.isEmpty()) {
            store.stats.misses(distinct.size());
            failures.failed("getAll", ErrorCause.CLOSED, null);
            return answers;
        }
        for (String key : distinct) {
            LeaseAnswer<T> answer = take(key, type, time);
            if (answer instanceof Found) {
                store.stats.hit();
            } else {
                store.stats.miss();
            }
            answers.put(key, answer);
        }
        return answers;
    }

    @Override
    public Set<Lease> fillAll(Collection<Fill> fills) {
        Set<Lease> live = new HashSet<>();
        for (Fill one : fills) {
            try {
                if (one.ttl() == null ? release(one.lease()) : fill(one.lease(), one.value(), one.ttl())) {
                    live.add(one.lease());
                }
            } catch (ValueEncodingException | CacheException counted) {
                store.release(one.lease());
            }
        }
        return live;
    }

    @Override
    public boolean renew(Lease lease) {
        requireOpen("renew");
        return store.renew(lease, nanosOf(lease.time()));
    }

    @Override
    public boolean release(Lease lease) {
        requireOpen("release");
        return store.release(lease);
    }

    private void requireOpen(String operation) {
        if (store.isClosed()) {
            throw failures.toThrow(operation, ErrorCause.CLOSED, null);
        }
    }

    private static long nanosOf(Duration time) {
        return TimeUnit.MILLISECONDS.toNanos(CacheTtl.toMillis(time));
    }
}
