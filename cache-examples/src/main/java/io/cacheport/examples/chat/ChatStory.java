package io.cacheport.examples.chat;

import io.cacheport.CacheServicePort;
import io.cacheport.CacheServices;
import io.cacheport.aside.CacheResult;
import io.cacheport.examples.support.Database;
import io.cacheport.examples.support.Story;
import io.cacheport.guard.CircuitState;
import io.cacheport.testkit.server.RedisServer;
import java.io.PrintStream;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Ada and Bob chat, and Redis dies in between. Brings its own PostgreSQL and Redis. */
public final class ChatStory {

    private static final int AT_ONCE = 8;
    private static final Duration PATIENCE = Duration.ofSeconds(10);

    private final PrintStream out;
    private final ChatService chat;
    private final Database database;
    private final User ada;
    private final User bob;
    private final List<Long> everybody;

    private ChatStory(PrintStream out, Database database, CacheServicePort cache) {
        ChatRepository repository = new ChatRepository(database);
        this.out = out;
        this.database = database;
        this.chat = new ChatService(repository, new LoginRepository(database), cache);
        this.ada = repository.addUser("Ada");
        this.bob = repository.addUser("Bob");
        this.everybody = Stream.concat(
                        Stream.of(ada, bob), Stream.of("Cleo", "Dan", "Eve").map(repository::addUser))
                .map(User::id)
                .toList();
    }

    /** Exits with 0 if the story came to its end. */
    public static void main(String... arguments) throws InterruptedException {
        Story.quiet();
        tell(System.out);
        System.exit(0);
    }

    static void tell(PrintStream out) throws InterruptedException {
        try (Database database = ChatRepository.startDatabase();
                RedisServer redis = RedisServer.start();
                CacheServicePort cache = CacheServices.connect(redis.uri())) {
            new ChatStory(out, database, cache).tell(redis);
        }
    }

    private void tell(RedisServer redis) throws InterruptedException {
        profiles();
        String session = chat.sessions().create(new Login(ada.id()));
        say("Ada logs in; her session is %s", found(session));
        long conversation = conversation();
        awayAndBack(conversation);
        tooMuch(conversation);

        redis.kill();
        say(
                "Redis is killed: profile from %s, session %s, message %s, circuit %s",
                originOf(bob), found(session), sent(bob, conversation), awaited(CircuitState.OPEN));
        say("  Ada's unread messages, counted by the database: %d", chat.inbox().unread(ada.id(), conversation));
        redis.restart();
        say(
                "Redis is back, and empty: circuit %s, profile from %s, then %s, session %s",
                awaited(CircuitState.CLOSED), originOf(bob), originOf(bob), found(session));
    }

    private void profiles() {
        say("Bob's profile comes from %s, then from %s", originOf(bob), originOf(bob));
        long before = database.queries();
        int found = chat.profiles().ofAll(everybody).size();
        say("%d profiles at once, of which one was cached: %d query", found, database.queries() - before);
    }

    private long conversation() throws InterruptedException {
        Set<Long> opened = new ConcurrentSkipListSet<>();
        CountDownLatch done = new CountDownLatch(AT_ONCE);
        for (int i = 0; i < AT_ONCE; i++) {
            new Thread(() -> {
                        opened.add(chat.openDirect(ada.id(), bob.id()));
                        done.countDown();
                    })
                    .start();
        }
        done.await();
        say("%d requests at once open a conversation, one at a time by a lock: %d is made", AT_ONCE, opened.size());
        return opened.iterator().next();
    }

    private void awayAndBack(long conversation) {
        chat.presence().heartbeat(ada.id());
        chat.presence().typing(ada.id(), conversation);
        say("Online: %s, typing: %s", names(chat.presence().online(everybody)), names(chat.typing(conversation)));
        for (String body : List.of("Bob?", "Are you there?", "Call me")) {
            chat.send(ada.id(), conversation, body);
        }
        say("Ada writes while Bob is away; unread: %d", chat.inbox().unread(bob.id(), conversation));
        List<String> waiting =
                chat.connect(bob.id()).stream().map(Message::body).toList();
        chat.inbox().markRead(bob.id(), conversation);
        say("Bob connects, gets %s and reads; unread: %d", waiting, chat.inbox().unread(bob.id(), conversation));
    }

    private void tooMuch(long conversation) {
        int sent = 3;
        try {
            while (true) {
                chat.send(ada.id(), conversation, "hello");
                sent++;
            }
        } catch (TooManyMessagesException tooMany) {
            say(
                    "Ada has sent %d in a minute, and may go on in %d s",
                    sent, tooMany.retryAfter().toSeconds());
        }
    }

    private String originOf(User user) {
        CacheResult<@Nullable User> result = chat.profiles().of(user.id());
        return switch (result.origin()) {
            case LOADER -> "the database";
            case FAR -> "Redis";
            default -> result.origin().toString();
        };
    }

    private String found(String session) {
        return chat.sessions().find(session) == null ? "LOST" : "found";
    }

    private String sent(User user, long conversation) {
        return chat.send(user.id(), conversation, "still here").id() > 0 ? "sent" : "LOST";
    }

    private Set<String> names(Set<Long> userIds) {
        Set<String> names = new TreeSet<>();
        chat.profiles().ofAll(userIds).values().forEach(user -> names.add(user.name()));
        return names;
    }

    private CircuitState awaited(CircuitState state) {
        boolean reached = Story.comesTrue(PATIENCE, () -> {
            chat.presence().heartbeat(ada.id()); // what opens it is that calls fail
            return chat.circuits().contains(state);
        });
        if (!reached) {
            throw new IllegalStateException("the circuit is " + chat.circuits() + ", not " + state);
        }
        return state;
    }

    private void say(String line, Object... parts) {
        out.printf(line + "%n", parts);
    }
}
