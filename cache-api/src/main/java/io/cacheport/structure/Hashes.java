package io.cacheport.structure;

import io.cacheport.TypeRef;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Values by field under one key (S4): the parts of a profile, who is in a room and since when.
 *
 * @since 0.1
 */
public interface Hashes {

    /** The field's value, or null if there is none. */
    default <T> @Nullable T hget(String key, String field, Class<T> type) {
        return hget(key, field, TypeRef.of(type));
    }

    /** The field's value, or null if there is none. */
    <T> @Nullable T hget(String key, String field, TypeRef<T> type);

    /** All fields and their values, in no order; the map is the caller's. Takes as long as the hash is large. */
    default <T> Map<String, T> hgetall(String key, Class<T> type) {
        return hgetall(key, TypeRef.of(type));
    }

    /** All fields and their values, in no order; the map is the caller's. Takes as long as the hash is large. */
    <T> Map<String, T> hgetall(String key, TypeRef<T> type);

    /** Sets a field of a hash, which is made without an expiry; true if the field is new. */
    default boolean hset(String key, String field, Object value) {
        return hset(key, Elements.field(field, value)) == 1;
    }

    /** Sets fields of a hash, which is made without an expiry; how many are new. */
    long hset(String key, Map<String, ?> values);

    /** As {@link #hset(String, Map)}; the TTL begins when the hash is made (S2). */
    long hset(String key, Map<String, ?> values, Duration ttl);

    /** Removes fields; how many there were. */
    long hdel(String key, Collection<String> fields);
}
