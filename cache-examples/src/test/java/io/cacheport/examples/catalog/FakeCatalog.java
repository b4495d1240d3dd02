package io.cacheport.examples.catalog;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** Two tenants with two packages each, in memory, counting how often it is asked. */
final class FakeCatalog implements Catalog {

    final AtomicInteger reads = new AtomicInteger();
    private final Map<String, Map<String, CatalogPackage>> packages = new ConcurrentHashMap<>();

    FakeCatalog() {
        for (String tenant : tenants()) {
            packages.put(tenant, new TreeMap<>(Map.of("quiet", offer(1, "quiet"), "loud", offer(2, "loud"))));
        }
    }

    private static CatalogPackage offer(long id, String slug) {
        return new CatalogPackage(
                id,
                slug,
                "A " + slug + " day",
                "From morning to night",
                new BigDecimal("250.00"),
                "Weddings",
                "The barn",
                "Porto",
                3,
                LocalDate.of(2030, 5, 17),
                Instant.parse("2026-01-02T03:04:05Z"),
                List.of(new AddOn(9, "Flowers", new BigDecimal("30.50"))));
    }

    @Override
    public List<String> tenants() {
        return List.of("anna", "anna-2");
    }

    @Override
    public List<CatalogPackage> packages(String tenant) {
        reads.incrementAndGet();
        return List.copyOf(of(tenant).values());
    }

    @Override
    public CatalogPackage packageBySlug(String tenant, String slug) {
        reads.incrementAndGet();
        CatalogPackage found = of(tenant).get(slug);
        if (found == null) {
            throw NotFoundException.slug(tenant, slug);
        }
        return found;
    }

    @Override
    public Availability availability(String tenant, LocalDate date) {
        reads.incrementAndGet();
        return new Availability(
                date,
                null,
                of(tenant).keySet().stream()
                        .map(slug -> new Availability.Places(slug, 1))
                        .toList());
    }

    @Override
    public CatalogPackage update(String tenant, String slug, PackageUpdate update) {
        CatalogPackage old = packageBySlug(tenant, slug);
        CatalogPackage updated = new CatalogPackage(
                old.id(),
                slug,
                update.title(),
                old.description(),
                update.price(),
                old.segment(),
                old.venue(),
                old.city(),
                old.upcomingBookings(),
                old.nextFreeDate(),
                old.updatedAt(),
                old.addOns());
        of(tenant).put(slug, updated);
        return updated;
    }

    private Map<String, CatalogPackage> of(String tenant) {
        Map<String, CatalogPackage> found = packages.get(tenant);
        if (found == null) {
            throw NotFoundException.tenant(tenant);
        }
        return found;
    }
}
