package io.cacheport.structure;

/**
 * A cache that keeps structures beside its values.
 *
 * @since 0.1
 */
public interface StructuredCache {

    /** Its structures, always the same; those of a strict view throw. */
    Structures structures();
}
