package io.cacheport.key;

import io.cacheport.CacheServicePort;
import io.cacheport.Glob;
import io.cacheport.lease.Tags;
import io.cacheport.spi.CacheKeys;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A cache that takes the keys of declared {@link KeySpace}s and no others: a key that somebody has put together by hand is
 * an {@link IllegalArgumentException} at once, for every method and through {@link io.cacheport.aside} too, and so is a glob
 * that does not begin, word for word, with what the keys of one space begin with.
 *
 * <pre>{@code
 * CacheServicePort cache = DeclaredKeys.over(CacheServices.fromEnvironment(), ChatKeys.SESSION, KeySpace.of("user"));
 * Cache<UserId, User> users = Cache.named("user", User.class).over(cache);
 * cache.get("users:7", User.class); // key "users:7" belongs to no declared key space (chat:v1:session, user)
 * }</pre>
 *
 * <p>A {@link io.cacheport.aside.Cache} of a name needs the space of that name; with a tenant, {@code
 * KeySpace.of(name).tenant(tenant)} is enough. The keys of tags' entries pass, since to remove one is to invalidate the tag. {@code
 * clear} removes what is in the declared spaces, which costs a walk through the keys for each. All else is that of the cache
 * behind: leases, local reads, limited loads, statistics; {@code close} closes it.
 *
 * <p>It belongs in front of all other decorators, or at least of those that are not {@link
 * io.cacheport.spi.ForwardingCacheService}s, which the engine cannot ask about keys. Costs a comparison per key and space.
 * Thread-safe.
 *
 * @since 0.1
 */
public final class DeclaredKeys {

    private DeclaredKeys() {}

    /**
     * Lets only keys of these spaces through.
     *
     * @param spaces one or more
     */
    public static CacheServicePort over(CacheServicePort cache, KeySpace... spaces) {
        if (cache == null || spaces == null || Stream.of(spaces).anyMatch(space -> space == null)) {
            throw new IllegalArgumentException((cache == null ? "cache" : "a key space") + " is null");
        }
        if (spaces.length == 0) {
            throw new IllegalArgumentException("no key spaces: every key would be refused");
        }
        return MappedCache.of(cache, new Declared(List.of(spaces)));
    }

    /** Changes nothing, but lets not everything through. */
    private record Declared(List<KeySpace> spaces) implements KeyMapping {

        private boolean isOwned(String start) {
            for (KeySpace space : spaces) {
                if (space.owns(start)) {
                    return true;
                }
            }
            return false;
        }

        @Override
        public String key(String key) {
            if (!isOwned(CacheKeys.require(key)) && !key.startsWith(Tags.KEY_PREFIX)) {
                throw new IllegalArgumentException(
                        "key \"" + CacheKeys.shown(key) + "\" belongs to no declared key space " + names()
                                + ": declare its space, or have one make the key");
            }
            return key;
        }

        @Override
        public @Nullable String keyOrNull(@Nullable String key) {
            return key != null && isOwned(key) ? key : null;
        }

        @Override
        public String glob(String glob) {
            if (!isOwned(Glob.of(glob).literalPrefix())) {
                throw new IllegalArgumentException("glob \"" + CacheKeys.shown(glob)
                        + "\" reaches beyond the declared key spaces " + names() + ": have one make the pattern");
            }
            return glob;
        }

        private String names() {
            return spaces.stream().map(KeySpace::toString).collect(Collectors.joining(", ", "(", ")"));
        }

        @Override
        public String tag(String tag) {
            return tag;
        }

        @Override
        public String tagBack(String tag) {
            return tag;
        }

        @Override
        public long clear(CacheServicePort behind) {
            long removed = 0;
            for (KeySpace space : spaces) {
                removed += behind.flush(space.pattern());
            }
            return removed;
        }

        @Override
        public boolean closes() {
            return true;
        }

        @Override
        public String toString() {
            return "DeclaredKeys" + names();
        }
    }
}
