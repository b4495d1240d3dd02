package io.cacheport.examples.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheport.CacheServicePort;
import io.cacheport.aside.CacheResult;
import io.cacheport.aside.CacheResult.Origin;
import io.cacheport.examples.support.Database;
import io.cacheport.examples.support.Story;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What the chat does, whichever cache it has. */
@Timeout(60)
abstract class ChatContract {

    /** Shared by all tests of a JVM, of which each makes users of its own. */
    private static final Database DATABASE = ChatRepository.startDatabase();

    static {
        Runtime.getRuntime().addShutdownHook(new Thread(DATABASE::close));
    }

    final ChatRepository repository = new ChatRepository(DATABASE);

    CacheServicePort cache;
    ChatService chat;
    User ada;
    User bob;

    @SuppressWarnings("NullAway.Init") // JUnit calls begin before each test
    ChatContract() {}

    /** A cache without an entry. */
    abstract CacheServicePort emptyCache();

    /** Makes every entry so much older. */
    abstract void passTime(Duration time);

    /** The store goes away and does not come back in this test. */
    abstract void cacheGoesAway();

    @BeforeEach
    void begin() {
        cache = emptyCache();
        chat = new ChatService(repository, new LoginRepository(DATABASE), cache);
        ada = repository.addUser("Ada");
        bob = repository.addUser("Bob");
    }

    @AfterEach
    void end() {
        cache.close();
    }

    static void await(BooleanSupplier reached) {
        assertThat(Story.comesTrue(Duration.ofSeconds(10), reached))
                .as("reached within ten seconds")
                .isTrue();
    }

    private Origin originOf(User user) {
        return chat.profiles().of(user.id()).origin();
    }

    /** From the memory of this process, or from Redis. */
    private boolean isCached(User user) {
        return Set.of(Origin.NEAR, Origin.FAR).contains(originOf(user));
    }

    @Test
    void aProfileIsLoadedOnce() {
        long before = DATABASE.queries();

        assertThat(originOf(ada)).isEqualTo(Origin.LOADER);
        assertThat(chat.profiles().of(ada.id()).value()).isEqualTo(ada);
        assertThat(isCached(ada)).isTrue();

        assertThat(DATABASE.queries() - before).isEqualTo(1);
        assertThat(cache.exists("chat:v1:profile:user:" + ada.id())).isTrue();
        assertThatThrownBy(() -> chat.profiles().of(-1)).isInstanceOf(UnknownUserException.class);
    }

    @Test
    void afterFiveMinutesAProfileIsLoadedAnewBehindTheReader() {
        chat.profiles().of(ada.id());
        repository.changeStatus(ada.id(), "changed by somebody else");
        passTime(Duration.ofMinutes(6));

        CacheResult<@Nullable User> stale = chat.profiles().of(ada.id());

        assertThat(stale.origin()).isEqualTo(Origin.STALE);
        assertThat(stale.value()).isEqualTo(ada);
        await(() -> isCached(ada));
        assertThat(chat.profiles().of(ada.id()).value())
                .isEqualTo(new User(ada.id(), "Ada", "changed by somebody else"));
    }

    @Test
    void afterADayAProfileIsGone() {
        chat.profiles().of(ada.id());
        passTime(Duration.ofHours(24));

        assertThat(originOf(ada)).isEqualTo(Origin.LOADER);
    }

    @Test
    void aChangeIsSeenByTheNextReader() {
        chat.profiles().of(ada.id());

        chat.profiles().changeStatus(ada.id(), "on holiday");

        assertThat(chat.profiles().of(ada.id()).value()).isEqualTo(new User(ada.id(), "Ada", "on holiday"));
    }

    @Test
    void ofSeveralProfilesTheMissingOnesComeInOneQuery() {
        User cleo = repository.addUser("Cleo");
        chat.profiles().of(bob.id());
        long before = DATABASE.queries();

        assertThat(chat.profiles().ofAll(List.of(ada.id(), bob.id(), cleo.id(), -1L)))
                .containsOnlyKeys(ada.id(), bob.id(), cleo.id());
        assertThat(chat.profiles().ofAll(List.of(ada.id(), bob.id(), cleo.id())))
                .hasSize(3);

        assertThat(DATABASE.queries() - before).isEqualTo(1);
    }

    @Test
    void aUserIsOnlineWhileHisClientSaysSo() {
        chat.presence().heartbeat(ada.id());
        chat.presence().heartbeat(bob.id());
        passTime(Duration.ofSeconds(20));
        chat.presence().heartbeat(ada.id());
        passTime(Duration.ofSeconds(20));

        assertThat(online()).containsExactly(ada.id());
        assertThat(cache.exists("chat:v1:presence:" + ada.id())).isTrue();
        passTime(Duration.ofSeconds(10));
        assertThat(online()).isEmpty();

        chat.presence().heartbeat(ada.id());
        assertThat(online()).containsExactly(ada.id());
        chat.presence().leave(ada.id());
        assertThat(online()).isEmpty();
    }

    private Set<Long> online() {
        return chat.presence().online(List.of(ada.id(), bob.id()));
    }

    @Test
    void typingEndsAfterFiveSeconds() {
        long here = chat.openDirect(ada.id(), bob.id());
        long elsewhere = chat.openDirect(ada.id(), repository.addUser("Cleo").id());
        chat.presence().typing(ada.id(), here);
        passTime(Duration.ofSeconds(4));
        chat.presence().typing(bob.id(), here);

        assertThat(chat.typing(here)).containsExactlyInAnyOrder(ada.id(), bob.id());
        assertThat(chat.typing(elsewhere)).isEmpty();
        assertThat(cache.exists("chat:v1:typing:" + here + ":" + ada.id())).isTrue();
        passTime(Duration.ofSeconds(1));
        assertThat(chat.typing(here)).containsExactly(bob.id());
    }

    private List<String> bodies(Collection<Message> messages) {
        return messages.stream().map(Message::body).toList();
    }

    @Test
    void messagesWaitForOneWhoIsAway() {
        long conversation = chat.openDirect(ada.id(), bob.id());
        Message first = chat.send(ada.id(), conversation, "one");
        chat.send(ada.id(), conversation, "two");
        passTime(Duration.ofDays(400));

        List<Message> waiting = chat.connect(bob.id());

        assertThat(waiting.get(0)).isEqualTo(first);
        assertThat(bodies(waiting)).containsExactly("one", "two");
        assertThat(chat.connect(bob.id())).isEmpty();
        assertThat(chat.connect(ada.id())).isEmpty();
        chat.send(ada.id(), conversation, "to one who is there");
        assertThat(chat.connect(bob.id())).isEmpty();
    }

    @Test
    void unreadMessagesAreCountedUntilTheyAreRead() {
        long conversation = chat.openDirect(ada.id(), bob.id());
        for (String body : List.of("one", "two", "three")) {
            chat.send(ada.id(), conversation, body);
        }
        passTime(Duration.ofDays(400));
        assertThat(chat.inbox().unread(bob.id(), conversation)).isEqualTo(3);
        assertThat(chat.inbox().unread(ada.id(), conversation)).isZero();
        assertThat(cache.exists("chat:v1:unread:" + bob.id() + ":" + conversation))
                .isTrue();

        chat.inbox().markRead(bob.id(), conversation);

        assertThat(chat.inbox().unread(bob.id(), conversation)).isZero();
        assertThat(repository.unread(bob.id())).isEmpty();
        chat.send(ada.id(), conversation, "four");
        assertThat(chat.inbox().unread(bob.id(), conversation)).isEqualTo(1);
    }

    @Test
    void whoSendsTooMuchIsToldWhenToGoOn() {
        long conversation = chat.openDirect(ada.id(), bob.id());
        for (int i = 0; i < 20; i++) {
            chat.send(ada.id(), conversation, "spam");
        }

        assertThatThrownBy(() -> chat.send(ada.id(), conversation, "spam"))
                .isInstanceOfSatisfying(
                        TooManyMessagesException.class,
                        tooMany -> assertThat(tooMany.retryAfter())
                                .isBetween(Duration.ofSeconds(30), Duration.ofMinutes(1)));
        assertThat(repository.unread(bob.id())).hasSize(20);
        chat.send(bob.id(), conversation, "stop");
        passTime(Duration.ofMinutes(1));
        chat.send(ada.id(), conversation, "sorry");
    }

    @Test
    void onlyMembersSend() {
        long conversation = chat.openDirect(ada.id(), bob.id());
        long stranger = repository.addUser("Eve").id();

        assertThatIllegalArgumentException()
                .isThrownBy(() -> chat.send(stranger, conversation, "hi"))
                .withMessageContaining("no member");
    }

    @Test
    void aSessionLivesWhileItIsUsed() {
        String session = chat.sessions().create(new Login(ada.id()));
        for (int i = 0; i < 3; i++) {
            oneIsNotUsedFor(Duration.ofMinutes(40));
            assertThat(chat.sessions().find(session)).isEqualTo(new Login(ada.id()));
        }
        oneIsNotUsedFor(Duration.ofMinutes(60));

        assertThat(chat.sessions().find(session)).isNull();
    }

    private void oneIsNotUsedFor(Duration time) {
        passTime(time);
        DATABASE.update("UPDATE login SET idle_until = idle_until - ? * interval '1 second'", time.toSeconds());
    }

    @Test
    void aSessionOutlivesTheCacheAndNotItsLongestLife() {
        String session = chat.sessions().create(new Login(ada.id()));
        cache.clear();
        assertThat(chat.sessions().find(session)).isEqualTo(new Login(ada.id()));

        passTime(Duration.ofMinutes(20));
        DATABASE.update("UPDATE login SET ends_at = now() WHERE user_id = ?", ada.id());

        assertThat(chat.sessions().find(session)).isNull();
    }

    @Test
    void aLoginChangesTheSessionAndALogoutEndsIt() {
        String planted = chat.sessions().create(new Login(bob.id()));

        String session = Objects.requireNonNull(chat.sessions().rotate(planted, new Login(ada.id())));

        assertThat(chat.sessions().find(planted)).isNull();
        assertThat(chat.sessions().find(session)).isEqualTo(new Login(ada.id()));
        chat.sessions().end(session);
        assertThat(chat.sessions().find(session)).isNull();
    }

    /** A try that comes too late would use up an id of the sequence. */
    @Test
    void manyWhoOpenAConversationAtOnceMakeOneAndTryOnce() throws InterruptedException {
        Set<Long> opened = new ConcurrentSkipListSet<>();
        CountDownLatch done = new CountDownLatch(8);
        for (int i = 0; i < 8; i++) {
            boolean turned = i % 2 == 0;
            new Thread(() -> {
                        opened.add(turned ? chat.openDirect(ada.id(), bob.id()) : chat.openDirect(bob.id(), ada.id()));
                        done.countDown();
                    })
                    .start();
        }
        done.await();

        assertThat(opened).hasSize(1);
        long next = chat.openDirect(ada.id(), repository.addUser("Cleo").id());
        assertThat(next).isEqualTo(opened.iterator().next() + 1);
    }

    @Test
    void withoutItsCacheTheChatGoesOn() {
        long conversation = chat.openDirect(ada.id(), bob.id());
        String session = chat.sessions().create(new Login(ada.id()));
        chat.profiles().of(ada.id());
        cacheGoesAway();

        assertThat(originOf(ada)).isEqualTo(Origin.LOADER);
        assertThat(chat.profiles().ofAll(List.of(ada.id(), bob.id()))).hasSize(2);
        chat.profiles().changeStatus(ada.id(), "without a cache");
        assertThat(chat.profiles().of(ada.id()).value()).isEqualTo(new User(ada.id(), "Ada", "without a cache"));

        assertThat(chat.sessions().find(session)).isEqualTo(new Login(ada.id()));
        String another = chat.sessions().create(new Login(bob.id()));
        assertThat(chat.sessions().find(another)).isEqualTo(new Login(bob.id()));
        chat.sessions().end(another);
        assertThat(chat.sessions().find(another)).isNull();

        assertThat(chat.openDirect(bob.id(), repository.addUser("Cleo").id())).isGreaterThan(conversation);
        for (int i = 0; i < 25; i++) {
            chat.send(ada.id(), conversation, "message " + i);
        }
        chat.presence().typing(ada.id(), conversation);
        assertThat(chat.typing(conversation)).isEmpty();
        assertThat(online()).isEmpty();
        assertThat(chat.inbox().unread(bob.id(), conversation)).isEqualTo(25);
        assertThat(chat.connect(bob.id())).hasSize(25);
        chat.inbox().markRead(bob.id(), conversation);
        assertThat(chat.inbox().unread(bob.id(), conversation)).isZero();
    }
}
