package io.cacheport.examples.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class CatalogRepositoryTest {

    private final LocalDate today = LocalDate.now(ZoneId.systemDefault());

    private final CatalogDatabase database = TestDatabase.shared();
    private final CatalogRepository catalog = new CatalogRepository(database);

    @Test
    void listsActiveTenantsOnly() {
        assertThat(catalog.tenants())
                .hasSize(TestDatabase.SIZE.tenants())
                .contains("tenant-001")
                .doesNotContain("closed");
    }

    @Test
    void listsActivePackagesWithTheirAddOnsInOneQuery() {
        long before = database.queries();
        assertThat(catalog.packages("tenant-002"))
                .hasSize(TestDatabase.SIZE.packages() / 2)
                .allSatisfy(found -> {
                    assertThat(found.slug()).startsWith("package-");
                    assertThat(found.price()).isPositive();
                    assertThat(found.upcomingBookings()).isNotNegative();
                    assertThat(found.nextFreeDate()).isAfter(today);
                })
                .allSatisfy(found -> assertThat(found.addOns())
                        .hasSize(TestDatabase.SIZE.addOns() / TestDatabase.SIZE.segments() / 2));
        assertThat(database.queries() - before).isEqualTo(1);
    }

    @Test
    void findsOnePackageAsItIsInTheList() {
        CatalogPackage found = catalog.packageBySlug("tenant-002", "package-5");
        assertThat(catalog.packages("tenant-002")).contains(found);
    }

    @Test
    void aNextFreeDateHasAPlaceAndTheDaysBeforeItHaveNone() {
        LocalDate tomorrow = today.plusDays(1);
        for (String tenant : catalog.tenants()) {
            for (CatalogPackage found : catalog.packages(tenant)) {
                LocalDate next = Objects.requireNonNull(found.nextFreeDate());
                if (next.isAfter(tomorrow)) {
                    assertThat(freePlaces(tenant, found.slug(), next)).isPositive();
                    assertThat(tomorrow.datesUntil(next))
                            .allSatisfy(day -> assertThat(freePlaces(tenant, found.slug(), day))
                                    .isZero());
                    return;
                }
            }
        }
        fail("no package is booked out tomorrow");
    }

    private int freePlaces(String tenant, String slug, LocalDate day) {
        return catalog.availability(tenant, day).places().stream()
                .filter(places -> places.slug().equals(slug))
                .mapToInt(Availability.Places::free)
                .sum();
    }

    @Test
    void availabilityTakesTwoQueries() {
        long before = database.queries();
        Availability free = catalog.availability("tenant-002", today.plusDays(1));
        assertThat(database.queries() - before).isEqualTo(2);
        assertThat(free.closedBecause()).isNull();
        assertThat(free.places()).anySatisfy(places -> assertThat(places.free()).isPositive());
    }

    @Test
    void nothingIsFreeOnABlackout() {
        Availability closed = catalog.availability("tenant-002", today.plusDays(5));
        assertThat(closed.closedBecause()).isEqualTo("Closed for the season");
        assertThat(closed.places())
                .isNotEmpty()
                .allSatisfy(places -> assertThat(places.free()).isZero());
    }

    @Test
    void anUpdateChangesOneTenantOnly() {
        CatalogPackage before = catalog.packageBySlug("tenant-004", "package-1");
        CatalogPackage other = catalog.packageBySlug("tenant-005", "package-1");
        try {
            CatalogPackage after =
                    catalog.update("tenant-004", "package-1", new PackageUpdate("New", new BigDecimal("12.34")));
            assertThat(after.title()).isEqualTo("New");
            assertThat(after.price()).isEqualByComparingTo("12.34");
            assertThat(after.updatedAt()).isAfter(before.updatedAt());
            assertThat(catalog.packageBySlug("tenant-004", "package-1")).isEqualTo(after);
            assertThat(catalog.packageBySlug("tenant-005", "package-1")).isEqualTo(other);
        } finally {
            catalog.update("tenant-004", "package-1", new PackageUpdate(before.title(), before.price()));
        }
    }

    @Test
    void whatIsNotThereIsSaidByName() {
        assertThatThrownBy(() -> catalog.packages("nobody"))
                .isInstanceOf(NotFoundException.class)
                .hasMessage("there is no tenant \"nobody\"");
        assertThatThrownBy(() -> catalog.availability("closed", today)).hasMessageContaining("no tenant \"closed\"");
        assertThatThrownBy(() -> catalog.packageBySlug("tenant-002", "package-41")) // retired
                .isInstanceOf(NotFoundException.class)
                .hasMessage("tenant \"tenant-002\" has no package \"package-41\"");
        assertThatThrownBy(() -> catalog.update("tenant-002", "none", new PackageUpdate("x", BigDecimal.ONE)))
                .hasMessageContaining("no package \"none\"");
    }

    @Test
    void readsTheTablesAroundThePackages() {
        assertThat(catalog.packagesOfSegment(1)).isNotEmpty();
        assertThat(catalog.packagesOfGrouping(1, "family")).hasSizeLessThan(TestDatabase.SIZE.packages());
        assertThat(catalog.activeAddOns("tenant-001")).hasSize(TestDatabase.SIZE.addOns() / 2);
        assertThat(catalog.addOnsOfSegment("tenant-001", 1))
                .hasSize(TestDatabase.SIZE.addOns() / TestDatabase.SIZE.segments());
        assertThat(catalog.segments("tenant-001"))
                .hasSize(TestDatabase.SIZE.segments())
                .extracting(Segment::sortOrder)
                .isSorted();
        assertThat(catalog.activeSegments("tenant-001"))
                .hasSize(TestDatabase.SIZE.segments() / 2)
                .allMatch(Segment::active)
                .extracting(Segment::sortOrder)
                .isSorted();
        assertThat(catalog.venuesInCity("tenant-001", "Porto"))
                .hasSize(TestDatabase.SIZE.venues() / 5)
                .allMatch(venue -> venue.city().equals("Porto"));
    }
}
