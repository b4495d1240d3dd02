package io.cacheport.lease;

import io.cacheport.TypeRef;
import io.cacheport.ValueEncodingException;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Gives and ends leases, by the rules L1 to L9 in {@link io.cacheport.lease}. The engine uses it after a lookup that
 * missed; over a cache that is no {@link LeasedCache}, a value loaded before an invalidation may be stored after it.
 *
 * <p>All methods throw {@link io.cacheport.CacheException} if the store cannot be asked (L9). None counts as a read.
 * Thread-safe.
 *
 * @since 0.1
 */
public interface Leases {

    /**
     * The key's lease, or what is there instead (L1, L7). One round trip; two where a value is in the way.
     *
     * @param time how long the lease lives, positive; a fraction of a millisecond rounds up
     */
    <T> LeaseAnswer<T> take(String key, TypeRef<T> type, Duration time);

    /**
     * Stores the value if the lease is live (L3 to L5, L8); whether it was. One round trip, a compare-and-set.
     *
     * @throws ValueEncodingException if the value cannot be encoded; the lease lives on
     */
    boolean fill(Lease lease, @Nullable Object value, Duration ttl);

    /** Lets a live lease live for its time from now on (L5); whether it was live. One round trip. */
    boolean renew(Lease lease);

    /** Ends the lease (L6); whether it was live. One round trip. */
    boolean release(Lease lease);
}
