package io.cacheport.examples.catalog;

/** The database that all tests of a JVM share; they leave it as they find it. */
final class TestDatabase {

    /** More tenants than in the demonstration: where a tenant is a large part of a small table, any index is as good. */
    static final CatalogSize SIZE = new CatalogSize(400, 40, 40, 80, 160, 50, 200_000);

    private TestDatabase() {}

    static CatalogDatabase shared() {
        return Shared.DATABASE;
    }

    private static final class Shared {

        static final CatalogDatabase DATABASE = CatalogDatabase.start(SIZE);

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(DATABASE::close));
        }
    }
}
