package io.cacheport.examples.catalog;

import java.time.LocalDate;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.Supplier;

/**
 * Counts reads of a catalogue, and which of them were answered without a query of their own: one that waited for the query of
 * another counts as saved, one that a cache fills itself from is nobody's read. Thread-safe.
 */
public final class QuerySavings {

    private final LongAdder reads = new LongAdder();
    private final LongAdder asked = new LongAdder();
    private final ThreadLocal<Boolean> askedNow = ThreadLocal.withInitial(() -> false);

    /** The catalogue that asks the database; a load runs on the thread of the reader that caused it. */
    public Catalog source(Catalog database) {
        return new Watched(database) {
            @Override
            <T> T read(Supplier<T> read) {
                askedNow.set(true);
                return read.get();
            }
        };
    }

    /** The catalogue that visitors read. */
    public Catalog served(Catalog cached) {
        return new Watched(cached) {
            @Override
            <T> T read(Supplier<T> read) {
                askedNow.set(false);
                T answer = read.get();
                reads.increment();
                if (askedNow.get()) {
                    asked.increment();
                }
                return answer;
            }
        };
    }

    /** Reads that were answered. */
    public long reads() {
        return reads.sum();
    }

    /** Those of them that asked the database. */
    public long asked() {
        return asked.sum();
    }

    private abstract static class Watched implements Catalog {

        private final Catalog catalog;

        Watched(Catalog catalog) {
            this.catalog = catalog;
        }

        abstract <T> T read(Supplier<T> read);

        @Override
        public List<String> tenants() {
            return catalog.tenants();
        }

        @Override
        public List<CatalogPackage> packages(String tenant) {
            return read(() -> catalog.packages(tenant));
        }

        @Override
        public CatalogPackage packageBySlug(String tenant, String slug) {
            return read(() -> catalog.packageBySlug(tenant, slug));
        }

        @Override
        public Availability availability(String tenant, LocalDate date) {
            return read(() -> catalog.availability(tenant, date));
        }

        @Override
        public CatalogPackage update(String tenant, String slug, PackageUpdate update) {
            return catalog.update(tenant, slug, update);
        }
    }
}
