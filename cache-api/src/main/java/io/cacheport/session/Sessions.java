package io.cacheport.session;

import io.cacheport.CacheServicePort;
import io.cacheport.TypeRef;
import io.cacheport.aside.Cache;
import io.cacheport.aside.CachePolicy;
import io.cacheport.aside.CacheWrite;
import io.cacheport.spi.CacheTtl;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Sessions of one kind, by random ids, that end when they are not used.
 *
 * <pre>{@code
 * Sessions<Login> sessions = Sessions.named("session", Login.class, Duration.ofHours(1))
 *         .atMost(Duration.ofDays(30))
 *         .over(cache);
 *
 * String id = sessions.create(new Login(userId)); // into a cookie: Secure, HttpOnly, SameSite
 * Login login = sessions.find(id);                // null: over, or never was
 * sessions.end(id);
 * }</pre>
 *
 * <p><b>Security.</b> An id is all that it takes to be somebody: send it over TLS only, and log it nowhere. The cache sees only
 * its SHA-256, so what is read there, or in a slow log, opens no session. {@link #rotate} at every login and change of rights,
 * so that an id that somebody planted before is worth nothing (session fixation). What a session says is stored as values are:
 * {@link Builder#sensitive} where nobody may read it.
 *
 * <p><b>In the cache alone</b> an eviction or a lost store ends a session; while the cache is away none is found, and those who
 * come are to log in again. <b>With a {@link SessionStore}</b> the store is written first, the cache keeps a session for a
 * quarter of the idle time and then renews it there, so that the store is asked four times in an idle time, and a session that
 * was used until a moment ago lives on there for three quarters of it at least, and one whose longest life is over is found for
 * a quarter of it at most. While the cache is away every find asks the store, as loads of {@link io.cacheport.aside} do, within
 * the load limit (A10).
 *
 * <p>What a session says does not change, but by {@link #rotate}: what does is better kept under a key of its own. Thread-safe;
 * made once and shared.
 *
 * @param <T> what a session says
 * @since 0.1
 */
public final class Sessions<T> {

    /** Longer than a statement of the store takes. */
    private static final Duration HOLD = Duration.ofSeconds(10);

    private final CacheServicePort cache;
    private final Cache<String, T> view;
    private final TypeRef<T> type;
    private final Duration idle;
    private final @Nullable Duration atMost;
    private final @Nullable SessionStore<T> store;

    private Sessions(Builder<T> builder, CacheServicePort cache, @Nullable SessionStore<T> store) {
        Duration ttl = store == null ? builder.idle : builder.idle.dividedBy(4);
        CachePolicy policy = CachePolicy.ttl(ttl).jitter(0);
        this.cache = cache;
        this.view = Cache.named(builder.name, builder.type)
                .policy(builder.sensitive ? policy.sensitive() : policy)
                .over(cache);
        this.type = builder.type;
        this.idle = builder.idle;
        this.atMost = builder.atMost;
        this.store = store;
    }

    /**
     * Begins sessions whose keys are {@code name:hash}.
     *
     * @param name as of a {@link Cache}: 1 to 64 letters, digits, dots, underscores or hyphens
     * @param idle a session is over when it was not found for so long; positive, at least 4 ms
     */
    public static <T> Builder<T> named(String name, Class<T> type, Duration idle) {
        return new Builder<>(name, TypeRef.of(type), idle, null, false);
    }

    /**
     * Begins a session and gives its id. One round trip, two if there is a longest life; where the cache is away and there is
     * no store, the id will find nothing.
     */
    public String create(T session) {
        required("session", session);
        String id = SessionIds.random();
        String name = SessionIds.nameOf(id);
        if (store != null) {
            store.save(name, session, idle, atMost == null ? CacheServicePort.MAX_TTL : atMost);
        } else if (atMost != null) {
            cache.set(lifeOf(name), null, atMost);
        }
        view.put(name, session);
        return id;
    }

    /**
     * The session of an id, whose idle time begins anew; null if there is none or it is over. Two round trips, and one if none
     * is found; with a store one, unless it has to be asked.
     */
    public @Nullable T find(String id) {
        String name = SessionIds.nameOf(id);
        if (store != null) {
            return cachedOrRenewed(store, name);
        }
        T session = atMost == null ? view.getIfPresent(name) : withinLife(name);
        if (session != null) {
            cache.expire(view.keyOf(name), idle);
        }
        return session;
    }

    private @Nullable T cachedOrRenewed(SessionStore<T> store, String name) {
        return view.get(name, known -> store.renew(known, idle));
    }

    private @Nullable T withinLife(String name) {
        String key = view.keyOf(name);
        String life = lifeOf(name);
        Map<String, @Nullable T> found = cache.getAll(List.of(key, life), type);
        return found.containsKey(life) ? found.get(key) : null;
    }

    /**
     * Ends a session and begins one in its place, which has the rest of its life; gives the new id. Null, and the old one does
     * not go on, if it was over, or somebody else was first, or the cache could not say and there is no store: log in again.
     */
    public @Nullable String rotate(String id, T session) {
        required("session", session);
        String old = SessionIds.nameOf(id);
        String newId = SessionIds.random();
        String name = SessionIds.nameOf(newId);
        if (store == null ? !moved(old, name) : !replaced(store, old, name, session)) {
            return null;
        }
        view.put(name, session);
        return newId;
    }

    /** Whoever removes it has it. */
    private boolean moved(String old, String name) {
        Duration life = atMost == null ? idle : cache.ttl(lifeOf(old)).orElse(null);
        if (!cache.del(view.keyOf(old)) || life == null) {
            return false;
        }
        if (atMost != null) {
            cache.set(lifeOf(name), null, life);
            cache.del(lifeOf(old));
        }
        return true;
    }

    @SuppressWarnings("try") // the write is there to be closed
    private boolean replaced(SessionStore<T> store, String old, String name, T session) {
        try (CacheWrite write = view.beginWrite(old, HOLD)) {
            return store.replace(old, name, session, idle);
        }
    }

    /** Ends a session, if it is there: for a logout. One round trip; with a store two. */
    @SuppressWarnings("try") // the write is there to be closed
    public void end(String id) {
        String name = SessionIds.nameOf(id);
        if (store == null) {
            cache.del(List.of(view.keyOf(name), lifeOf(name)));
            return;
        }
        try (CacheWrite write = view.beginWrite(name, HOLD)) {
            store.remove(name);
        }
    }

    /** The key of what is there while the longest life of a session lasts, and says nothing. */
    private String lifeOf(String name) {
        return view.keyOf(name) + ":life";
    }

    @Override
    public String toString() {
        return "Sessions[" + view + ", idle " + idle + (atMost == null ? "" : ", at most " + atMost)
                + (store == null ? "]" : ", with a store]");
    }

    private static <R> R required(String what, R value) {
        if (value == null) {
            throw new IllegalArgumentException(what + " is null");
        }
        return value;
    }

    /**
     * Collects what sessions are. Immutable; each method gives a changed copy.
     *
     * @param <T> what a session says
     */
    public static final class Builder<T> {

        private final String name;
        private final TypeRef<T> type;
        private final Duration idle;
        private final @Nullable Duration atMost;
        private final boolean sensitive;

        private Builder(String name, TypeRef<T> type, Duration idle, @Nullable Duration atMost, boolean sensitive) {
            if (CacheTtl.toMillis(idle) < 4) {
                throw new IllegalArgumentException("idle " + idle + " is less than 4 ms");
            }
            if (atMost != null && atMost.compareTo(idle) < 0) {
                throw new IllegalArgumentException("atMost " + atMost + " is less than idle " + idle);
            }
            this.name = name;
            this.type = type;
            this.idle = idle;
            this.atMost = atMost;
            this.sensitive = sensitive;
        }

        /** Ends a session so long after it began, however much it is used; at least the idle time. */
        public Builder<T> atMost(Duration life) {
            return new Builder<>(name, type, idle, required("life", life), sensitive);
        }

        /** Refuses a cache that would store what sessions say unencrypted: {@link CachePolicy#sensitive}. */
        public Builder<T> sensitive() {
            return new Builder<>(name, type, idle, atMost, true);
        }

        /** The sessions, in the cache alone. */
        public Sessions<T> over(CacheServicePort cache) {
            return new Sessions<>(this, required("cache", cache), null);
        }

        /** The sessions, in a store and before it the cache. */
        public Sessions<T> over(CacheServicePort cache, SessionStore<T> store) {
            return new Sessions<>(this, required("cache", cache), required("store", store));
        }
    }
}
