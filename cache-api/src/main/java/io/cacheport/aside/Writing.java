package io.cacheport.aside;

import io.cacheport.CacheException;
import io.cacheport.CacheServicePort;
import io.cacheport.lease.Leases;
import io.cacheport.lease.Terms;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Write-through by version. */
final class Writing {

    private Writing() {}

    static boolean putIfNewer(
            CacheServicePort cache, CachePolicy policy, String key, @Nullable Object value, long version) {
        Leases leases = CacheCalls.leasesOf(cache);
        Map<String, String> stamps = leases == null ? null : CacheCalls.stamps(leases, policy.tags(), policy);
        Terms terms = stamps == null ? null : policy.termsOf(value, null, Duration.ZERO, version, stamps);
        if (leases == null || terms == null || policy.hasLoaderTags()) {
            cache.del(key); // it is loaded anew
            return true;
        }
        try {
            return leases.setIfNewer(key, value, terms);
        } catch (CacheException notStored) {
            cache.del(key); // an older one must not stay
            return true;
        }
    }
}
