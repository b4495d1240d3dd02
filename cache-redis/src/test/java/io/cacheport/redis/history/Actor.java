package io.cacheport.redis.history;

import static java.util.Objects.requireNonNull;

import io.cacheport.redis.history.Events.What;
import io.cacheport.redis.history.Updates.Removal;
import io.cacheport.redis.history.View.Item;
import io.cacheport.testkit.server.RespClient;
import io.cacheport.testkit.server.RespException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** What one thread can do: reads, checked, of the cache before the source, and updates of the source. */
final class Actor implements AutoCloseable {

    private static final double FAILING = 0.02;

    final SplittableRandom random;
    final Subject subject;
    private final Checks checks;
    private final LoadChecks loads;
    private final Updates updates;
    private final int port;
    private @Nullable RespClient foreign;

    Actor(Subject subject, Checks checks, LoadChecks loads, Updates updates, int port, SplittableRandom random) {
        this.subject = subject;
        this.checks = checks;
        this.loads = loads;
        this.updates = updates;
        this.port = port;
        this.random = random;
    }

    void load(Key key) {
        long least = checks.least(key);
        Object value = noted(
                key,
                () -> checks.call(
                        List.of(key),
                        true,
                        () -> requireNonNull(subject.load(key, one -> {
                            counted(key);
                            return loaded(List.of(one)).get(0);
                        }))));
        checks.read(key, least, value);
    }

    void loadSeveral(List<Key> keys) {
        long[] least = least(keys);
        Map<String, Item> values = checks.call(keys, true, () -> subject.loadAll(keys, texts -> loadAll(keys, texts)));
        if (values != null) {
            for (int i = 0; i < least.length; i++) {
                Item value = values.get(keys.get(i).text());
                checks.read(keys.get(i), least[i], value);
                if (value == null) {
                    checks.violation(Violation.FOREIGN, keys.get(i), "left out, though the source has it");
                }
            }
        }
    }

    private Map<String, Item> loadAll(List<Key> keys, Set<String> texts) throws MarkedException {
        List<Key> asked =
                keys.stream().filter(key -> texts.contains(key.text())).toList();
        List<Item> items = loaded(asked);
        Map<String, Item> all = new HashMap<>();
        asked.forEach(key -> all.put(key.text(), items.get(all.size())));
        return all;
    }

    void peek(Key key) {
        long least = checks.least(key);
        checks.read(key, least, noted(key, () -> checks.call(List.of(key), false, () -> subject.peek(key))));
    }

    void peekSeveral(List<Key> keys) {
        long[] least = least(keys);
        Map<String, ? extends @Nullable Item> values = checks.call(keys, false, () -> subject.peekAll(keys));
        if (values != null) {
            for (int i = 0; i < least.length; i++) {
                checks.read(keys.get(i), least[i], values.get(keys.get(i).name()));
            }
        }
    }

    void peekAsAnother(Key key) {
        Object value = checks.call(List.of(key), false, () -> subject.peekAsAnother(key));
        if (value != null) {
            checks.violation(
                    Violation.FOREIGN,
                    key,
                    "got " + value + " for " + key.view().anotherType());
        }
    }

    void remove(List<Key> keys) {
        updates.update(keys, () -> subject.remove(keys) ? Removal.ACKNOWLEDGED : Removal.KEPT);
    }

    void flush(View view) {
        updates.update(Key.of(view), () -> subject.flush(view) ? Removal.ACKNOWLEDGED : Removal.KEPT);
    }

    void invalidateTag() {
        updates.update(Key.of(View.TAGGED), () -> subject.invalidateTag() ? Removal.ACKNOWLEDGED : Removal.KEPT);
    }

    /** By the plain API, which does not say. */
    void removeOrKeep(Key key) {
        updates.update(List.of(key), () -> {
            subject.removeOrKeep(key);
            return Removal.KEPT;
        });
    }

    void flushOrKeep(View view) {
        updates.update(Key.of(view), () -> {
            subject.flushOrKeep(view);
            return Removal.KEPT;
        });
    }

    /** By an operator who knows nothing of this library. */
    void removeByHand(Key key) {
        updates.update(List.of(key), () -> {
            try {
                if (foreign == null) {
                    foreign = RespClient.connect("127.0.0.1", port);
                }
                foreign.call("DEL", subject.rawKey(key));
                return Removal.ACKNOWLEDGED;
            } catch (UncheckedIOException | RespException unknown) {
                close();
                return Removal.UNKNOWN;
            }
        });
    }

    private long[] least(List<Key> keys) {
        return keys.stream().mapToLong(checks::least).toArray();
    }

    private interface Read<T> {
        @Nullable
        T run();
    }

    /** Noted as an event of the key. */
    private <T> @Nullable T noted(Key key, Read<T> read) {
        int thread = checks.caller().thread;
        long event = checks.board.events.begin(key, thread, What.READ, -1);
        T value = read.run();
        checks.board.events.end(key, event, thread, What.READ, value instanceof Item item ? item.version() : -1);
        return value;
    }

    private void counted(Key key) {
        if (++checks.caller().loads > 1) {
            checks.violation(Violation.LOADED_TWICE, key, "");
        }
    }

    /** The source, which takes its time between having read and being done: that is when things happen. */
    private List<Item> loaded(List<Key> keys) throws MarkedException {
        int thread = checks.caller().thread;
        long[] versions = new long[keys.size()];
        long[] events = new long[keys.size()];
        for (int i = 0; i < versions.length; i++) {
            loads.loading(keys.get(i), i);
            versions[i] = checks.board.source.version(keys.get(i));
            events[i] = checks.board.events.begin(keys.get(i), thread, What.LOAD, versions[i]);
        }
        boolean fails = random.nextDouble() < FAILING;
        try {
            pause();
            if (fails) {
                throw failure(keys.get(0));
            }
            return IntStream.range(0, versions.length)
                    .mapToObj(i -> keys.get(i).view().item(keys.get(i).name(), versions[i]))
                    .toList();
        } finally {
            for (int i = 0; i < versions.length; i++) {
                loads.loaded(i);
                checks.board.events.end(
                        keys.get(i), events[i], thread, fails ? What.LOAD_FAILED : What.LOAD, versions[i]);
            }
        }
    }

    private MarkedException failure(Key key) {
        MarkedException failure = new MarkedException(key);
        checks.caller().thrown = failure;
        checks.board.count(checks.seat, Count.FAILED_LOADS, 1);
        return failure;
    }

    private void pause() {
        int kind = random.nextInt(20_000);
        long nanos = kind == 0
                ? TimeUnit.MILLISECONDS.toNanos(2_500) // longer than a lease that nobody renews
                : kind < 200 ? random.nextLong(10_000_000) : random.nextLong(200_000);
        long end = System.nanoTime() + nanos;
        for (long left = nanos; left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
    }

    @Override
    public void close() {
        if (foreign != null) {
            foreign.close();
            foreign = null;
        }
    }
}
