package io.cacheport.lease;

import io.cacheport.TypeRef;
import io.cacheport.ValueEncodingException;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gives and ends leases, by the rules L1 to L9 in {@link io.cacheport.lease}. The engine uses it after a lookup that
 * missed; over a cache that is no {@link LeasedCache}, a value loaded before an invalidation may be stored after it.
 *
 * <p>Those for one key throw {@link io.cacheport.CacheException} if the store cannot be asked (L9), and count as no read.
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

    /**
     * For each key what {@link #take} would answer, and unlike it counted as a read of the key (P19). One round trip per node
     * and 500 keys for what is there, one more for what is not.
     *
     * @return in no order, without the keys that could not be asked, which are counted and logged and no exception
     */
    <T> Map<String, LeaseAnswer<T>> takeAll(Collection<String> keys, TypeRef<T> type, Duration time);

    /**
     * Fills several keys, or releases them where there is no TTL, each as {@link #fill} or {@link #release} would; what
     * cannot be stored is counted and logged, no exception. One round trip per node and 500 leases.
     *
     * @return the leases that were live
     */
    Set<Lease> fillAll(Collection<Fill> fills);

    /** Lets a live lease live for its time from now on (L5); whether it was live. One round trip. */
    boolean renew(Lease lease);

    /** Ends the lease (L6); whether it was live. One round trip. */
    boolean release(Lease lease);
}
