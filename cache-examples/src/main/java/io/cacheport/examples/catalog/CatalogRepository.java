package io.cacheport.examples.catalog;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;

/** The catalogue in the database. Thread-safe. */
public final class CatalogRepository implements Catalog {

    /** One statement for a list and for a single package, which differ in what is chosen. */
    private static final String PACKAGES = """
            WITH chosen AS (
                SELECT p.* FROM package p JOIN tenant ON tenant.id = p.tenant_id AND tenant.active
                WHERE p.tenant_id = ? AND p.active = true %s
            ), taken AS (
                SELECT package_id, date, count(*) AS bookings
                FROM booking
                WHERE tenant_id = ? AND status IN ('CONFIRMED', 'PENDING') AND date >= current_date
                  AND package_id IN (SELECT id FROM chosen)
                GROUP BY package_id, date
            ), upcoming AS (
                SELECT package_id, sum(bookings) AS bookings FROM taken GROUP BY package_id
            ), open_day AS (
                SELECT day::date FROM generate_series(current_date + 1, current_date + 90, interval '1 day') day
                WHERE day::date NOT IN (SELECT date FROM blackout WHERE tenant_id = ?)
            ), free AS (
                SELECT chosen.id AS package_id, min(day) AS day
                FROM chosen CROSS JOIN open_day
                LEFT JOIN taken ON taken.package_id = chosen.id AND taken.date = day
                WHERE coalesce(taken.bookings, 0) < chosen.per_day
                GROUP BY chosen.id
            ), extra AS (
                SELECT segment_id, array_agg(id ORDER BY id) AS ids, array_agg(title ORDER BY id) AS titles,
                       array_agg(price ORDER BY id) AS prices
                FROM add_on WHERE tenant_id = ? AND active = true
                GROUP BY segment_id
            )
            SELECT chosen.id, slug, title, description, price, updated_at, segment.name AS segment,
                   venue.name AS venue, venue.city, coalesce(upcoming.bookings, 0) AS upcoming, free.day AS next_free,
                   extra.ids, extra.titles, extra.prices
            FROM chosen
            JOIN segment ON segment.id = chosen.segment_id
            JOIN venue ON venue.id = chosen.venue_id
            LEFT JOIN upcoming ON upcoming.package_id = chosen.id
            LEFT JOIN free ON free.package_id = chosen.id
            LEFT JOIN extra ON extra.segment_id = chosen.segment_id
            ORDER BY slug
            """;

    static final String ACTIVE_PACKAGES = PACKAGES.formatted("");
    static final String PACKAGE_BY_SLUG = PACKAGES.formatted("AND p.slug = ?");

    static final String BLACKOUTS = "SELECT reason FROM blackout WHERE tenant_id = ? AND date = ?";

    static final String FREE_PLACES = """
            SELECT slug, greatest(per_day - count(booking.id), 0) AS free
            FROM package JOIN tenant ON tenant.id = package.tenant_id AND tenant.active
            LEFT JOIN booking ON booking.package_id = package.id AND booking.tenant_id = package.tenant_id
                             AND booking.date = ? AND booking.status IN ('CONFIRMED', 'PENDING')
            WHERE package.tenant_id = ? AND package.active = true
            GROUP BY package.id
            ORDER BY slug
            """;

    static final String PACKAGES_OF_SEGMENT =
            "SELECT id, slug, title FROM package WHERE segment_id = ? AND active = true";
    static final String PACKAGES_OF_GROUPING =
            "SELECT id, slug, title FROM package WHERE segment_id = ? AND grouping = ?";
    static final String ACTIVE_ADD_ONS = "SELECT id, title, price FROM add_on WHERE tenant_id = ? AND active = true";
    static final String ADD_ONS_OF_SEGMENT =
            "SELECT id, title, price FROM add_on WHERE tenant_id = ? AND segment_id = ?";
    static final String ACTIVE_SEGMENTS =
            "SELECT id, name, sort_order, active FROM segment WHERE tenant_id = ? AND active = true ORDER BY sort_order";
    static final String SEGMENTS =
            "SELECT id, name, sort_order, active FROM segment WHERE tenant_id = ? ORDER BY sort_order";
    static final String VENUES_IN_CITY = "SELECT id, name, city, seats FROM venue WHERE tenant_id = ? AND city = ?";

    private final CatalogDatabase database;

    /** A repository on the database. */
    public CatalogRepository(CatalogDatabase database) {
        this.database = database;
    }

    @Override
    public List<String> tenants() {
        return database.query("SELECT id FROM tenant WHERE active ORDER BY id", row -> row.getString(1));
    }

    @Override
    public List<CatalogPackage> packages(String tenant) {
        return of(
                tenant,
                database.query(ACTIVE_PACKAGES, CatalogRepository::readPackage, tenant, tenant, tenant, tenant));
    }

    @Override
    public CatalogPackage packageBySlug(String tenant, String slug) {
        List<CatalogPackage> found = of(
                tenant,
                database.query(PACKAGE_BY_SLUG, CatalogRepository::readPackage, tenant, slug, tenant, tenant, tenant));
        return found.stream().findFirst().orElseThrow(() -> NotFoundException.slug(tenant, slug));
    }

    @Override
    public Availability availability(String tenant, LocalDate date) {
        List<String> blackouts = database.query(BLACKOUTS, row -> row.getString(1), tenant, date);
        boolean open = blackouts.isEmpty();
        List<Availability.Places> places = of(
                tenant,
                database.query(
                        FREE_PLACES,
                        row -> new Availability.Places(row.getString("slug"), open ? row.getInt("free") : 0),
                        date,
                        tenant));
        return new Availability(date, open ? null : blackouts.get(0), places);
    }

    @Override
    public CatalogPackage update(String tenant, String slug, PackageUpdate update) {
        database.update(
                "UPDATE package SET title = ?, price = ?, updated_at = now() WHERE tenant_id = ? AND slug = ? AND active",
                update.title(),
                update.price(),
                tenant,
                slug);
        return packageBySlug(tenant, slug);
    }

    /** The active packages of a segment. */
    public List<PackageName> packagesOfSegment(long segmentId) {
        return database.query(PACKAGES_OF_SEGMENT, CatalogRepository::readName, segmentId);
    }

    /** The packages of a segment that are grouped together, inactive ones included. */
    public List<PackageName> packagesOfGrouping(long segmentId, String grouping) {
        return database.query(PACKAGES_OF_GROUPING, CatalogRepository::readName, segmentId, grouping);
    }

    /** The add-ons a tenant offers now. */
    public List<AddOn> activeAddOns(String tenant) {
        return database.query(ACTIVE_ADD_ONS, CatalogRepository::readAddOn, tenant);
    }

    /** The add-ons for a segment, inactive ones included. */
    public List<AddOn> addOnsOfSegment(String tenant, long segmentId) {
        return database.query(ADD_ONS_OF_SEGMENT, CatalogRepository::readAddOn, tenant, segmentId);
    }

    /** A tenant's active segments in the order they are shown. */
    public List<Segment> activeSegments(String tenant) {
        return database.query(ACTIVE_SEGMENTS, CatalogRepository::readSegment, tenant);
    }

    /** All of a tenant's segments in the order they are shown. */
    public List<Segment> segments(String tenant) {
        return database.query(SEGMENTS, CatalogRepository::readSegment, tenant);
    }

    /** A tenant's venues in a city. */
    public List<Venue> venuesInCity(String tenant, String city) {
        return database.query(
                VENUES_IN_CITY,
                row -> new Venue(row.getLong("id"), row.getString("name"), row.getString("city"), row.getInt("seats")),
                tenant,
                city);
    }

    /** The rows; if there are none, that may be because there is no such tenant. */
    private <T> List<T> of(String tenant, List<T> rows) {
        if (rows.isEmpty()
                && database.query("SELECT id FROM tenant WHERE id = ? AND active", row -> row.getString(1), tenant)
                        .isEmpty()) {
            throw NotFoundException.tenant(tenant);
        }
        return rows;
    }

    private static CatalogPackage readPackage(ResultSet row) throws SQLException {
        return new CatalogPackage(
                row.getLong("id"),
                row.getString("slug"),
                row.getString("title"),
                row.getString("description"),
                row.getBigDecimal("price"),
                row.getString("segment"),
                row.getString("venue"),
                row.getString("city"),
                row.getLong("upcoming"),
                row.getObject("next_free", LocalDate.class),
                row.getObject("updated_at", OffsetDateTime.class).toInstant(),
                readAddOns(row));
    }

    private static List<AddOn> readAddOns(ResultSet row) throws SQLException {
        if (row.getArray("ids") == null) {
            return List.of();
        }
        Long[] ids = (Long[]) row.getArray("ids").getArray();
        String[] titles = (String[]) row.getArray("titles").getArray();
        BigDecimal[] prices = (BigDecimal[]) row.getArray("prices").getArray();
        List<AddOn> addOns = new ArrayList<>(ids.length);
        for (int i = 0; i < ids.length; i++) {
            addOns.add(new AddOn(ids[i], titles[i], prices[i]));
        }
        return addOns;
    }

    private static AddOn readAddOn(ResultSet row) throws SQLException {
        return new AddOn(row.getLong("id"), row.getString("title"), row.getBigDecimal("price"));
    }

    private static PackageName readName(ResultSet row) throws SQLException {
        return new PackageName(row.getLong("id"), row.getString("slug"), row.getString("title"));
    }

    private static Segment readSegment(ResultSet row) throws SQLException {
        return new Segment(
                row.getLong("id"), row.getString("name"), row.getInt("sort_order"), row.getBoolean("active"));
    }
}
