package io.cacheport.examples.catalog;

import io.cacheport.examples.support.Database;
import java.util.List;

/** The database with the catalogue in it. Thread-safe. */
public final class CatalogDatabase implements AutoCloseable {

    private final Database database;

    private CatalogDatabase(Database database) {
        this.database = database;
    }

    /** A database with made-up tenants, ready for queries. */
    public static CatalogDatabase start(CatalogSize size) {
        return new CatalogDatabase(Database.start(
                "catalog",
                Database.resource(CatalogDatabase.class, "schema.sql"),
                size.fillIn(Database.resource(CatalogDatabase.class, "seed.sql")),
                Database.resource(CatalogDatabase.class, "indexes.sql"),
                "ANALYZE tenant, segment, venue, package, add_on, customer, booking, blackout"));
    }

    /** The rows a query gives. */
    <T> List<T> query(String sql, Database.Row<T> row, Object... parameters) {
        return database.query(sql, row, parameters);
    }

    /** How many rows a statement changed. */
    int update(String sql, Object... parameters) {
        return database.update(sql, parameters);
    }

    /** Statements executed for the repositories since the start. */
    public long queries() {
        return database.queries();
    }

    @Override
    public void close() {
        database.close();
    }
}
