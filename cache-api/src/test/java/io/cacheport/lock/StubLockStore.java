package io.cacheport.lock;

import io.cacheport.CacheException;
import io.cacheport.ErrorCause;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Keeps locks by a test's clock, writes down what it was asked, and can be made ill. */
final class StubLockStore implements LockStore {

    private record Held(String token, long fencing, long until) {}

    final List<String> asked = new ArrayList<>();

    /** Why it cannot be asked. */
    @Nullable
    ErrorCause ill;

    /** Whether takes are carried out, and not answered. */
    boolean silent;

    /** Done before the next request is carried out, and before its answer arrives. */
    @Nullable
    Runnable before;

    @Nullable
    Runnable after;

    private final ManualTime time;
    private final Map<String, Held> locks = new HashMap<>();
    private long grants;

    StubLockStore(ManualTime time) {
        this.time = time;
    }

    boolean isHeld(String name) {
        return find(name) != null;
    }

    private @Nullable Held find(String name) {
        Held there = locks.get(name);
        return there != null && there.until() - time.nanoTime() > 0 ? there : null;
    }

    void forget(String name) {
        locks.remove(name);
    }

    private void asked(String request) {
        asked.add(request);
        Runnable first = before;
        before = null;
        run(first);
        if (ill != null) {
            throw CacheException.of(ill, "made to", null);
        }
    }

    private void answering() {
        Runnable last = after;
        after = null;
        run(last);
    }

    private static void run(@Nullable Runnable code) {
        if (code != null) {
            code.run();
        }
    }

    private @Nullable Held find(String name, String token) {
        Held there = find(name);
        return there != null && there.token().equals(token) ? there : null;
    }

    @Override
    public LockAnswer take(String name, String token, Duration lease) {
        asked("take " + name);
        Held there = find(name);
        LockAnswer answer;
        if (there != null && !there.token().equals(token)) {
            answer = new LockAnswer.Taken(Duration.ofNanos(there.until() - time.nanoTime()));
        } else {
            long number = there != null ? there.fencing() : ++grants;
            locks.put(name, new Held(token, number, time.nanoTime() + lease.toNanos()));
            answer = new LockAnswer.Granted(number);
        }
        answering();
        return silent ? new LockAnswer.Unknown(ErrorCause.TIMEOUT) : answer;
    }

    @Override
    public boolean renew(String name, String token, Duration lease) {
        asked("renew " + name);
        Held mine = find(name, token);
        if (mine != null) {
            long until = time.nanoTime() + lease.toNanos();
            locks.put(name, new Held(token, mine.fencing(), until - mine.until() > 0 ? until : mine.until()));
        }
        answering();
        return mine != null;
    }

    @Override
    public boolean release(String name, String token) {
        asked("release " + name);
        boolean mine = find(name, token) != null;
        if (mine) {
            locks.remove(name);
        }
        answering();
        return mine;
    }
}
