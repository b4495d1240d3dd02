package io.cacheport.examples.catalog;

import io.cacheport.examples.catalog.Booking.Status;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;

/** Bookings and those who make them, as a tenant's back office reads them: always fresh, so never cached. Thread-safe. */
public final class BookingRepository {

    static final String BY_STATUS = "SELECT * FROM booking WHERE tenant_id = ? AND status = ?";
    static final String UPCOMING = "SELECT * FROM booking WHERE tenant_id = ? AND date > ?";
    static final String BY_STATUS_ON = "SELECT * FROM booking WHERE tenant_id = ? AND status = ? AND date = ?";
    static final String OF_CUSTOMER = "SELECT * FROM booking WHERE customer_id = ?";
    static final String RECENT = "SELECT * FROM booking ORDER BY created_at DESC LIMIT ?";
    static final String CONFIRMED_SINCE = "SELECT * FROM booking WHERE tenant_id = ? AND confirmed_at >= ?";
    static final String RECENT_CUSTOMERS =
            "SELECT * FROM customer WHERE tenant_id = ? ORDER BY created_at DESC LIMIT ?";
    static final String NEWEST_CUSTOMERS = "SELECT * FROM customer ORDER BY created_at DESC LIMIT ?";

    private final CatalogDatabase database;

    /** A repository on the database. */
    public BookingRepository(CatalogDatabase database) {
        this.database = database;
    }

    /** A tenant's bookings in a state, such as all that are confirmed. */
    public List<Booking> byStatus(String tenant, Status status) {
        return database.query(BY_STATUS, BookingRepository::readBooking, tenant, status.name());
    }

    /** A tenant's bookings for days after this one. */
    public List<Booking> upcoming(String tenant, LocalDate after) {
        return database.query(UPCOMING, BookingRepository::readBooking, tenant, after);
    }

    /** A tenant's bookings for a day, in a state. */
    public List<Booking> byStatusOn(String tenant, Status status, LocalDate date) {
        return database.query(BY_STATUS_ON, BookingRepository::readBooking, tenant, status.name(), date);
    }

    /** All a customer ever booked. */
    public List<Booking> ofCustomer(long customerId) {
        return database.query(OF_CUSTOMER, BookingRepository::readBooking, customerId);
    }

    /** The newest bookings of all tenants. */
    public List<Booking> recent(int limit) {
        return database.query(RECENT, BookingRepository::readBooking, limit);
    }

    /** What a tenant confirmed since then. */
    public List<Booking> confirmedSince(String tenant, Instant since) {
        return database.query(CONFIRMED_SINCE, BookingRepository::readBooking, tenant, since.atOffset(ZoneOffset.UTC));
    }

    /** A tenant's newest customers. */
    public List<Customer> recentCustomers(String tenant, int limit) {
        return database.query(RECENT_CUSTOMERS, BookingRepository::readCustomer, tenant, limit);
    }

    /** The newest customers of all tenants. */
    public List<Customer> newestCustomers(int limit) {
        return database.query(NEWEST_CUSTOMERS, BookingRepository::readCustomer, limit);
    }

    private static Booking readBooking(ResultSet row) throws SQLException {
        OffsetDateTime confirmedAt = row.getObject("confirmed_at", OffsetDateTime.class);
        return new Booking(
                row.getLong("id"),
                row.getString("tenant_id"),
                row.getLong("package_id"),
                row.getLong("customer_id"),
                row.getObject("date", LocalDate.class),
                Status.valueOf(row.getString("status")),
                row.getBigDecimal("total"),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                confirmedAt == null ? null : confirmedAt.toInstant());
    }

    private static Customer readCustomer(ResultSet row) throws SQLException {
        return new Customer(
                row.getLong("id"),
                row.getString("tenant_id"),
                row.getString("name"),
                row.getString("email"),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
