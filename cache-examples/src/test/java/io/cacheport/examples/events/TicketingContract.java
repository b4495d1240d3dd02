package io.cacheport.examples.events;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheport.CacheServicePort;
import io.cacheport.examples.events.Event.Analytics;
import io.cacheport.examples.events.Event.Kind;
import io.cacheport.examples.events.Event.Page;
import io.cacheport.examples.events.Event.State;
import io.cacheport.examples.events.Ticket.Payment;
import io.cacheport.examples.events.Ticket.Status;
import io.cacheport.examples.support.Database;
import io.cacheport.warm.WarmReport;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What the platform promises, over any adapter. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class TicketingContract {

    private static final Page PAGE = new Page(State.LAGOS, Kind.CONCERT, 1);
    private static final String CARD = "4000 0000 0000 0002";

    private final Database database = Database.start("events");
    private final EventRepository repository = new EventRepository(database);
    private final CacheServicePort cache = open();
    private final TicketingService service = new TicketingService(repository, cache, Duration.ofHours(1));

    /** A cache with nothing in it. */
    abstract CacheServicePort open();

    TicketingService service() {
        return service;
    }

    EventRepository repository() {
        return repository;
    }

    CacheServicePort cache() {
        return cache;
    }

    @BeforeEach
    void clear() {
        service.popular().warm(); // after which that of the start is over too
        cache.clear();
    }

    @AfterAll
    void close() {
        service.close();
        cache.close();
        database.close();
    }

    private long queriesOf(Runnable reads) {
        long before = database.queries();
        reads.run();
        return database.queries() - before;
    }

    private void readAll(long user, long event) {
        service.event(event);
        service.feed(PAGE);
        service.user(user);
        service.ticket(5);
        service.validTicketsOfUser(user);
        service.newestTicketsOfEvent(event);
        service.payment(5);
        service.paymentsOfUser(user);
        service.groupBuy(3);
        service.referrals(user);
        service.analytics(event);
        service.leaderboard();
    }

    private List<String> missingOf(String... keys) {
        return Arrays.stream(keys).filter(key -> !cache.exists(key)).toList();
    }

    @Test
    void asksTheDatabaseOnce() {
        assertThat(queriesOf(() -> readAll(7, 8))).isEqualTo(12);
        assertThat(queriesOf(() -> readAll(7, 8))).isZero();
        assertThat(service.event(8)).isEqualTo(repository.event(8));
        assertThat(service.feed(PAGE)).isEqualTo(repository.feed(PAGE)).hasSize(Page.SIZE);
        assertThat(service.leaderboard()).isEqualTo(repository.leaderboard(100)).hasSizeLessThanOrEqualTo(100);
        assertThat(service.paymentsOfUser(7))
                .isEqualTo(repository.paymentsOfUser(7))
                .isNotEmpty();
    }

    @Test
    void keysAndLifetimesAreThoseOfTheTable() {
        readAll(7, 8);
        Map<String, Integer> minutes = Map.ofEntries(
                Map.entry("event:8", 30),
                Map.entry("event:list:state:LAGOS:type:CONCERT:page:1", 5),
                Map.entry("user:7", 60),
                Map.entry("ticket:5", 5),
                Map.entry("ticket:user:7:status:valid", 5),
                Map.entry("ticket:event:8", 5),
                Map.entry("payment:5", 1),
                Map.entry("payment:user:7", 1),
                Map.entry("groupbuy:3", 5),
                Map.entry("referral:7", 30),
                Map.entry("analytics:8", 30),
                Map.entry("leaderboard:referral:top100", 30));
        minutes.forEach((key, ttl) -> assertThat(cache.ttl(key).orElseThrow())
                .as(key)
                .isBetween(Duration.ofSeconds(ttl * 60 * 8 / 10), Duration.ofMinutes(ttl)));
    }

    @Test
    void aChangedEventIsWrittenThroughAndItsListsAndAnalyticsGo() {
        readAll(7, 9);
        service.feed(new Page(State.KANO, Kind.SPORT, 2));
        service.describe(9, "New", "Newer");
        assertThat(queriesOf(() -> assertThat(
                                Objects.requireNonNull(service.event(9)).title())
                        .isEqualTo("New")))
                .isZero();
        assertThat(missingOf(
                        "event:list:state:LAGOS:type:CONCERT:page:1",
                        "event:list:state:KANO:type:SPORT:page:2",
                        "analytics:9"))
                .hasSize(3);
        assertThat(missingOf("event:9", "ticket:event:9", "user:7", "leaderboard:referral:top100"))
                .isEmpty();
    }

    @Test
    void anOlderVersionDoesNotReplaceANewerOne() {
        Views views = Views.over(cache);
        Event old = Objects.requireNonNull(repository.event(10));
        service.describe(10, "New", "Newer");
        assertThat(views.events().put(10L, old, old.version())).isFalse();
        assertThat(Objects.requireNonNull(service.event(10)).title()).isEqualTo("New");
        cache.clear();
        service.event(10); // a loaded value has its version too
        assertThat(views.events().put(10L, old, old.version())).isFalse();
    }

    @Test
    void aHiddenEventIsGone() {
        Page page = new Page(State.OYO, Kind.THEATRE, 1);
        long id = service.feed(page).get(0).id();
        assertThat(service.event(id)).isNotNull();
        service.hide(id);
        assertThat(service.event(id)).isNull();
        assertThat(service.feed(page)).noneMatch(event -> event.id() == id);
    }

    @Test
    void aBoughtTicketIsSeenEverywhere() {
        readAll(20, 21);
        int sold = Objects.requireNonNull(service.event(21)).sold();
        Payment payment = Objects.requireNonNull(service.buy(20, 21, CARD));
        Ticket ticket = new Ticket(payment.ticketId(), 21, 20, Status.VALID);
        assertThat(service.ticket(payment.ticketId())).isEqualTo(ticket);
        assertThat(service.validTicketsOfUser(20)).contains(ticket);
        assertThat(service.newestTicketsOfEvent(21)).contains(ticket);
        assertThat(service.paymentsOfUser(20)).contains(payment);
        assertThat(Objects.requireNonNull(service.event(21)).sold()).isEqualTo(sold + 1);
        assertThat(service.analytics(21)).isEqualTo(repository.analytics(21));
        assertThat(missingOf("event:list:state:LAGOS:type:CONCERT:page:1", "user:20"))
                .isEmpty();
    }

    @Test
    void aUsedTicketIsSeenEverywhere() {
        Payment payment = Objects.requireNonNull(service.buy(22, 23, CARD));
        readAll(22, 23);
        service.ticket(payment.ticketId());
        Analytics before = Objects.requireNonNull(service.analytics(23));
        assertThat(service.use(payment.ticketId())).isTrue();
        assertThat(service.use(payment.ticketId())).isFalse();
        assertThat(Objects.requireNonNull(service.ticket(payment.ticketId())).status())
                .isEqualTo(Status.USED);
        assertThat(service.validTicketsOfUser(22)).noneMatch(ticket -> ticket.id() == payment.ticketId());
        assertThat(service.newestTicketsOfEvent(23))
                .anyMatch(ticket -> ticket.id() == payment.ticketId() && ticket.status() == Status.USED);
        assertThat(Objects.requireNonNull(service.analytics(23)).used()).isEqualTo(before.used() + 1);
    }

    @Test
    void aPaymentThatArrivedIsSeenEverywhere() {
        Payment payment = Objects.requireNonNull(service.buy(24, 25, CARD));
        assertThat(service.payment(payment.id())).isEqualTo(payment);
        service.paymentsOfUser(24);
        service.paid(payment.id());
        assertThat(Objects.requireNonNull(service.payment(payment.id())).status())
                .isEqualTo("PAID");
        assertThat(service.paymentsOfUser(24)).doesNotContain(payment);
    }

    @Test
    void aChangedUserLosesProfileTicketsAndPayments() {
        readAll(26, 27);
        service.changeEmail(26, "new@example.com");
        assertThat(missingOf("user:26", "ticket:user:26:status:valid", "payment:user:26"))
                .hasSize(3);
        assertThat(Objects.requireNonNull(service.user(26)).email()).isEqualTo("new@example.com");
        assertThat(missingOf("event:27", "ticket:event:27")).isEmpty();
    }

    @Test
    void aSoldOutEventSellsNothing() {
        database.update("UPDATE event SET sold = capacity WHERE id = 30");
        assertThat(service.buy(7, 30, CARD)).isNull();
    }

    @Test
    void nothingAboveAMegabyteIsStored() {
        service.describe(31, "Long", "x".repeat(2 << 20));
        for (int i = 0; i < 2; i++) {
            assertThat(Objects.requireNonNull(service.event(31)).description()).hasSize(2 << 20);
        }
        assertThat(cache.exists("event:31")).isFalse();
        service.describe(31, "Short", "y");
    }

    @Test
    void whatIsPopularIsWarmAgainAfterALoss() {
        for (int i = 0; i < 50; i++) {
            service.event(40);
        }
        cache.clear();
        List<WarmReport> reports = service.popular().warm();
        assertThat(reports.get(0).loaded()).isPositive();
        assertThat(reports.get(1).loaded()).isEqualTo(15);
        assertThat(queriesOf(() -> {
                    service.event(40);
                    service.feed(PAGE);
                }))
                .isZero();
    }

    @Test
    void aLostCacheRefillsItself() {
        readAll(7, 8);
        cache.clear();
        assertThat(queriesOf(() -> readAll(7, 8))).isEqualTo(12);
        assertThat(queriesOf(() -> readAll(7, 8))).isZero();
    }
}
