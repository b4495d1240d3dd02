package io.cacheport.examples.events;

import io.cacheport.CacheServicePort;
import io.cacheport.aside.Cache;
import io.cacheport.aside.LoadContext;
import io.cacheport.events.Invalidations;
import io.cacheport.examples.events.Event.Analytics;
import io.cacheport.examples.events.Event.Page;
import io.cacheport.examples.events.Event.Summary;
import io.cacheport.examples.events.Ticket.Payment;
import io.cacheport.examples.events.User.Referrer;
import io.cacheport.warm.PopularKeys;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the platform does: reads by the cache, and writes that go to the database first. Then an event is stored in the cache by
 * its version, and a change is published that rids it of all else that is old ({@link Rules}). Thread-safe.
 */
public final class TicketingService implements AutoCloseable {

    /** How many a leaderboard has. */
    public static final int TOP = 100;

    private final EventRepository source;
    private final Views views;
    private final Cache<Long, Event> events;
    private final Invalidations changes;
    private final Popular popular;

    /**
     * A service that warms the cache and hears of other processes' changes until it is closed.
     *
     * @param cache which stores values encrypted
     * @param lossCheck how often to look whether it has lost its data
     */
    public TicketingService(EventRepository source, CacheServicePort cache, Duration lossCheck) {
        this.source = source;
        this.views = Views.over(cache);
        this.changes = Rules.start(cache, views);
        PopularKeys<Long> keys = Popular.keys();
        this.events = views.events().learning(keys);
        this.popular = Popular.start(source, views, keys, cache, lossCheck);
    }

    /** An event, or null if there is none. */
    public @Nullable Event event(long id) {
        Event event = events.getWithContext(id, this::load);
        return event == null || event.hidden() ? null : event;
    }

    private @Nullable Event load(long id, LoadContext<@Nullable Event> context) {
        Event event = source.event(id);
        if (event != null) {
            context.version(event.version());
        }
        return event;
    }

    /** The events of a page, the next first. */
    public List<Summary> feed(Page page) {
        return orNone(views.feed().get(page, source::feed));
    }

    /** A ticket, or null if there is none. */
    public @Nullable Ticket ticket(long id) {
        return views.tickets().get(id, source::ticket);
    }

    /** The tickets that a user can still use. */
    public List<Ticket> validTicketsOfUser(long userId) {
        return orNone(views.validTicketsOfUser().get(userId, source::validTicketsOfUser));
    }

    /** The last tickets of an event, the newest first. */
    public List<Ticket> newestTicketsOfEvent(long eventId) {
        return orNone(views.newestTicketsOfEvent().get(eventId, source::newestTicketsOfEvent));
    }

    /** A payment, or null if there is none. */
    public @Nullable Payment payment(long id) {
        return views.payments().get(id, source::payment);
    }

    /** A user's payments, the newest first. */
    public List<Payment> paymentsOfUser(long userId) {
        return orNone(views.paymentsOfUser().get(userId, source::paymentsOfUser));
    }

    /** A user, or null if there is none. */
    public @Nullable User user(long id) {
        return views.users().get(id, source::user);
    }

    /** Sales of an event. */
    public @Nullable Analytics analytics(long eventId) {
        return views.analytics().get(eventId, source::analytics);
    }

    /** Who has brought most. */
    public List<Referrer> leaderboard() {
        return orNone(views.leaderboard().get(TOP, source::leaderboard));
    }

    /** How many a user has brought. */
    public @Nullable Long referrals(long userId) {
        return views.referrals().get(userId, source::referrals);
    }

    /** People who buy together, or null if there are none. */
    public @Nullable GroupBuy groupBuy(long id) {
        return views.groupBuys().get(id, source::groupBuy);
    }

    /** What is kept warm. */
    public Popular popular() {
        return popular;
    }

    /** Changes what an event is called and says of itself. */
    public void describe(long eventId, String title, String description) {
        source.describe(eventId, title, description);
        writeThrough(eventId);
        changes.publish(new Change.OfEvent(eventId));
    }

    /** Takes an event out of the programme. */
    public void hide(long eventId) {
        source.hide(eventId);
        writeThrough(eventId);
        changes.publish(new Change.OfEvent(eventId));
    }

    /** Sells a ticket; null if there is none left. */
    public @Nullable Payment buy(long userId, long eventId, String card) {
        Payment payment = source.buy(userId, eventId, card);
        if (payment != null) {
            writeThrough(eventId);
            changes.publish(new Change.OfTicket(payment.ticketId(), userId, eventId));
            changes.publish(new Change.OfPayment(payment.id(), userId));
        }
        return payment;
    }

    /** Opens the door with a ticket; whether it was valid. */
    public boolean use(long ticketId) {
        Ticket used = source.use(ticketId);
        if (used != null) {
            changes.publish(new Change.OfTicket(ticketId, used.userId(), used.eventId()));
        }
        return used != null;
    }

    /** Says that a payment has arrived. */
    public void paid(long paymentId) {
        Payment paid = source.paid(paymentId);
        if (paid != null) {
            changes.publish(new Change.OfPayment(paymentId, paid.userId()));
        }
    }

    /** Changes a user's address. */
    public void changeEmail(long userId, String email) {
        source.changeEmail(userId, email);
        changes.publish(new Change.OfUser(userId));
    }

    /** What the database has now, unless somebody has stored a newer version. */
    private void writeThrough(long eventId) {
        Event event = source.event(eventId);
        if (event != null) {
            events.put(eventId, event, event.version());
        }
    }

    private static <V> List<V> orNone(@Nullable List<V> found) {
        return found == null ? List.of() : found;
    }

    /** Closes neither the database nor the cache. */
    @Override
    public void close() {
        popular.close();
        changes.close();
    }
}
