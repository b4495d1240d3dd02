package io.cacheport.lease;

import io.cacheport.TypeRef;
import io.cacheport.ValueEncodingException;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Gives and ends leases, by the rules L1 to L14 in {@link io.cacheport.lease}. The engine uses it after a lookup that
 * missed; over a cache that is no {@link LeasedCache}, a value loaded before an invalidation may be stored after it.
 *
 * <p>Those for one key throw {@link io.cacheport.CacheException} if the store cannot be asked (L9), and count as no read but
 * for {@link #look}. Thread-safe.
 *
 * @since 0.1
 */
public interface Leases extends Refreshes, Tags, OrderedWrites {

    /**
     * The key's lease, or what is there instead (L1, L7). One round trip; two where a value is in the way.
     *
     * @param time how long the lease lives, positive; a fraction of a millisecond rounds up
     * @param tags those that a value should have; one without is in the way like one of another type
     */
    <T> LeaseAnswer<T> take(String key, TypeRef<T> type, Duration time, Collection<String> tags);

    /** The same of a value with whatever tags. */
    default <T> LeaseAnswer<T> take(String key, TypeRef<T> type, Duration time) {
        return take(key, type, time, List.of());
    }

    /**
     * Stores the value if the lease is live (L3 to L5, L8, L10); whether it was. One round trip, a compare-and-set.
     *
     * @throws ValueEncodingException if the value cannot be encoded; the lease lives on
     */
    boolean fill(Lease lease, @Nullable Object value, Terms terms);

    /** The same with a TTL and nothing else. */
    default boolean fill(Lease lease, @Nullable Object value, Duration ttl) {
        return fill(lease, value, Terms.of(ttl));
    }

    /**
     * For each key what {@link #take} would answer. One round trip per node and 500 keys.
     *
     * @return in no order, without the keys that could not be asked, which are counted and logged and no exception
     */
    <T> Map<String, LeaseAnswer<T>> takeAll(
            Collection<String> keys, TypeRef<T> type, Duration time, Collection<String> tags);

    /** The same of values with whatever tags. */
    default <T> Map<String, LeaseAnswer<T>> takeAll(Collection<String> keys, TypeRef<T> type, Duration time) {
        return takeAll(keys, type, time, List.of());
    }

    /**
     * Fills several keys, or releases them where there are no terms, each as {@link #fill} or {@link #release} would; what
     * cannot be stored is counted and logged, no exception. One round trip per node and 500 leases.
     *
     * @return the leases that were live
     */
    Set<Lease> fillAll(Collection<Fill> fills);

    /** Lets a live lease live for its time from now on (L5); whether it was live. One round trip. */
    boolean renew(Lease lease);

    /** Ends the lease (L6); whether it was live. One round trip. */
    boolean release(Lease lease);

    /**
     * Ends the lease and says for a time that the load has failed (L13); whether it was live. Not for a lease of a value. One
     * round trip.
     *
     * @param failure the class of what the loader threw; nothing that is nobody's business
     */
    boolean fail(Lease lease, String failure, Duration time);
}
