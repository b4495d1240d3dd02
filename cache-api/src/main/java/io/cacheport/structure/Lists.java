package io.cacheport.structure;

import io.cacheport.TypeRef;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Values in order under one key (S5): messages for a user who is away, the latest searches.
 *
 * <p>{@code values} go in one after the other, so the last of several that are pushed on the left is the leftmost.
 *
 * @since 0.1
 */
public interface Lists {

    /** Puts values at the left end of a list, which is made without an expiry; its length now, 0 if that failed. */
    long lpush(String key, List<?> values);

    /** As {@link #lpush(String, List)}; the TTL begins when the list is made (S2). */
    long lpush(String key, List<?> values, Duration ttl);

    /** Puts values at the right end of a list, which is made without an expiry; its length now, 0 if that failed. */
    long rpush(String key, List<?> values);

    /** As {@link #rpush(String, List)}; the TTL begins when the list is made (S2). */
    long rpush(String key, List<?> values, Duration ttl);

    /** Takes the value at the left end, or null if there is none. */
    default <T> @Nullable T lpop(String key, Class<T> type) {
        return lpop(key, TypeRef.of(type));
    }

    /** Takes the value at the left end, or null if there is none. */
    <T> @Nullable T lpop(String key, TypeRef<T> type);

    /** Takes the value at the right end, or null if there is none. */
    default <T> @Nullable T rpop(String key, Class<T> type) {
        return rpop(key, TypeRef.of(type));
    }

    /** Takes the value at the right end, or null if there is none. */
    <T> @Nullable T rpop(String key, TypeRef<T> type);

    /** The values from one place to another, both included (S5): {@code 0, -1} is all. The list is the caller's. */
    default <T> List<T> lrange(String key, long from, long to, Class<T> type) {
        return lrange(key, from, to, TypeRef.of(type));
    }

    /** The values from one place to another, both included (S5): {@code 0, -1} is all. The list is the caller's. */
    <T> List<T> lrange(String key, long from, long to, TypeRef<T> type);

    /** How many values there are. */
    long llen(String key);
}
