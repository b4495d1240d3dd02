package io.cacheport.examples.chat;

import io.cacheport.CacheServicePort;
import io.cacheport.guard.CircuitState;
import io.cacheport.guard.GuardedCache;
import io.cacheport.key.ScopedCache;
import io.cacheport.limit.Decision;
import io.cacheport.limit.RateLimit;
import io.cacheport.lock.LockOptions;
import io.cacheport.lock.LockResult.Done;
import io.cacheport.lock.Locks;
import io.cacheport.session.Sessions;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.Set;

/** The chat. Thread-safe. */
public final class ChatService {

    private static final int MESSAGES_A_MINUTE = 20;
    private static final LockOptions OPENING =
            LockOptions.lease(Duration.ofSeconds(30)).waitAtMost(Duration.ofSeconds(2));

    private final CacheServicePort cache;
    private final ChatRepository repository;
    private final Sessions<Login> sessions;
    private final RateLimit sending;
    private final Locks locks;
    private final Profiles profiles;
    private final Presence presence;
    private final Inbox inbox;

    /** The chat of a database, before which there is a cache. */
    public ChatService(ChatRepository repository, LoginRepository logins, CacheServicePort cache) {
        this.cache = cache;
        this.repository = repository;
        this.sessions = Sessions.named("session", Login.class, Duration.ofHours(1))
                .atMost(Duration.ofDays(30))
                .over(ScopedCache.over(cache, ChatKeys.CHAT), logins);
        this.sending = RateLimit.of(cache).allow(MESSAGES_A_MINUTE).per(Duration.ofMinutes(1));
        this.locks = Locks.of(cache);
        this.profiles = new Profiles(repository, cache);
        this.presence = new Presence(cache);
        this.inbox = new Inbox(cache, repository);
    }

    /** Sessions, of which a user has one for each device. */
    public Sessions<Login> sessions() {
        return sessions;
    }

    /** Who the users are. */
    public Profiles profiles() {
        return profiles;
    }

    /** Who is there. */
    public Presence presence() {
        return presence;
    }

    /** What waits to be read. */
    public Inbox inbox() {
        return inbox;
    }

    /** A user comes online; what was sent to him meanwhile. */
    public List<Message> connect(long userId) {
        presence.heartbeat(userId);
        return inbox.drain(userId);
    }

    /**
     * The direct conversation of two users, made if there is none. The lock keeps many from making it at once; the database
     * keeps it one, also where there is no lock to be had.
     */
    public long openDirect(long one, long other) {
        OptionalLong known = repository.directConversation(one, other);
        if (known.isPresent()) {
            return known.getAsLong();
        }
        String name = "chat:direct:" + ChatRepository.directName(one, other);
        return locks.tryWithLock(name, OPENING, lock -> findOrMake(one, other)) instanceof Done<Long> done
                ? done.value()
                : findOrMake(one, other);
    }

    private long findOrMake(long one, long other) {
        OptionalLong known = repository.directConversation(one, other);
        OptionalLong made = known.isPresent() ? known : repository.addDirectConversation(one, other);
        return made.orElseGet(() -> repository.directConversation(one, other).orElseThrow());
    }

    /**
     * Sends a message to the other members of a conversation.
     *
     * @throws TooManyMessagesException if the user has sent too many in this minute
     * @throws IllegalArgumentException if he is no member
     */
    public Message send(long userId, long conversationId, String body) {
        Decision decision = sending.tryAcquire(ChatKeys.RATE_LIMIT.key(userId, "send"));
        if (!decision.isAllowed()) {
            throw new TooManyMessagesException(decision.retryAfter());
        }
        Collection<Long> members = repository.members(conversationId);
        if (!members.contains(userId)) {
            throw new IllegalArgumentException("user " + userId + " is no member of conversation " + conversationId);
        }
        Message message = repository.addMessage(conversationId, userId, body);
        Set<Long> online = presence.online(members);
        for (long member : members) {
            if (member != userId) {
                inbox.deliver(message, member, online.contains(member));
            }
        }
        return message;
    }

    /** Those who are typing in a conversation. */
    public Set<Long> typing(long conversationId) {
        return presence.typing(conversationId, repository.members(conversationId));
    }

    /** How the way to the cache's nodes is; empty for one that has no way to go. */
    public Collection<CircuitState> circuits() {
        return cache instanceof GuardedCache guarded
                ? guarded.guard().circuits().values()
                : List.of();
    }
}
