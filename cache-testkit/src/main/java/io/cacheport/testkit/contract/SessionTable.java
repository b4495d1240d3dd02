package io.cacheport.testkit.contract;

import io.cacheport.session.SessionStore;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a table of sessions would be, with a clock that the test moves. */
final class SessionTable implements SessionStore<SessionContract.Login> {

    private final Map<String, Row> rows = new HashMap<>();
    private Duration now = Duration.ZERO;
    private int renewals;

    /** Runs after a session was read for a renewal and before it is given. */
    private Runnable afterRenewal = () -> {};

    private record Row(SessionContract.Login login, Duration idleUntil, Duration endsAt) {}

    synchronized void passTime(Duration time) {
        now = now.plus(time);
    }

    synchronized int renewals() {
        return renewals;
    }

    synchronized void afterRenewal(Runnable action) {
        afterRenewal = action;
    }

    synchronized boolean knows(String text) {
        return rows.keySet().stream().anyMatch(name -> name.contains(text));
    }

    @Override
    public synchronized void save(String name, SessionContract.Login session, Duration idle, Duration life) {
        rows.put(name, new Row(session, now.plus(idle), now.plus(life)));
    }

    @Override
    public SessionContract.@Nullable Login renew(String name, Duration idle) {
        Row row;
        Runnable then;
        synchronized (this) {
            renewals++;
            row = live(name);
            if (row != null) {
                rows.put(name, new Row(row.login, now.plus(idle), row.endsAt));
            }
            then = afterRenewal;
        }
        then.run();
        return row == null ? null : row.login;
    }

    @Override
    public synchronized boolean replace(String name, String newName, SessionContract.Login session, Duration idle) {
        Row row = live(name);
        if (row == null) {
            return false;
        }
        rows.remove(name);
        rows.put(newName, new Row(session, now.plus(idle), row.endsAt));
        return true;
    }

    @Override
    public synchronized void remove(String name) {
        rows.remove(name);
    }

    private @Nullable Row live(String name) {
        Row row = rows.get(name);
        return row == null || row.idleUntil.compareTo(now) <= 0 || row.endsAt.compareTo(now) <= 0 ? null : row;
    }
}
