package io.cacheport.aside;

import io.cacheport.lease.Sighting;
import io.cacheport.lease.Tags;
import io.cacheport.spi.CacheTtl;
import java.time.Duration;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a loader knows of the load, and what it can say about the value. For one load, and the thread of that load.
 *
 * @param <V> the value
 * @since 0.1
 */
public final class LoadContext<V extends @Nullable Object> {

    private final CachePolicy policy;
    private final @Nullable Sighting<V> previous;

    private @Nullable Duration ttl;
    private @Nullable Long version;
    private final Set<String> tags = new LinkedHashSet<>();
    private boolean stored = true;
    private boolean modified = true;

    LoadContext(CachePolicy policy, @Nullable Sighting<V> previous) {
        this.policy = policy;
        this.previous = previous;
    }

    /**
     * The value there was, which a refresh is to replace, or null if there is none: for a question such as "if modified
     * since" to the source.
     */
    public @Nullable V previous() {
        return previous == null ? null : previous.value();
    }

    /**
     * Says that the source still has the {@link #previous} value, which then begins a new TTL without being sent again.
     *
     * @return that value, for the loader to return
     * @throws IllegalStateException if there is none
     */
    public V notModified() {
        if (previous == null || previous.value() == null) {
            throw new IllegalStateException("there is no previous value that could be unmodified");
        }
        modified = false;
        return previous.value();
    }

    /**
     * Says how long this value is fresh, in the place of the policy's TTL.
     *
     * @param ttl positive
     */
    public void ttl(Duration ttl) {
        CacheTtl.toMillis(ttl);
        this.ttl = ttl;
    }

    /** Says that this value is not to be stored. */
    public void doNotStore() {
        stored = false;
    }

    /** Says which version of the value this is, so that {@link Cache#put(Object, Object, long)} knows an older one. */
    public void version(long version) {
        this.version = version;
    }

    /**
     * Says which tags this value has beside the policy's.
     *
     * @throws IllegalStateException if the policy has no {@link CachePolicy#loaderTags}
     */
    public void tags(String... more) {
        if (!policy.hasLoaderTags()) {
            throw new IllegalStateException("tags " + Arrays.toString(more)
                    + " from a loader, of which the policy does not know: say loaderTags() there");
        }
        for (String tag : more) {
            Tags.keyOf(tag);
            tags.add(tag);
        }
        int all = tags.size() + policy.tags().size();
        if (all > Tags.MAX_TAGS) {
            throw new IllegalArgumentException(
                    all + " tags are more than the " + Tags.MAX_TAGS + " that a value can have");
        }
    }

    @Nullable
    Duration ttl() {
        return ttl;
    }

    @Nullable
    Long version() {
        return version;
    }

    Set<String> tags() {
        return tags;
    }

    boolean isStored() {
        return stored;
    }

    boolean isModified() {
        return modified;
    }

    @Override
    public String toString() {
        return "LoadContext[" + policy + (previous == null ? "" : ", with a previous value") + "]";
    }
}
