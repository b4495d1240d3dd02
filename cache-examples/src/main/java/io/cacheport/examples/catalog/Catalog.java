package io.cacheport.examples.catalog;

import java.time.LocalDate;
import java.util.List;

/** What tenants offer and when. Unknown and closed tenants are a {@link NotFoundException} everywhere. */
public interface Catalog {

    /** The ids of the active tenants. */
    List<String> tenants();

    /** A tenant's active packages by slug, each with its add-ons and next free date. */
    List<CatalogPackage> packages(String tenant);

    /**
     * One active package.
     *
     * @throws NotFoundException if the tenant has no such package
     */
    CatalogPackage packageBySlug(String tenant, String slug);

    /** What is free on a day. */
    Availability availability(String tenant, LocalDate date);

    /**
     * Changes an active package.
     *
     * @throws NotFoundException if the tenant has no such package
     */
    CatalogPackage update(String tenant, String slug, PackageUpdate update);
}
