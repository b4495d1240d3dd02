package io.cacheport.session;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where sessions are kept beside the cache, such as a table of a database. Each method is one statement there; the store
 * reckons with its own clock. What a method throws reaches the caller of {@link Sessions} as it is.
 *
 * <pre>{@code
 * UPDATE session SET idle_until = now() + ?
 * WHERE name = ? AND idle_until > now() AND ends_at > now() RETURNING ...
 * }</pre>
 *
 * @param <T> what a session says
 * @since 0.1
 */
public interface SessionStore<T> {

    /**
     * Keeps a new session.
     *
     * @param name 43 characters made of the id, from which nobody can tell it
     * @param idle the session is over when it was not renewed for so long
     * @param life the session is over then in any case; {@link io.cacheport.CacheServicePort#MAX_TTL} if there is no end
     */
    void save(String name, T session, Duration idle, Duration life);

    /** Begins the idle time of a session anew and gives it; null, and nothing done, if there is none or it is over. */
    @Nullable
    T renew(String name, Duration idle);

    /**
     * Puts another session in the place of one, under a new name, with a new idle time and the rest of its life. In one step:
     * of two that replace the same only one may succeed.
     *
     * @return false, and nothing done, if there is none or it is over
     */
    boolean replace(String name, String newName, T session, Duration idle);

    /** Ends a session; nothing if there is none. */
    void remove(String name);
}
