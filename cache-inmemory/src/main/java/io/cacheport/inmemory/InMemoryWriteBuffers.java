package io.cacheport.inmemory;

import io.cacheport.ErrorCause;
import io.cacheport.TypeRef;
import io.cacheport.behind.WriteBuffers;
import io.cacheport.lease.Stamp;
import io.cacheport.spi.FailureHandler;
import io.cacheport.spi.UnreadableValueException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What waits to be written, for as long as this process lives. */
final class InMemoryWriteBuffers implements WriteBuffers {

    private final Store store;
    private final FailureHandler failures;
    private final int maximumValueBytes;
    private final ConcurrentMap<String, Buffer> buffers = new ConcurrentHashMap<>();

    /** Guarded by itself. */
    private static final class Buffer {

        private final Map<String, Object> waiting = new LinkedHashMap<>();
        private final Map<String, Object> batch = new LinkedHashMap<>();
        private String id = "";
        private boolean parted;
    }

    InMemoryWriteBuffers(Store store, FailureHandler failures, int maximumValueBytes) {
        this.store = store;
        this.failures = failures;
        this.maximumValueBytes = maximumValueBytes;
    }

    @Override
    public Kept add(String name, String key, long by, int limit) {
        if (store.isClosed()) {
            failures.logged("write-behind", ErrorCause.CLOSED, null);
            return Kept.NO;
        }
        Buffer buffer = buffer(name);
        synchronized (buffer) {
            if (isFull(buffer, key, limit)) {
                return Kept.FULL;
            }
            buffer.waiting.merge(key, by, (there, more) -> Math.addExact((Long) there, (Long) more));
            return Kept.YES;
        }
    }

    @Override
    public Kept put(String name, String key, Object value, int limit) {
        Object held = store.hold(name, value);
        if (store.form.bytes(held) > maximumValueBytes) {
            throw failures.toThrow("write-behind", ErrorCause.TOO_LARGE, null);
        }
        if (held == null || store.isClosed()) {
            failures.logged("write-behind", ErrorCause.CLOSED, null);
            return Kept.NO;
        }
        Buffer buffer = buffer(name);
        synchronized (buffer) {
            if (isFull(buffer, key, limit)) {
                return Kept.FULL;
            }
            buffer.waiting.put(key, held);
            return Kept.YES;
        }
    }

    private static boolean isFull(Buffer buffer, String key, int limit) {
        return buffer.waiting.size() >= limit && !buffer.waiting.containsKey(key);
    }

    @Override
    public <T> List<T> waiting(String name, String key, TypeRef<T> type) {
        requireOpen();
        Buffer buffer = buffer(name);
        List<Object> held = new ArrayList<>(2);
        synchronized (buffer) {
            Stream.of(buffer.batch, buffer.waiting).map(some -> some.get(key)).forEach(change -> {
                if (change != null) {
                    held.add(change);
                }
            });
        }
        List<T> all = new ArrayList<>(2);
        for (Object change : held) {
            try {
                all.add(read(name, change, type));
            } catch (UnreadableValueException unreadable) {
                throw failures.toThrow("write-behind", ErrorCause.UNREADABLE, unreadable);
            }
        }
        return all;
    }

    @Override
    public <T> @Nullable Taken<T> take(String name, TypeRef<T> type, int atMost) {
        requireOpen();
        Buffer buffer = buffer(name);
        Map<String, Object> batch;
        String id;
        boolean parted;
        synchronized (buffer) {
            if (buffer.batch.isEmpty()) {
                begin(buffer, atMost);
            }
            batch = Map.copyOf(buffer.batch);
            id = buffer.id;
            parted = buffer.parted;
        }
        if (batch.isEmpty()) {
            return null;
        }
        Map<String, T> changes = new HashMap<>();
        Map<String, Exception> unreadable = new HashMap<>();
        batch.forEach((key, held) -> {
            try {
                changes.put(key, read(name, held, type));
            } catch (UnreadableValueException why) {
                unreadable.put(key, failures.toThrow("write-behind", ErrorCause.UNREADABLE, why));
            }
        });
        return new Taken<>(id, parted, changes, unreadable);
    }

    private static void begin(Buffer buffer, int atMost) {
        Iterator<Map.Entry<String, Object>> waiting = buffer.waiting.entrySet().iterator();
        while (waiting.hasNext() && buffer.batch.size() < atMost) {
            Map.Entry<String, Object> one = waiting.next();
            buffer.batch.put(one.getKey(), one.getValue());
            waiting.remove();
        }
        buffer.id = Stamp.next().toString();
        buffer.parted = false;
    }

    @Override
    public void part(String name, String id) {
        requireOpen();
        Buffer buffer = buffer(name);
        synchronized (buffer) {
            if (buffer.id.equals(id)) {
                buffer.parted = true;
            }
        }
    }

    @Override
    public void done(String name, String id, Collection<String> keys) {
        requireOpen();
        Buffer buffer = buffer(name);
        synchronized (buffer) {
            if (buffer.id.equals(id)) {
                keys.forEach(buffer.batch::remove);
            }
        }
    }

    @Override
    public long size(String name) {
        requireOpen();
        Buffer buffer = buffer(name);
        synchronized (buffer) {
            return buffer.waiting.size() + (long) buffer.batch.size();
        }
    }

    @SuppressWarnings("unchecked") // a counter is taken as the Long it is
    private <T> T read(String name, Object held, TypeRef<T> type) throws UnreadableValueException {
        if (held instanceof Long && type.rawType() == Long.class) {
            return (T) held;
        }
        T value = store.form.read(name, held, type);
        if (value == null) {
            throw new IllegalStateException("a null waits to be written, which nobody left there");
        }
        return value;
    }

    private Buffer buffer(String name) {
        return buffers.computeIfAbsent(name, unused -> new Buffer());
    }

    private void requireOpen() {
        if (store.isClosed()) {
            throw failures.toThrow("write-behind", ErrorCause.CLOSED, null);
        }
    }
}
