package io.cacheport.examples.chat;

import io.cacheport.CacheServicePort;
import io.cacheport.key.KeySpace;
import io.cacheport.structure.Structures;
import java.time.Duration;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** Who is online, and who is typing: entries that end by themselves. While the cache is away nobody seems to be. */
public final class Presence {

    private static final Duration ONLINE = Duration.ofSeconds(30);
    private static final Duration TYPING = Duration.ofSeconds(5);

    private final CacheServicePort cache;
    private final Structures structures;

    Presence(CacheServicePort cache) {
        this.cache = cache;
        this.structures = Structures.of(cache);
    }

    /** Every ten seconds or so from each client: 30 s after the last one a user is away. */
    public void heartbeat(long userId) {
        String key = ChatKeys.PRESENCE.key(userId);
        if (structures.touch(List.of(key), ONLINE).isEmpty()) {
            cache.set(key, true, ONLINE);
        }
    }

    /** A user leaves. */
    public void leave(long userId) {
        cache.del(ChatKeys.PRESENCE.key(userId));
    }

    /** Those of the users who are online. */
    public Set<Long> online(Collection<Long> userIds) {
        return marked(ChatKeys.PRESENCE, userIds);
    }

    /** A user typed something into a conversation a moment ago. */
    public void typing(long userId, long conversationId) {
        cache.set(ChatKeys.TYPING.key(conversationId, userId), true, TYPING);
    }

    /** Those of the members who are typing. */
    public Set<Long> typing(long conversationId, Collection<Long> members) {
        return marked(ChatKeys.TYPING.in(conversationId), members);
    }

    private Set<Long> marked(KeySpace space, Collection<Long> userIds) {
        Map<String, Long> byKey =
                userIds.stream().distinct().collect(Collectors.toMap(userId -> space.key(userId), userId -> userId));
        return cache.getAll(byKey.keySet(), Boolean.class).keySet().stream()
                .map(byKey::get)
                .collect(Collectors.toCollection(LinkedHashSet::new));
    }
}
