package io.cacheport.inmemory;

import io.cacheport.lease.Lease;
import io.cacheport.lease.Stamp;
import io.cacheport.lease.Terms;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a value was stored with beside its TTL.
 *
 * @param terms as given
 * @param stampsByKey the stamps of its tags, by the keys of their entries
 * @param stamp which act of storing it is from
 * @param storedAt when
 * @param freshUntil when it becomes stale
 * @param lease who refreshes it; null if nobody does
 * @param resting whether that is nobody, for a time
 * @param leasedUntil when that ends
 */
record Beside(
        Terms terms,
        Map<String, String> stampsByKey,
        Stamp stamp,
        long storedAt,
        long freshUntil,
        @Nullable Lease lease,
        boolean resting,
        long leasedUntil) {

    Beside leased(@Nullable Lease to, boolean rests, long until) {
        return new Beside(terms, stampsByKey, stamp, storedAt, freshUntil, to, rests, until);
    }

    /** As if stored then on these terms, but for tags and version. */
    Beside kept(Terms onTerms, long now, long fresh) {
        Terms kept = new Terms(onTerms.fresh(), onTerms.stale(), onTerms.loadTime(), terms.version(), terms.tags());
        return new Beside(kept, stampsByKey, Stamp.next(), now, now + fresh, null, false, 0);
    }
}
