package io.cacheport.examples.chat;

import io.cacheport.examples.support.Database;
import io.cacheport.session.SessionStore;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Who is logged in, in the database, by its clock. Thread-safe. */
public final class LoginRepository implements SessionStore<Login> {

    private static final String SAVE = """
            INSERT INTO login (name, user_id, idle_until, ends_at)
            VALUES (?, ?, now() + ? * interval '1 second', now() + ? * interval '1 second')
            """;

    private static final String RENEW = """
            UPDATE login SET idle_until = now() + ? * interval '1 second'
            WHERE name = ? AND idle_until > now() AND ends_at > now()
            RETURNING user_id
            """;

    private static final String REPLACE = """
            UPDATE login SET name = ?, user_id = ?, idle_until = now() + ? * interval '1 second'
            WHERE name = ? AND idle_until > now() AND ends_at > now()
            """;

    private final Database database;

    /** A repository on a database that has the chat's {@code schema.sql}. */
    public LoginRepository(Database database) {
        this.database = database;
    }

    @Override
    public void save(String name, Login login, Duration idle, Duration life) {
        database.update(SAVE, name, login.userId(), idle.toSeconds(), life.toSeconds());
    }

    @Override
    public @Nullable Login renew(String name, Duration idle) {
        List<Login> found = database.query(RENEW, row -> new Login(row.getLong(1)), idle.toSeconds(), name);
        return found.isEmpty() ? null : found.get(0);
    }

    @Override
    public boolean replace(String name, String newName, Login login, Duration idle) {
        return database.update(REPLACE, newName, login.userId(), idle.toSeconds(), name) == 1;
    }

    @Override
    public void remove(String name) {
        database.update("DELETE FROM login WHERE name = ?", name);
    }
}
