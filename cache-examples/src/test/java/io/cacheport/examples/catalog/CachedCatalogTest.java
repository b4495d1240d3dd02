package io.cacheport.examples.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheport.CacheServicePort;
import io.cacheport.inmemory.InMemoryCacheAdapter;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.LocalDate;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class CachedCatalogTest {

    private static final LocalDate DAY = LocalDate.of(2030, 5, 17);
    private static final PackageUpdate UPDATE = new PackageUpdate("New", new BigDecimal("12.50"));

    private final FakeCatalog source = new FakeCatalog();
    private final CacheServicePort cache = InMemoryCacheAdapter.create();
    private final CachedCatalog catalog = new CachedCatalog(source, cache);

    @AfterEach
    void close() {
        cache.close();
    }

    @Test
    void asksTheSourceOnce() {
        for (int i = 0; i < 3; i++) {
            assertThat(catalog.packages("anna")).hasSize(2);
            assertThat(catalog.packageBySlug("anna", "quiet").title()).isEqualTo("A quiet day");
            assertThat(catalog.availability("anna", DAY).date()).isEqualTo(DAY);
        }
        assertThat(source.reads).hasValue(3);
        assertThat(cache.getStats().hits()).isEqualTo(6);
        assertThat(cache.getStats().misses()).isEqualTo(3);
    }

    @Test
    void keysNameTheTenantAndEntriesExpire() {
        catalog.packages("anna");
        catalog.packageBySlug("anna", "quiet");
        catalog.availability("anna", DAY);
        assertThat(cache.ttl("catalog:anna:packages").orElseThrow())
                .isBetween(Duration.ofMinutes(13), Duration.ofMinutes(15));
        assertThat(cache.ttl("catalog:anna:package:quiet").orElseThrow())
                .isBetween(Duration.ofMinutes(13), Duration.ofMinutes(15));
        assertThat(cache.ttl("availability:anna:2030-05-17").orElseThrow())
                .isBetween(Duration.ofMinutes(4), Duration.ofMinutes(5));
    }

    @Test
    void anUpdateIsSeenByTheNextRead() {
        catalog.packages("anna");
        catalog.packageBySlug("anna", "quiet");
        assertThat(catalog.update("anna", "quiet", UPDATE).title()).isEqualTo("New");
        assertThat(catalog.packageBySlug("anna", "quiet").title()).isEqualTo("New");
        assertThat(catalog.packages("anna")).extracting(CatalogPackage::title).contains("New");
    }

    @Test
    void anUpdateLeavesOtherTenantsAndAvailabilityCached() {
        catalog.packages("anna-2");
        catalog.availability("anna", DAY);
        catalog.update("anna", "quiet", UPDATE);
        source.reads.set(0);
        assertThat(catalog.packages("anna-2")).extracting(CatalogPackage::title).doesNotContain("New");
        catalog.availability("anna", DAY);
        assertThat(source.reads).hasValue(0);
    }

    @Test
    void whatTheSourceThrowsPassesAndIsNotCached() {
        for (int i = 0; i < 2; i++) {
            assertThatThrownBy(() -> catalog.packages("nobody"))
                    .isInstanceOf(NotFoundException.class)
                    .hasMessage("there is no tenant \"nobody\"");
        }
        assertThat(source.reads).hasValue(2);
        assertThat(cache.getStats().keys()).isZero();
    }

    @Test
    void aFailedUpdateLeavesTheCacheAlone() {
        catalog.packages("anna");
        assertThatThrownBy(() -> catalog.update("anna", "none", UPDATE)).isInstanceOf(NotFoundException.class);
        assertThat(cache.exists("catalog:anna:packages")).isTrue();
    }

    @Test
    void warmingCachesThePackagesOfEveryTenant() {
        catalog.warm();
        source.reads.set(0);
        source.tenants().forEach(catalog::packages);
        assertThat(source.reads).hasValue(0);
    }
}
