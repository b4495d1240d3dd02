package io.cacheport.aside;

import io.cacheport.CacheServicePort;
import io.cacheport.lease.Tags;
import io.cacheport.lease.Terms;
import io.cacheport.spi.CacheTtl;
import io.cacheport.spi.Confidential;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * How the values of one kind are cached. Immutable; each method gives a changed copy, and fails at once where two settings
 * contradict each other.
 *
 * <pre>{@code
 * CachePolicy.ttl(Duration.ofHours(1))
 *         .staleWhileRevalidate(Duration.ofMinutes(5))
 *         .staleIfError(Duration.ofHours(6))
 *         .negativeTtl(Duration.ofSeconds(30))
 * }</pre>
 *
 * <p>A value is <b>fresh</b> while its TTL runs. After that it is <b>stale</b> for as long as this policy says, and kept
 * for that: served at once while it is loaded anew in the background, or only when the loader fails.
 *
 * @since 0.1
 */
public final class CachePolicy {

    /** The jitter unless said otherwise: a TTL is shortened by up to a tenth. */
    public static final double DEFAULT_JITTER = 0.1;

    /** How long a loader that has failed rests unless said otherwise. */
    public static final Duration DEFAULT_RETRY_AFTER = Duration.ofSeconds(5);

    private final Duration ttl;
    private final @Nullable Duration negativeTtl;
    private final @Nullable Duration errorTtl;
    private final double jitter;
    private final Duration staleWhileRevalidate;
    private final Duration staleIfError;
    private final @Nullable Duration retryAfter;
    private final @Nullable Duration softTimeout;
    private final @Nullable Duration hardTimeout;
    private final @Nullable EarlyRefresh earlyRefresh;
    private final List<String> tags;
    private final boolean loaderTags;
    private final boolean sensitive;

    /** A policy as it is made. */
    private static final class Draft {
        Duration ttl;

        @Nullable
        Duration negativeTtl;

        @Nullable
        Duration errorTtl;

        double jitter = DEFAULT_JITTER;
        Duration staleWhileRevalidate = Duration.ZERO;
        Duration staleIfError = Duration.ZERO;

        @Nullable
        Duration retryAfter;

        @Nullable
        Duration softTimeout;

        @Nullable
        Duration hardTimeout;

        @Nullable
        EarlyRefresh earlyRefresh;

        List<String> tags = List.of();
        boolean loaderTags;
        boolean sensitive;

        Draft(Duration ttl) {
            this.ttl = ttl;
        }
    }

    private CachePolicy(Draft draft) {
        this.ttl = draft.ttl;
        this.negativeTtl = draft.negativeTtl;
        this.errorTtl = draft.errorTtl;
        this.jitter = draft.jitter;
        this.staleWhileRevalidate = draft.staleWhileRevalidate;
        this.staleIfError = draft.staleIfError;
        this.retryAfter = draft.retryAfter;
        this.softTimeout = draft.softTimeout;
        this.hardTimeout = draft.hardTimeout;
        this.earlyRefresh = draft.earlyRefresh;
        this.tags = draft.tags;
        this.loaderTags = draft.loaderTags;
        this.sensitive = draft.sensitive;
        if (softTimeout != null && hardTimeout != null && softTimeout.compareTo(hardTimeout) >= 0) {
            throw new IllegalArgumentException(
                    "softTimeout " + softTimeout + " is not below hardTimeout " + hardTimeout);
        }
        if (tags.size() > Tags.MAX_TAGS) {
            throw new IllegalArgumentException(
                    tags.size() + " tags are more than the " + Tags.MAX_TAGS + " that a value can have");
        }
    }

    private Draft draft() {
        Draft draft = new Draft(ttl);
        draft.negativeTtl = negativeTtl;
        draft.errorTtl = errorTtl;
        draft.jitter = jitter;
        draft.staleWhileRevalidate = staleWhileRevalidate;
        draft.staleIfError = staleIfError;
        draft.retryAfter = retryAfter;
        draft.softTimeout = softTimeout;
        draft.hardTimeout = hardTimeout;
        draft.earlyRefresh = earlyRefresh;
        draft.tags = tags;
        draft.loaderTags = loaderTags;
        draft.sensitive = sensitive;
        return draft;
    }

    /**
     * Values live this long at most; nulls are not cached; the jitter is {@value #DEFAULT_JITTER}.
     *
     * @param ttl how long a value is fresh, positive
     */
    public static CachePolicy ttl(Duration ttl) {
        CacheTtl.toMillis(ttl);
        return new CachePolicy(new Draft(ttl));
    }

    /**
     * This policy, with nulls cached. They are never served stale.
     *
     * @param negativeTtl how long the answer "there is none" is served, positive
     */
    public CachePolicy negativeTtl(Duration negativeTtl) {
        Draft draft = draft();
        draft.negativeTtl = positive("negativeTtl", negativeTtl);
        return new CachePolicy(draft);
    }

    /**
     * This policy, with failed loads remembered: until the time is over, callers in every process get a {@link
     * LoadFailedException} at once where there is no stale value, and the loader is not called.
     *
     * @param errorTtl for how long, positive
     */
    public CachePolicy errorTtl(Duration errorTtl) {
        Draft draft = draft();
        draft.errorTtl = positive("errorTtl", errorTtl);
        return new CachePolicy(draft);
    }

    /**
     * This policy, with each TTL shortened by a random part, so that what was stored at once does not expire at once. It
     * only shortens: the TTL stays the longest that a value is fresh.
     *
     * @param jitter the largest part, from 0, for none, to 1
     */
    public CachePolicy jitter(double jitter) {
        if (!(jitter >= 0 && jitter <= 1)) {
            throw new IllegalArgumentException("jitter " + jitter + " is not from 0 to 1");
        }
        Draft draft = draft();
        draft.jitter = jitter;
        return new CachePolicy(draft);
    }

    /**
     * This policy, with a value served at once for so long after its TTL while it is loaded anew in the background, by one
     * caller of all processes. Later it is loaded while its caller waits.
     *
     * @param stale for how long, positive
     */
    public CachePolicy staleWhileRevalidate(Duration stale) {
        Draft draft = draft();
        draft.staleWhileRevalidate = positive("staleWhileRevalidate", stale);
        return new CachePolicy(draft);
    }

    /**
     * This policy, with a value kept for so long after its TTL and served when the loader fails. Then it is not called again
     * for {@link #retryAfter}, by any process. What was removed or invalidated is not served.
     *
     * @param stale for how long, positive
     */
    public CachePolicy staleIfError(Duration stale) {
        Draft draft = draft();
        draft.staleIfError = positive("staleIfError", stale);
        return new CachePolicy(draft);
    }

    /**
     * This policy, with another rest for a loader that has failed while there is a stale value; five seconds unless said.
     *
     * @param rest for how long, positive; it needs stale values
     */
    public CachePolicy retryAfter(Duration rest) {
        Draft draft = draft();
        draft.retryAfter = positive("retryAfter", rest);
        if (!servesStale()) {
            throw new IllegalArgumentException(
                    "retryAfter " + rest
                            + " without stale values, staleWhileRevalidate or staleIfError: there is nothing to serve meanwhile");
        }
        return new CachePolicy(draft);
    }

    /**
     * This policy, with a stale value served when the load of a newer one takes longer; the load goes on, and what it finds
     * is stored. Loads run on another thread then.
     *
     * @param timeout how long a caller waits, positive; it needs {@link #staleIfError}
     */
    public CachePolicy softTimeout(Duration timeout) {
        Draft draft = draft();
        draft.softTimeout = positive("softTimeout", timeout);
        if (staleIfError.isZero()) {
            throw new IllegalArgumentException(
                    "softTimeout " + timeout + " without staleIfError: there is no value to serve then");
        }
        return new CachePolicy(draft);
    }

    /**
     * This policy, with a {@link LoadTimeoutException} for a caller who would wait longer, in all that the call waits for;
     * one command to the cache is waited for in any case. The load goes on, and what it finds is stored. Loads run on
     * another thread then.
     *
     * @param timeout how long a caller waits, positive
     */
    public CachePolicy hardTimeout(Duration timeout) {
        Draft draft = draft();
        draft.hardTimeout = positive("hardTimeout", timeout);
        return new CachePolicy(draft);
    }

    /**
     * This policy, with values loaded anew in the background before their TTL ends, the more probably the closer the end is
     * and the longer a load takes, so that a value in demand does not expire. After "Optimal Probabilistic Cache Stampede
     * Prevention" (Vattani, Chierichetti and Lowenstein, VLDB 2015).
     *
     * @param beta how early, positive; 1 is what the paper finds best
     */
    public CachePolicy earlyRefresh(double beta) {
        Draft draft = draft();
        draft.earlyRefresh = new EarlyRefresh.Probabilistic(beta);
        return new CachePolicy(draft);
    }

    /**
     * This policy, with a value that is asked for loaded anew in the background once so much of its TTL is over.
     *
     * @param part between 0 and 1
     */
    public CachePolicy earlyRefreshAt(double part) {
        Draft draft = draft();
        draft.earlyRefresh = new EarlyRefresh.At(part);
        return new CachePolicy(draft);
    }

    /**
     * This policy, with its values tagged: {@link CacheAside#invalidateTag} invalidates all values of a tag at once. A read
     * asks for the tags together with the value; a miss costs one more round trip.
     *
     * @param tags beside those there are, each at most {@value Tags#MAX_BYTES} bytes of UTF-8, in all at most {@value
     *     Tags#MAX_TAGS}
     */
    public CachePolicy tags(String... tags) {
        Draft draft = draft();
        Set<String> all = new LinkedHashSet<>(this.tags);
        for (String tag : tags) {
            Tags.keyOf(tag);
            all.add(tag);
        }
        draft.tags = List.copyOf(all);
        return new CachePolicy(draft);
    }

    /**
     * This policy, with tags that only the loader knows ({@link LoadContext#tags}). A read of such a value costs one more
     * round trip; and a value is not stored if any tag at all was invalidated while it was loaded. A loader without a context,
     * such as that of {@link Cache#getAll}, can say none.
     */
    public CachePolicy loaderTags() {
        Draft draft = draft();
        draft.loaderTags = true;
        return new CachePolicy(draft);
    }

    /**
     * This policy, for data that nobody may read in the store: a cache that would store it unencrypted is refused with an
     * {@link IllegalArgumentException}, when a {@link Cache} is made over it or {@code withCache} is called with it. A cache in
     * this process's memory is no such store; on Redis the codec has to encrypt. Keys and tags are never hidden: put
     * nothing sensitive into them.
     */
    public CachePolicy sensitive() {
        Draft draft = draft();
        draft.sensitive = true;
        return new CachePolicy(draft);
    }

    private static Duration positive(String name, Duration time) {
        if (time == null || time.isNegative() || time.isZero()) {
            throw new IllegalArgumentException(name + " " + time + " is not positive");
        }
        return time;
    }

    /** How long a value is fresh at most. */
    public Duration ttl() {
        return ttl;
    }

    /** How long a null is served at most, or null if it is not cached. */
    public @Nullable Duration negativeTtl() {
        return negativeTtl;
    }

    /** How long a failed load is remembered, or null if it is not. */
    public @Nullable Duration errorTtl() {
        return errorTtl;
    }

    /** The largest part by which a TTL is shortened. */
    public double jitter() {
        return jitter;
    }

    /** How long after its TTL a value is served while it is refreshed; zero for not at all. */
    public Duration staleWhileRevalidate() {
        return staleWhileRevalidate;
    }

    /** How long after its TTL a value is served when the loader fails; zero for not at all. */
    public Duration staleIfError() {
        return staleIfError;
    }

    /** How long a loader that has failed rests while there is a stale value. */
    public Duration retryAfter() {
        return retryAfter == null ? DEFAULT_RETRY_AFTER : retryAfter;
    }

    /** How long a caller waits who has a stale value, or null if to the end. */
    public @Nullable Duration softTimeout() {
        return softTimeout;
    }

    /** How long a caller waits at all, or null if to the end. */
    public @Nullable Duration hardTimeout() {
        return hardTimeout;
    }

    /** The tags of every value. */
    public List<String> tags() {
        return tags;
    }

    /** Whether only a cache that keeps its values from whoever reads its store may have them. */
    public boolean isSensitive() {
        return sensitive;
    }

    /** Refuses a cache that is not for such values. */
    void requireAllows(CacheServicePort cache) {
        if (sensitive && !Confidential.is(cache)) {
            throw new IllegalArgumentException(cache
                    + " stores values unencrypted, or does not say, and the policy has sensitive(): give the cache a codec"
                    + " that encrypts, such as JsonCodec.create().encrypted(keys)");
        }
    }

    boolean hasLoaderTags() {
        return loaderTags;
    }

    boolean isTagged() {
        return loaderTags || !tags.isEmpty();
    }

    boolean isTimed() {
        return softTimeout != null || hardTimeout != null;
    }

    boolean servesStale() {
        return !staleWhileRevalidate.isZero() || !staleIfError.isZero();
    }

    /** Whether stale values and ages matter to it. */
    boolean looksAtAges() {
        return servesStale() || earlyRefresh != null;
    }

    /** Whether a value is there for a caller who does not know more of it. */
    boolean isPlain() {
        return !looksAtAges() && tags.isEmpty();
    }

    /** Whether a value that is fresh for so long yet, of that age, is to be refreshed now. */
    boolean isDue(Duration freshFor, Duration age, Duration loadTime) {
        return earlyRefresh != null
                && earlyRefresh.isDue(freshFor, age, loadTime, Time.here().random());
    }

    /** For a value about to be stored: its TTL less a random part, or null if it is not stored. */
    @Nullable
    Duration ttlOf(@Nullable Object value) {
        return jittered(value == null ? negativeTtl : ttl);
    }

    private @Nullable Duration jittered(@Nullable Duration full) {
        return full == null || jitter == 0
                ? full
                : shortened(full, jitter * Time.here().random());
    }

    private static Duration shortened(Duration full, double part) {
        long millis = CacheTtl.toMillis(full);
        return Duration.ofMillis(Math.max(1, millis - (long) (millis * part)));
    }

    /**
     * On what terms a value is stored, or null if it is not.
     *
     * @param ttl the loader's choice; null for the policy's
     */
    @Nullable
    Terms termsOf(
            @Nullable Object value,
            @Nullable Duration ttl,
            Duration loadTime,
            @Nullable Long version,
            Map<String, String> stamps) {
        Duration fresh = ttl == null ? ttlOf(value) : jittered(ttl);
        if (fresh == null) {
            return null;
        }
        Duration stale = value == null ? Duration.ZERO : longer(staleWhileRevalidate, staleIfError);
        Duration kept = earlyRefresh == null ? Duration.ZERO : longer(loadTime, Duration.ofMillis(1));
        return new Terms(fresh, stale, kept, version, stamps);
    }

    /** How long the stamps of its tags have to be there: as long as a value can, and longer. */
    Duration lifeOfStamps() {
        Duration life = ttl.plus(longer(staleWhileRevalidate, staleIfError)).multipliedBy(2);
        return longer(life, Duration.ofMinutes(1));
    }

    private static Duration longer(Duration one, Duration other) {
        return one.compareTo(other) >= 0 ? one : other;
    }

    private List<Object> settings() {
        List<Object> all = new ArrayList<>();
        Collections.addAll(
                all,
                ttl,
                negativeTtl,
                errorTtl,
                jitter,
                staleWhileRevalidate,
                staleIfError,
                retryAfter,
                softTimeout,
                hardTimeout,
                earlyRefresh,
                tags,
                loaderTags,
                sensitive);
        return all;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof CachePolicy that && settings().equals(that.settings());
    }

    @Override
    public int hashCode() {
        return settings().hashCode();
    }

    @Override
    public String toString() {
        StringJoiner text = new StringJoiner(", ", "CachePolicy[", "]").add("ttl " + ttl);
        add(text, "negativeTtl", negativeTtl);
        add(text, "errorTtl", errorTtl);
        text.add("jitter " + jitter);
        add(text, "staleWhileRevalidate", staleWhileRevalidate.isZero() ? null : staleWhileRevalidate);
        add(text, "staleIfError", staleIfError.isZero() ? null : staleIfError);
        add(text, "retryAfter", retryAfter);
        add(text, "softTimeout", softTimeout);
        add(text, "hardTimeout", hardTimeout);
        add(text, "earlyRefresh", earlyRefresh);
        add(text, "tags", tags.isEmpty() ? null : tags);
        if (loaderTags) {
            text.add("loaderTags");
        }
        if (sensitive) {
            text.add("sensitive");
        }
        return text.toString();
    }

    private static void add(StringJoiner text, String name, @Nullable Object setting) {
        if (setting != null) {
            text.add(name + " " + setting);
        }
    }
}
