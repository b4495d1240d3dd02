package io.cacheport.examples.events;

import io.cacheport.examples.events.Event.Analytics;
import io.cacheport.examples.events.Event.Kind;
import io.cacheport.examples.events.Event.Page;
import io.cacheport.examples.events.Event.State;
import io.cacheport.examples.events.Event.Summary;
import io.cacheport.examples.events.Ticket.Payment;
import io.cacheport.examples.events.Ticket.Status;
import io.cacheport.examples.events.User.Referrer;
import io.cacheport.examples.support.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Events, tickets, users and payments in PostgreSQL. What there is none of is null. Thread-safe. */
public final class EventRepository {

    private static final int NEWEST = 50;

    /** Ticket and payment, or nothing when it is sold out. */
    private static final String BUY = """
            WITH sale AS (
                UPDATE event SET sold = sold + 1, version = version + 1
                WHERE id = ? AND sold < capacity AND NOT hidden RETURNING id, cents
            ), bought AS (
                INSERT INTO ticket (event_id, user_id, status) SELECT id, ?, 'VALID' FROM sale RETURNING *
            )
            INSERT INTO payment (user_id, ticket_id, cents, card, status)
            SELECT user_id, bought.id, cents, ?, 'PENDING' FROM bought, sale RETURNING *
            """;

    private final Database database;

    /** A repository that makes its tables and what is in them. */
    public EventRepository(Database database) {
        this.database = database;
        database.script(Database.resource(EventRepository.class, "schema.sql"));
    }

    /** An event. */
    public @Nullable Event event(long id) {
        return first(database.query("SELECT * FROM event WHERE id = ?", EventRepository::readEvent, id));
    }

    /** Those of the events that there are. */
    public Map<Long, Event> events(Collection<Long> ids) {
        Long[] all = ids.toArray(Long[]::new);
        return database
                .query("SELECT * FROM event WHERE id = ANY (?)", EventRepository::readEvent, (Object) all)
                .stream()
                .collect(Collectors.toMap(Event::id, event -> event));
    }

    /** The events of a page, the next first. */
    public List<Summary> feed(Page page) {
        return database.query(
                """
                SELECT * FROM event WHERE state = ? AND kind = ? AND NOT hidden ORDER BY starts, id LIMIT ? OFFSET ?
                """,
                row -> new Summary(row.getLong("id"), row.getString("title"), starts(row), row.getInt("cents")),
                page.state().name(),
                page.kind().name(),
                Page.SIZE,
                (page.page() - 1) * Page.SIZE);
    }

    /** Changes what an event is called and says of itself. */
    public void describe(long id, String title, String description) {
        database.update(
                "UPDATE event SET title = ?, description = ?, version = version + 1 WHERE id = ?",
                title,
                description,
                id);
    }

    /** Takes an event out of the programme. */
    public void hide(long id) {
        database.update("UPDATE event SET hidden = true, version = version + 1 WHERE id = ?", id);
    }

    /** Sells a ticket; null if there is none left. */
    public @Nullable Payment buy(long userId, long eventId, String card) {
        return first(database.query(BUY, EventRepository::readPayment, eventId, userId, card));
    }

    /** A ticket. */
    public @Nullable Ticket ticket(long id) {
        return first(database.query("SELECT * FROM ticket WHERE id = ?", EventRepository::readTicket, id));
    }

    /** The tickets that a user can still use. */
    public List<Ticket> validTicketsOfUser(long userId) {
        return database.query(
                "SELECT * FROM ticket WHERE user_id = ? AND status = 'VALID' ORDER BY id",
                EventRepository::readTicket,
                userId);
    }

    /** The last tickets of an event, the newest first. */
    public List<Ticket> newestTicketsOfEvent(long eventId) {
        return database.query(
                "SELECT * FROM ticket WHERE event_id = ? ORDER BY id DESC LIMIT ?",
                EventRepository::readTicket,
                eventId,
                NEWEST);
    }

    /** Opens the door with a ticket; null if it is not valid. */
    public @Nullable Ticket use(long ticketId) {
        return first(database.query(
                "UPDATE ticket SET status = 'USED' WHERE id = ? AND status = 'VALID' RETURNING *",
                EventRepository::readTicket,
                ticketId));
    }

    /** A payment. */
    public @Nullable Payment payment(long id) {
        return first(database.query("SELECT * FROM payment WHERE id = ?", EventRepository::readPayment, id));
    }

    /** A user's payments, the newest first. */
    public List<Payment> paymentsOfUser(long userId) {
        return database.query(
                "SELECT * FROM payment WHERE user_id = ? ORDER BY id DESC LIMIT ?",
                EventRepository::readPayment,
                userId,
                NEWEST);
    }

    /** Says that a payment has arrived. */
    public @Nullable Payment paid(long paymentId) {
        return first(database.query(
                "UPDATE payment SET status = 'PAID' WHERE id = ? RETURNING *",
                EventRepository::readPayment,
                paymentId));
    }

    /** A user. */
    public @Nullable User user(long id) {
        return first(database.query(
                "SELECT * FROM app_user WHERE id = ?",
                row -> new User(row.getLong("id"), row.getString("name"), row.getString("email")),
                id));
    }

    /** Changes a user's address. */
    public void changeEmail(long userId, String email) {
        database.update("UPDATE app_user SET email = ? WHERE id = ?", email, userId);
    }

    /** Sales of an event. */
    public @Nullable Analytics analytics(long eventId) {
        return first(database.query(
                """
                SELECT count(*) AS tickets, count(*) FILTER (WHERE ticket.status = 'USED') AS used,
                       coalesce(sum(cents), 0) AS cents
                FROM ticket JOIN payment ON payment.ticket_id = ticket.id WHERE event_id = ?
                """,
                row -> new Analytics(eventId, row.getLong("tickets"), row.getLong("used"), row.getLong("cents")),
                eventId));
    }

    /** Who has brought most. */
    public List<Referrer> leaderboard(int top) {
        return database.query(
                "SELECT user_id, count(*) AS n FROM referral GROUP BY user_id ORDER BY n DESC, user_id LIMIT ?",
                row -> new Referrer(row.getLong("user_id"), row.getLong("n")),
                top);
    }

    /** How many a user has brought. */
    public @Nullable Long referrals(long userId) {
        return first(database.query("SELECT count(*) FROM referral WHERE user_id = ?", row -> row.getLong(1), userId));
    }

    /** People who buy together. */
    public @Nullable GroupBuy groupBuy(long id) {
        return first(database.query(
                "SELECT * FROM group_buy WHERE id = ?",
                row -> new GroupBuy(
                        row.getLong("id"), row.getLong("event_id"), row.getInt("members"), row.getInt("wanted")),
                id));
    }

    private static Event readEvent(ResultSet row) throws SQLException {
        return new Event(
                row.getLong("id"),
                row.getString("title"),
                row.getString("description"),
                State.valueOf(row.getString("state")),
                Kind.valueOf(row.getString("kind")),
                starts(row),
                row.getInt("cents"),
                row.getInt("capacity"),
                row.getInt("sold"),
                row.getBoolean("hidden"),
                row.getLong("version"));
    }

    private static Ticket readTicket(ResultSet row) throws SQLException {
        return new Ticket(
                row.getLong("id"),
                row.getLong("event_id"),
                row.getLong("user_id"),
                Status.valueOf(row.getString("status")));
    }

    private static Payment readPayment(ResultSet row) throws SQLException {
        return new Payment(
                row.getLong("id"),
                row.getLong("user_id"),
                row.getLong("ticket_id"),
                row.getInt("cents"),
                row.getString("card"),
                row.getString("status"));
    }

    private static Instant starts(ResultSet row) throws SQLException {
        return row.getObject("starts", OffsetDateTime.class).toInstant();
    }

    private static <V> @Nullable V first(List<V> rows) {
        return rows.isEmpty() ? null : rows.get(0);
    }
}
