package io.cacheport.lease;

import org.jspecify.annotations.Nullable;

/**
 * What to do with a lease of several.
 *
 * @param lease the lease
 * @param value what to store
 * @param terms on what terms; null to store nothing and release the lease
 * @since 0.1
 */
public record Fill(
        Lease lease, @Nullable Object value, @Nullable Terms terms) {}
