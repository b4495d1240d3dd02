package io.cacheport.tiered;

import io.cacheport.lease.Sighting;
import org.jspecify.annotations.Nullable;

/**
 * What was seen in the store, and what is needed to keep a copy of it.
 *
 * @param seen the value, with what remains of its TTL
 * @param askedAt a time before the store was asked, on {@link System#nanoTime}'s clock: the TTL is counted from there
 * @param proof of what was heard of the key since before the store was asked; null if it is not to be copied
 * @since 0.1
 */
public record Copy<T>(
        Sighting<T> seen, long askedAt, @Nullable Proof proof) {}
