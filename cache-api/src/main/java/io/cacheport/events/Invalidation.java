package io.cacheport.events;

import io.cacheport.CacheServicePort;
import io.cacheport.Glob;
import io.cacheport.aside.CacheAside;
import io.cacheport.lease.Tags;
import io.cacheport.spi.CacheKeys;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What an event makes old: keys, patterns and tags. Immutable.
 *
 * <pre>{@code
 * Invalidation.keys("event:7", "analytics:7").andPatterns("event:list:*").andTags("org:3")
 * }</pre>
 *
 * <p>A key costs next to nothing. A tag costs two round trips, however many values have it. A pattern walks all keys of the
 * store: where events are frequent, prefer tags.
 *
 * @since 0.1
 */
public final class Invalidation {

    private static final Invalidation NONE = new Invalidation(Set.of(), Set.of(), Set.of());

    private final Set<String> keys;
    private final Set<String> patterns;
    private final Set<String> tags;

    private Invalidation(Set<String> keys, Set<String> patterns, Set<String> tags) {
        this.keys = keys;
        this.patterns = patterns;
        this.tags = tags;
    }

    /** Nothing. */
    public static Invalidation none() {
        return NONE;
    }

    /**
     * Entries under these keys.
     *
     * @throws IllegalArgumentException if one breaks the rule (P24)
     */
    public static Invalidation keys(String... keys) {
        return NONE.andKeys(keys);
    }

    /**
     * Entries whose key matches one of these, in Redis' grammar; text that did not come from the program belongs through
     * {@link Glob#escape}.
     *
     * @throws IllegalArgumentException if one breaks the rule (P24)
     */
    public static Invalidation patterns(String... globs) {
        return NONE.andPatterns(globs);
    }

    /**
     * Values with one of these tags.
     *
     * @throws IllegalArgumentException if one is blank or too long
     */
    public static Invalidation tags(String... tags) {
        return NONE.andTags(tags);
    }

    /** And these keys. */
    public Invalidation andKeys(String... more) {
        return new Invalidation(with(keys, "keys", more, CacheKeys::require), patterns, tags);
    }

    /** And these patterns. */
    public Invalidation andPatterns(String... more) {
        return new Invalidation(keys, with(patterns, "patterns", more, CacheKeys::requireGlob), tags);
    }

    /** And these tags. */
    public Invalidation andTags(String... more) {
        return new Invalidation(keys, patterns, with(tags, "tags", more, Tags::keyOf));
    }

    private static Set<String> with(Set<String> there, String what, String[] more, Consumer<String> require) {
        if (more == null) {
            throw new IllegalArgumentException(what + " are null");
        }
        Set<String> all = new LinkedHashSet<>(there);
        for (String one : more) {
            require.accept(one);
            all.add(one);
        }
        return all;
    }

    /** Removes it all there. Everything is tried, though a part fails; then the first failure is thrown. */
    void applyTo(CacheServicePort cache) {
        Attempts attempts = new Attempts();
        if (!keys.isEmpty()) {
            attempts.of(() -> cache.del(keys));
        }
        for (String pattern : patterns) {
            attempts.of(() -> cache.flush(pattern));
        }
        for (String tag : tags) {
            attempts.of(() -> CacheAside.invalidateTag(cache, tag));
        }
        attempts.orThrow();
    }

    private static final class Attempts {

        private @Nullable RuntimeException first;

        void of(Runnable removal) {
            try {
                removal.run();
            } catch (RuntimeException failure) {
                first = first == null ? failure : first;
            }
        }

        void orThrow() {
            if (first != null) {
                throw first;
            }
        }
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Invalidation that
                && keys.equals(that.keys)
                && patterns.equals(that.patterns)
                && tags.equals(that.tags);
    }

    @Override
    public int hashCode() {
        return (keys.hashCode() * 31 + patterns.hashCode()) * 31 + tags.hashCode();
    }

    @Override
    public String toString() {
        return "Invalidation[" + keys.size() + " keys, " + patterns.size() + " patterns, " + tags.size() + " tags]";
    }
}
