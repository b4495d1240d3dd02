package io.cacheport.examples.catalog;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Asks the planner of a real PostgreSQL, with real statistics, which index the repositories' queries use. */
class IndexUsageTest {

    private final CatalogDatabase database = TestDatabase.shared();

    /** A query of a repository with its parameters, and the index that is there for it. */
    record Case(String index, String sql, List<Object> parameters) {

        Case(String index, String sql, Object... parameters) {
            this(index, sql, List.of(parameters));
        }

        @Override
        public String toString() {
            return index;
        }
    }

    static List<Case> cases() {
        LocalDate today = LocalDate.now(ZoneId.systemDefault());
        return List.of(
                new Case("booking_by_tenant_status", BookingRepository.BY_STATUS, "tenant-003", "CONFIRMED"),
                new Case("booking_by_tenant_date", BookingRepository.UPCOMING, "tenant-003", today.plusDays(150)),
                new Case(
                        "booking_by_tenant_status_date",
                        BookingRepository.BY_STATUS_ON,
                        "tenant-003",
                        "PENDING",
                        today),
                new Case("booking_by_customer", BookingRepository.OF_CUSTOMER, 77L),
                new Case("booking_by_created_at", BookingRepository.RECENT, 20),
                new Case(
                        "booking_by_tenant_confirmed_at",
                        BookingRepository.CONFIRMED_SINCE,
                        "tenant-003",
                        OffsetDateTime.now(ZoneId.systemDefault()).minusDays(7)),
                new Case("customer_by_created_at", BookingRepository.NEWEST_CUSTOMERS, 10),
                new Case("customer_by_tenant_created_at", BookingRepository.RECENT_CUSTOMERS, "tenant-003", 10),
                new Case(
                        "package_by_tenant_active",
                        CatalogRepository.ACTIVE_PACKAGES,
                        "tenant-003",
                        "tenant-003",
                        "tenant-003",
                        "tenant-003"),
                new Case("package_by_segment_active", CatalogRepository.PACKAGES_OF_SEGMENT, 7L),
                new Case("package_by_segment_grouping", CatalogRepository.PACKAGES_OF_GROUPING, 7L, "family"),
                new Case("add_on_by_tenant_active", CatalogRepository.ACTIVE_ADD_ONS, "tenant-003"),
                new Case("add_on_by_tenant_segment", CatalogRepository.ADD_ONS_OF_SEGMENT, "tenant-003", 121L),
                new Case("segment_by_tenant_active", CatalogRepository.ACTIVE_SEGMENTS, "tenant-003"),
                new Case("segment_by_tenant_sort_order", CatalogRepository.SEGMENTS, "tenant-003"),
                new Case("venue_by_tenant_city", CatalogRepository.VENUES_IN_CITY, "tenant-003", "Porto"));
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theQueryUsesItsIndex(Case query) {
        assertThat(plan(query.sql(), query.parameters().toArray())).containsPattern("\\b" + query.index() + "\\b");
    }

    @Test
    void thePageOfAPackageUsesTheSlugAndTheBookingsAhead() {
        assertThat(plan(
                        CatalogRepository.PACKAGE_BY_SLUG,
                        "tenant-003",
                        "package-1",
                        "tenant-003",
                        "tenant-003",
                        "tenant-003"))
                .contains("package_by_tenant_slug", "booking_by_tenant_");
    }

    @Test
    void everyIndexHasACase() {
        Set<String> proven = new TreeSet<>(cases().stream().map(Case::index).toList());
        List<String> indexes = database.query(
                "SELECT indexname FROM pg_indexes WHERE schemaname = current_schema() AND indexdef LIKE 'CREATE INDEX%'",
                row -> row.getString(1));
        assertThat(indexes).hasSize(16).containsExactlyInAnyOrderElementsOf(proven);
    }

    private String plan(String sql, Object... parameters) {
        return String.join("\n", database.query("EXPLAIN " + sql, row -> row.getString(1), parameters));
    }
}
