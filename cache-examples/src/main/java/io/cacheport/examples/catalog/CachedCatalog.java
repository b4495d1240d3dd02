package io.cacheport.examples.catalog;

import static io.cacheport.aside.CacheAside.withCache;

import io.cacheport.CacheServicePort;
import io.cacheport.Glob;
import io.cacheport.TypeRef;
import io.cacheport.aside.Cache;
import io.cacheport.warm.WarmReport;
import io.cacheport.warm.Warming;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;

/** A catalogue that asks another one only for what the cache does not have. Every key names its tenant. */
public final class CachedCatalog implements Catalog {

    private static final Duration LIST_TTL = Duration.ofMinutes(15);

    private final Catalog source;
    private final CacheServicePort cache;
    private final Cache<String, List<CatalogPackage>> lists;

    /** Caches what {@code source} answers. */
    public CachedCatalog(Catalog source, CacheServicePort cache) {
        this.source = source;
        this.cache = cache;
        this.lists = Cache.named("catalog", new TypeRef<List<CatalogPackage>>() {})
                .ttl(LIST_TTL)
                .over(cache, tenant -> tenant + ":packages");
    }

    @Override
    public List<String> tenants() {
        return source.tenants();
    }

    @Override
    public List<CatalogPackage> packages(String tenant) {
        return withCache(
                cache, "catalog:" + tenant + ":packages", LIST_TTL, new TypeRef<>() {}, () -> source.packages(tenant));
    }

    @Override
    public CatalogPackage packageBySlug(String tenant, String slug) {
        return withCache(
                cache,
                "catalog:" + tenant + ":package:" + slug,
                Duration.ofMinutes(15),
                CatalogPackage.class,
                () -> source.packageBySlug(tenant, slug));
    }

    @Override
    public Availability availability(String tenant, LocalDate date) {
        return withCache(
                cache,
                "availability:" + tenant + ":" + date,
                Duration.ofMinutes(5),
                Availability.class,
                () -> source.availability(tenant, date));
    }

    /** The source first: a cache flushed before it could be filled again with what is about to change. */
    @Override
    public CatalogPackage update(String tenant, String slug, PackageUpdate update) {
        CatalogPackage updated = source.update(tenant, slug, update);
        cache.flush("catalog:" + Glob.escape(tenant) + ":*");
        return updated;
    }

    /** Caches every active tenant's packages, so that the first visitors after a start do not all meet the database. */
    public WarmReport warm() {
        return Warming.of(lists).each(tenants(), source::packages);
    }
}
