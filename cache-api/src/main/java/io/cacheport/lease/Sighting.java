package io.cacheport.lease;

import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A value, and what was seen beside it.
 *
 * @param key its key
 * @param value the value, which may be a cached null
 * @param freshFor what remains of its TTL; zero or negative for a stale one, null if that was not asked for
 * @param age how long ago it was stored, null if not known
 * @param loadTime how long it took to load, zero if not known
 * @param leased whether it is being refreshed, by anyone, or rests
 * @param resting whether a refresh of it has failed and is not to be tried again yet (L11)
 * @param stamp which act of storing it is from; null for one that cannot be leased: it was stored with a TTL and nothing else
 * @param tags the stamps that its tags had before it was loaded, by tag (L12)
 * @param local whether it was in the memory of this process
 * @since 0.1
 */
public record Sighting<T>(
        String key,
        @Nullable T value,
        @Nullable Duration freshFor,
        @Nullable Duration age,
        Duration loadTime,
        boolean leased,
        boolean resting,
        @Nullable Stamp stamp,
        Map<String, String> tags,
        boolean local) {

    /** One that was stored with a TTL and nothing else. */
    public static <T> Sighting<T> plain(String key, @Nullable T value, @Nullable Duration freshFor, boolean local) {
        return new Sighting<>(key, value, freshFor, null, Duration.ZERO, false, false, null, Map.of(), local);
    }

    /** Whether its TTL has passed. */
    public boolean isStale() {
        return freshFor != null && (freshFor.isNegative() || freshFor.isZero());
    }
}
