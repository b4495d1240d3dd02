package io.cacheport.examples.chat;

import io.cacheport.CacheServicePort;
import io.cacheport.aside.Cache;
import io.cacheport.aside.CachePolicy;
import io.cacheport.aside.CacheResult;
import io.cacheport.aside.CacheWrite;
import io.cacheport.key.ScopedCache;
import java.time.Duration;
import java.util.Collection;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Profiles, under {@code chat:v1:profile:user:{userId}}: kept for a day, and after five minutes loaded anew behind the reader. */
public final class Profiles {

    private static final Duration FRESH = Duration.ofMinutes(5);
    private static final CachePolicy POLICY =
            CachePolicy.ttl(FRESH).staleWhileRevalidate(Duration.ofDays(1).minus(FRESH));

    private final ChatRepository repository;
    private final Cache<Long, User> cache;

    Profiles(ChatRepository repository, CacheServicePort cache) {
        this.repository = repository;
        this.cache = Cache.named("profile", User.class)
                .policy(POLICY)
                .over(ScopedCache.over(cache, ChatKeys.CHAT), userId -> "user:" + userId);
    }

    /** One profile and where it is from. */
    public CacheResult<@Nullable User> of(long userId) {
        return cache.lookup(userId, repository::user);
    }

    /** Several profiles: those that are not in the cache come in one query. */
    public Map<Long, User> ofAll(Collection<Long> userIds) {
        return cache.getAll(userIds, repository::users);
    }

    /** The database first; nobody caches what was read before. */
    @SuppressWarnings("try") // the write is there to be closed
    public void changeStatus(long userId, String status) {
        try (CacheWrite write = cache.beginWrite(userId, Duration.ofSeconds(10))) {
            repository.changeStatus(userId, status);
        }
    }
}
