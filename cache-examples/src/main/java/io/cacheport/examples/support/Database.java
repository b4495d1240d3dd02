package io.cacheport.examples.support;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL for one example, behind a connection pool, counting what it is asked. Thread-safe.
 *
 * <p>It brings its own server, unless {@code CACHEPORT_POSTGRES_URL} names one ({@code jdbc:postgresql://...}). There it
 * makes a schema of its own, which goes with it.
 */
public final class Database implements AutoCloseable {

    private static final int CONNECTIONS = 8;

    private final @Nullable EmbeddedPostgres server;
    private final @Nullable String ownSchema;
    private final HikariDataSource pool;
    private final LongAdder queries = new LongAdder();

    private Database(String name, @Nullable EmbeddedPostgres server, String url, @Nullable String ownSchema) {
        this.server = server;
        this.ownSchema = ownSchema;
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(CONNECTIONS);
        config.setPoolName(name);
        this.pool = new HikariDataSource(config);
    }

    /**
     * A database in which these scripts have been executed.
     *
     * @param name of the example, lower-case letters
     */
    public static Database start(String name, String... scripts) {
        String url = System.getenv("CACHEPORT_POSTGRES_URL");
        EmbeddedPostgres server = url == null || url.isBlank() ? startServer() : null;
        String schema = "cacheport_" + name + "_" + UUID.randomUUID().toString().substring(0, 8);
        String where = server == null ? url : server.getJdbcUrl("postgres", "postgres");
        Database database = new Database(
                name, server, where + (where.contains("?") ? '&' : '?') + "currentSchema=" + schema, schema);
        try {
            database.script("CREATE SCHEMA " + schema);
            for (String script : scripts) {
                database.script(script);
            }
            return database;
        } catch (RuntimeException e) {
            database.close();
            throw e;
        }
    }

    /** The database of another process, which has told its {@link #url}. */
    public static Database at(String url) {
        return new Database("elsewhere", null, url, null);
    }

    /** How another process gets to it. */
    public String url() {
        return pool.getJdbcUrl();
    }

    private static EmbeddedPostgres startServer() {
        try {
            // The data is made up anew on every start, so nothing is lost by not waiting for the disk.
            return EmbeddedPostgres.builder()
                    .setServerConfig("fsync", "off")
                    .setServerConfig("synchronous_commit", "off")
                    .setServerConfig("full_page_writes", "off")
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Text that lies beside a class on the class path, such as {@code schema.sql}. */
    public static String resource(Class<?> beside, String name) {
        try (InputStream in = beside.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException(name + " is not on the class path");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Executes statements that give no rows and have no parameters. */
    public void script(String sql) {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }

    /** The rows a query gives. */
    public <T> List<T> query(String sql, Row<T> row, Object... parameters) {
        queries.increment();
        try (Connection connection = pool.getConnection();
                PreparedStatement statement = prepare(connection, sql, parameters);
                ResultSet results = statement.executeQuery()) {
            List<T> rows = new ArrayList<>();
            while (results.next()) {
                rows.add(row.read(results));
            }
            return rows;
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }

    /** How many rows a statement changed. */
    public int update(String sql, Object... parameters) {
        queries.increment();
        try (Connection connection = pool.getConnection();
                PreparedStatement statement = prepare(connection, sql, parameters)) {
            return statement.executeUpdate();
        } catch (SQLException e) {
            throw new DatabaseException(e);
        }
    }

    private static PreparedStatement prepare(Connection connection, String sql, Object... parameters)
            throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        for (int i = 0; i < parameters.length; i++) {
            statement.setObject(i + 1, parameters[i]);
        }
        return statement;
    }

    /** Statements executed for the repositories since the start. */
    public long queries() {
        return queries.sum();
    }

    @Override
    public void close() {
        try (pool;
                server) {
            if (server == null && ownSchema != null) { // our own server goes as a whole, and may be gone already
                script("DROP SCHEMA IF EXISTS " + ownSchema + " CASCADE");
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Reads the current row. */
    @FunctionalInterface
    public interface Row<T> {
        /** What the row says. */
        T read(ResultSet row) throws SQLException;
    }
}
