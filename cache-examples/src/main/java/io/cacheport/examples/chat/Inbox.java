package io.cacheport.examples.chat;

import io.cacheport.CacheException;
import io.cacheport.CacheServicePort;
import io.cacheport.structure.Structures;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Messages that wait for users who are away, and how many are unread. Both are quick copies of what the database knows: where
 * the cache cannot say, it is asked.
 */
public final class Inbox {

    private static final Logger log = LoggerFactory.getLogger(Inbox.class);

    private final CacheServicePort cache;
    private final Structures structures;
    private final ChatRepository repository;

    Inbox(CacheServicePort cache, ChatRepository repository) {
        this.cache = cache;
        this.structures = Structures.of(cache);
        this.repository = repository;
    }

    /** A message for a user who may be away. */
    void deliver(Message message, long userId, boolean online) {
        structures.increment(ChatKeys.UNREAD.key(userId, message.conversationId()), 1);
        if (!online) {
            structures.rpush(ChatKeys.QUEUE.key(userId), List.of(message));
        }
    }

    /** What was sent to a user while he was away, each message once. */
    public List<Message> drain(long userId) {
        Structures strict =
                structures.strict(); // an empty queue and one that cannot be asked are different things here
        String queue = ChatKeys.QUEUE.key(userId);
        List<Message> waiting = new ArrayList<>();
        try {
            for (Message next; (next = strict.lpop(queue, Message.class)) != null; ) {
                waiting.add(next);
            }
            return waiting;
        } catch (CacheException away) {
            log.info("the queue of a user cannot be read, the database has it all: {}", away.getMessage());
            return repository.unread(userId);
        }
    }

    /** How many messages of a conversation a user has not read. */
    public long unread(long userId, long conversationId) {
        return structures
                .count(ChatKeys.UNREAD.key(userId, conversationId))
                .orElseGet(() -> repository.unread(userId).stream()
                        .filter(message -> message.conversationId() == conversationId)
                        .count());
    }

    /** A user has read a conversation to its end. */
    public void markRead(long userId, long conversationId) {
        repository.markRead(userId, conversationId);
        cache.del(ChatKeys.UNREAD.key(userId, conversationId));
    }
}
