package io.cacheport.key;

import io.cacheport.CacheServicePort;
import io.cacheport.lease.Tags;
import io.cacheport.spi.CacheKeys;
import org.jspecify.annotations.Nullable;

/**
 * A part of a cache, most of all that of one tenant, as a cache of its own. Whoever is given it can neither read nor change
 * what lies outside: every key gets what the keys of the {@link KeySpace} begin with, so a key without its tenant cannot be
 * written.
 *
 * <pre>{@code
 * CacheServicePort mine = ScopedCache.over(cache, KeySpace.of("catalog").tenant(tenantId));
 * mine.set("packages", packages, ttl); // catalog:t1:packages
 * mine.flush("pack*");                 // of this tenant
 * }</pre>
 *
 * <p>It keeps the rules P1 to P27, and L1 to L15 where the cache behind does; what that can do, it can. In particular:
 *
 * <ul>
 *   <li>Keys are taken as they are, without encoding: {@code mine.get("a:b")} reads what {@code space.key("a", "b")} names. A
 *       key that gets longer than {@link KeySpace#maxLength} ends in a hash like any of the space, and {@code flush} finds it
 *       by the whole leading segments that it keeps.
 *   <li>{@code flush} and {@code clear} reach this part only. They walk all keys of the store nevertheless.
 *   <li>Tags are the part's own: invalidating one leaves values of other tenants that have a tag of the same name.
 *   <li>Statistics are those of the cache behind, {@code keys} among them.
 *   <li>{@code close} does nothing: the cache behind is shared, and whoever opened it closes it.
 * </ul>
 *
 * <p>Costs no round trip, and per call the making of a key. Two views of the same part share entries and leases; callers
 * share a load in this process only through the same view, so one that is kept for each tenant serves better than one for
 * each request. Thread-safe.
 *
 * @since 0.1
 */
public final class ScopedCache {

    private ScopedCache() {}

    /** The part of the cache whose keys are those of the space. */
    public static CacheServicePort over(CacheServicePort cache, KeySpace space) {
        if (cache == null || space == null) {
            throw new IllegalArgumentException((cache == null ? "cache" : "key space") + " is null");
        }
        return MappedCache.of(cache, new Scope(space));
    }

    /** Puts the beginning in front. Nothing in it means anything in a glob. */
    private record Scope(KeySpace space) implements KeyMapping {

        @Override
        public String key(String key) {
            return within(CacheKeys.require(key));
        }

        @Override
        public @Nullable String keyOrNull(@Nullable String key) {
            return key == null || key.isBlank() ? null : within(key);
        }

        private String within(String key) {
            return key.startsWith(Tags.KEY_PREFIX)
                    ? Tags.KEY_PREFIX + shortened(key.substring(Tags.KEY_PREFIX.length()), Tags.MAX_BYTES)
                    : shortened(key, space.maxLength());
        }

        private String shortened(String text, int maxBytes) {
            return Segments.shorten(space.head() + text, space.separator(), maxBytes);
        }

        @Override
        public String glob(String glob) {
            return space.head() + CacheKeys.requireGlob(glob);
        }

        @Override
        public String tag(String tag) {
            Tags.keyOf(tag); // the rule for tags
            return shortened(tag, Tags.MAX_BYTES);
        }

        @Override
        public String tagBack(String tag) {
            return space.owns(tag) ? tag.substring(space.head().length()) : tag;
        }

        @Override
        public long clear(CacheServicePort behind) {
            return behind.flush(space.pattern());
        }

        @Override
        public boolean closes() {
            return false;
        }

        @Override
        public String toString() {
            return "Scoped[" + space + "]";
        }
    }
}
