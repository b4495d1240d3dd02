package io.cacheport.redis;

import io.cacheport.CacheException;
import io.cacheport.ErrorCause;
import io.cacheport.TypeRef;
import io.cacheport.behind.WriteBuffers;
import io.cacheport.lease.Stamp;
import io.cacheport.redis.Calls.Command;
import io.cacheport.redis.Calls.Kind;
import io.cacheport.redis.StoredValues.UnusableException;
import io.cacheport.spi.FailureHandler;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What waits to be written, in two hashes: what came since the last batch, and the batch under way, which has its id in the
 * field without a name.
 */
final class RedisWriteBuffers implements WriteBuffers {

    private static final String PARTED = "*";
    private static final int DONE_AT_ONCE = 1_000;

    private final RedisSettings settings;
    private final RedisGuard guard;
    private final StoredValues values;
    private final FailureHandler failures;

    RedisWriteBuffers(RedisSettings settings, RedisGuard guard, StoredValues values, FailureHandler failures) {
        this.settings = settings;
        this.guard = guard;
        this.values = values;
        this.failures = failures;
    }

    @Override
    public Kept add(String name, String key, long by, int limit) {
        return kept(name, Script.BEHIND_ADD, bytes(key), Script.argument(by), limit);
    }

    @Override
    public Kept put(String name, String key, Object value, int limit) {
        byte[] waiting = waiting(name);
        byte[] encoded = values.encoded(waiting, value);
        if (values.isTooLarge(encoded)) {
            throw failures.toThrow("write-behind", ErrorCause.TOO_LARGE, null);
        }
        return kept(name, Script.BEHIND_PUT, bytes(key), KeyMark.marked(encoded, waiting), limit);
    }

    private Kept kept(String name, Script script, byte[] field, byte[] change, int limit) {
        byte[] waiting = waiting(name);
        byte[] most = Script.argument(limit);
        try {
            long kept = guard.calls()
                    .<Long>call(Kind.WRITE, waiting, commands -> script.run(commands, waiting, field, change, most));
            return kept == 1 ? Kept.YES : Kept.FULL;
        } catch (CommandFailure failure) {
            CacheException unused = failed(failure); // counted and logged; whether it waits is the answer here
            return failure.mayHaveRun() ? Kept.UNKNOWN : Kept.NO;
        }
    }

    @Override
    public <T> List<T> waiting(String name, String key, TypeRef<T> type) {
        byte[][] keys = {waiting(name), batch(name)};
        byte[] field = bytes(key);
        List<byte @Nullable []> there =
                asked(Kind.READ, keys[0], commands -> Script.BEHIND_WAITING.run(commands, keys, field));
        List<T> all = new ArrayList<>();
        for (byte[] change : there) {
            if (change != null) {
                try {
                    all.add(read(keys[0], change, type));
                } catch (UnusableException unusable) {
                    throw failures.toThrow("write-behind", unusable.errorCause(), unusable.getCause());
                }
            }
        }
        return all;
    }

    @Override
    public <T> @Nullable Taken<T> take(String name, TypeRef<T> type, int atMost) {
        byte[][] keys = {waiting(name), batch(name)};
        byte[] newId = bytes(Stamp.next().toString());
        byte[] size = Script.argument(atMost);
        // again does no harm: it finds the batch that was made
        List<byte[]> taken =
                asked(Kind.LEASE, keys[0], commands -> Script.BEHIND_TAKE.run(commands, keys, newId, size));
        if (taken.isEmpty()) {
            return null;
        }
        String id = "";
        Map<String, T> changes = new HashMap<>();
        Map<String, Exception> unreadable = new HashMap<>();
        for (int i = 0; i < taken.size(); i += 2) {
            String field = text(taken.get(i));
            byte[] change = taken.get(i + 1);
            if (field.isEmpty()) {
                id = text(change);
                continue;
            }
            try {
                changes.put(field, read(keys[0], change, type));
            } catch (UnusableException unusable) {
                unreadable.put(field, failures.toThrow("write-behind", unusable.errorCause(), unusable.getCause()));
            }
        }
        return new Taken<>(id, id.endsWith(PARTED), changes, unreadable);
    }

    @Override
    public void part(String name, String id) {
        byte[] batch = batch(name);
        byte[] parted = bytes(id + PARTED);
        Long unused =
                asked(Kind.REMOVAL, batch, commands -> Script.BEHIND_PART.run(commands, batch, bytes(id), parted));
    }

    @Override
    public void done(String name, String id, Collection<String> keys) {
        byte[] batch = batch(name);
        List<String> all = List.copyOf(keys);
        for (int from = 0; from < all.size(); from += DONE_AT_ONCE) {
            List<String> some = all.subList(from, Math.min(all.size(), from + DONE_AT_ONCE));
            byte[][] arguments = new byte[some.size() + 1][];
            arguments[0] = bytes(id);
            for (int i = 0; i < some.size(); i++) {
                arguments[i + 1] = bytes(some.get(i));
            }
            Long unused = asked(Kind.REMOVAL, batch, commands -> Script.BEHIND_DONE.run(commands, batch, arguments));
        }
    }

    @Override
    public long size(String name) {
        byte[] waiting = waiting(name);
        byte[] batch = batch(name);
        return asked(
                Kind.READ,
                waiting,
                commands -> commands.hlen(waiting)
                        .thenCombine(commands.hlen(batch), (some, more) -> some + Math.max(0, more - 1)));
    }

    private <R> R asked(Kind kind, byte[] key, Command<R> command) {
        try {
            return guard.calls().call(kind, key, command);
        } catch (CommandFailure failure) {
            throw failed(failure);
        }
    }

    private CacheException failed(CommandFailure failure) {
        return failures.toThrow("write-behind", failure.errorCause(), failure.getCause());
    }

    /** A counter is what HINCRBY made; a value is JSON with a mark behind it. */
    @SuppressWarnings("unchecked") // a Long for those who ask for Long
    private <T> T read(byte[] waiting, byte[] change, TypeRef<T> type) throws UnusableException {
        T number = RedisStructures.isNumber(change) && type.rawType() == Long.class
                ? (T) Long.valueOf(text(change))
                : values.read(waiting, change, type);
        if (number == null) {
            throw new IllegalStateException("a null waits to be written, which nobody left there");
        }
        return number;
    }

    private byte[] waiting(String name) {
        return settings.keyBeside("behind", name, "");
    }

    private byte[] batch(String name) {
        return settings.keyBeside("behind", name, ":batch");
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
