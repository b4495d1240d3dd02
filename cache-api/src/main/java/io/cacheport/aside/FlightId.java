package io.cacheport.aside;

import io.cacheport.CacheServicePort;
import io.cacheport.TypeRef;
import org.jspecify.annotations.Nullable;

/** Which flight: cache by identity, key, and type, since one key may be read as two types. */
record FlightId(CacheServicePort cache, String key, TypeRef<?> type) {

    @Override
    @SuppressWarnings("ReferenceEquality") // two caches that are equal are still two caches
    public boolean equals(@Nullable Object other) {
        return other instanceof FlightId that && cache == that.cache && key.equals(that.key) && type.equals(that.type);
    }

    @Override
    public int hashCode() {
        return (System.identityHashCode(cache) * 31 + key.hashCode()) * 31 + type.hashCode();
    }
}
