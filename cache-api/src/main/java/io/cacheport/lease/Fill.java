package io.cacheport.lease;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * What to do with a lease of several.
 *
 * @param lease the lease
 * @param value what to store
 * @param ttl for how long; null to store nothing and release the lease
 * @since 0.1
 */
public record Fill(
        Lease lease, @Nullable Object value, @Nullable Duration ttl) {}
