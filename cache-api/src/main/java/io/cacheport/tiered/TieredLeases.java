package io.cacheport.tiered;

import io.cacheport.TypeRef;
import io.cacheport.lease.AwaitedLeases;
import io.cacheport.lease.Fill;
import io.cacheport.lease.Lease;
import io.cacheport.lease.LeaseAnswer;
import io.cacheport.lease.Leases;
import io.cacheport.lease.Sighting;
import io.cacheport.lease.Stamp;
import io.cacheport.lease.Terms;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The store's leases; what it is seen to have is looked for near first. What changes a key ends what is near of it (N2). */
final class TieredLeases implements Leases, AwaitedLeases {

    private final Leases far;
    private final NearTier tier;

    TieredLeases(Leases far, NearTier tier) {
        this.far = far;
        this.tier = tier;
    }

    @Override
    public <T> @Nullable Sighting<T> look(String key, TypeRef<T> type, boolean alsoStale, Collection<String> tags) {
        return tier.look(key, type, alsoStale, tags);
    }

    @Override
    public <T> Map<String, @Nullable Sighting<T>> lookAll(
            Collection<String> keys, TypeRef<T> type, boolean alsoStale, Collection<String> tags) {
        return tier.lookAll(keys, type, alsoStale, tags);
    }

    @Override
    public boolean awaitChange(String key, long nanos) {
        return tier.awaitChange(key, nanos);
    }

    /** What changes the store changes what is near, whether or not an answer came. Where the others see no change, none is told. */
    private <R> R changing(String key, Supplier<R> change) {
        try {
            return change.get();
        } finally {
            tier.changed(key);
        }
    }

    private <R> R dropping(String key, Supplier<R> change) {
        try {
            return change.get();
        } finally {
            tier.drop(key);
        }
    }

    /** Only a lease that is given changes the store: were the others woken by each that is not, they would wake each other. */
    @Override
    public <T> LeaseAnswer<T> take(String key, TypeRef<T> type, Duration time, Collection<String> tags) {
        LeaseAnswer<T> answer = null;
        try {
            answer = far.take(key, type, time, tags);
            return answer;
        } finally {
            if (answer == null || answer instanceof LeaseAnswer.Granted) {
                tier.drop(key);
            }
        }
    }

    @Override
    public <T> Map<String, LeaseAnswer<T>> takeAll(
            Collection<String> keys, TypeRef<T> type, Duration time, Collection<String> tags) {
        Map<String, LeaseAnswer<T>> answers = Map.of();
        try {
            answers = far.takeAll(keys, type, time, tags);
            return answers;
        } finally {
            for (String key : keys) {
                LeaseAnswer<T> answer = answers.get(key);
                if (answer == null || answer instanceof LeaseAnswer.Granted) {
                    tier.drop(key);
                }
            }
        }
    }

    /** A value that is stored where none was is no change to others; one that is stored in the place of another is. */
    @Override
    public boolean fill(Lease lease, @Nullable Object value, Terms terms) {
        return lease.ofValue()
                ? changing(lease.key(), () -> far.fill(lease, value, terms))
                : dropping(lease.key(), () -> far.fill(lease, value, terms));
    }

    @Override
    public Set<Lease> fillAll(Collection<Fill> fills) {
        try {
            return far.fillAll(fills);
        } finally {
            for (Fill one : fills) {
                String key = one.lease().key();
                if (one.lease().ofValue() && one.terms() != null) {
                    tier.changed(key);
                } else {
                    tier.drop(key);
                }
            }
        }
    }

    @Override
    public boolean renew(Lease lease) {
        return far.renew(lease);
    }

    @Override
    public boolean release(Lease lease) {
        return dropping(lease.key(), () -> far.release(lease));
    }

    @Override
    public boolean fail(Lease lease, String failure, Duration time) {
        return dropping(lease.key(), () -> far.fail(lease, failure, time));
    }

    @Override
    public @Nullable Lease refresh(Sighting<?> seen, Duration time) {
        try {
            return far.refresh(seen, time);
        } finally {
            tier.drop(seen.key());
        }
    }

    @Override
    public boolean keep(Lease lease, Terms terms) {
        return dropping(lease.key(), () -> far.keep(lease, terms));
    }

    @Override
    public boolean rest(Lease lease, Duration time) {
        return dropping(lease.key(), () -> far.rest(lease, time));
    }

    @Override
    public Map<String, String> stamps(Collection<String> tags, Duration life) {
        return far.stamps(tags, life);
    }

    @Override
    public boolean setIfNewer(String key, @Nullable Object value, Terms terms) {
        return changing(key, () -> far.setIfNewer(key, value, terms));
    }

    @Override
    public Stamp beginWrite(String key, Duration time) {
        return changing(key, () -> far.beginWrite(key, time));
    }

    @Override
    public void endWrite(String key, Stamp write) {
        try {
            far.endWrite(key, write);
        } finally {
            tier.changed(key);
        }
    }
}
