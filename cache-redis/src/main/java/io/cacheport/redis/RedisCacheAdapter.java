package io.cacheport.redis;

import io.cacheport.CacheServicePort;
import io.cacheport.CacheStats;
import io.cacheport.ErrorCause;
import io.cacheport.Glob;
import io.cacheport.TypeRef;
import io.cacheport.redis.BulkCalls.Bulk;
import io.cacheport.redis.Calls.Command;
import io.cacheport.redis.Calls.Kind;
import io.cacheport.spi.CacheKeys;
import io.cacheport.spi.CacheTtl;
import io.cacheport.spi.FailureHandler;
import io.cacheport.spi.FailureLog;
import io.cacheport.spi.StatsCounter;
import io.lettuce.core.KeyValue;
import io.lettuce.core.SetArgs;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * A cache in Redis, one server or a cluster, through one multiplexed connection. Values are plain JSON under {@code
 * prefix + key}, which {@code redis-cli} and other languages read and write.
 *
 * <p>A call takes at most the command timeout (250 ms unless set), fails at once while the connection is known to be
 * down, and never throws because of Redis; the connection comes back by itself. Values are encoded and decoded on the
 * caller's thread. {@code flush} and {@code clear} walk the keys with SCAN and remove with UNLINK; KEYS, FLUSHDB and
 * FLUSHALL are never sent.
 *
 * @since 0.1
 */
public final class RedisCacheAdapter implements CacheServicePort {

    /** Tells an unreadable entry from a cached null. */
    private static final Object MISSING = new Object();

    private final RedisSettings settings;
    private final RedisLink link;
    private final Calls calls;
    private final BulkCalls bulks;
    private final StatsCounter stats;
    private final FailureHandler failures;
    private final StoredValues values;
    private final @Nullable RedisCacheAdapter strictView;

    RedisCacheAdapter(RedisSettings settings, RedisLink link) {
        this.settings = settings;
        this.link = link;
        this.calls = new Calls(link, settings);
        this.bulks = new BulkCalls(link, calls);
        this.stats = new StatsCounter();
        this.failures = new FailureHandler(
                stats, new FailureLog(LoggerFactory.getLogger(RedisCacheAdapter.class), System::nanoTime));
        this.values = new StoredValues(settings, stats, failures);
        this.strictView = new RedisCacheAdapter(this);
    }

    private RedisCacheAdapter(RedisCacheAdapter plain) {
        this.settings = plain.settings;
        this.link = plain.link;
        this.calls = plain.calls;
        this.bulks = plain.bulks;
        this.stats = plain.stats;
        this.failures = plain.failures.strict();
        this.values = new StoredValues(settings, stats, failures);
        this.strictView = null;
    }

    /**
     * A cache at the URI, everything else as it comes: {@code redis://[user:password@]host[:port][/database]}, {@code
     * rediss://} for TLS, {@code redis-cluster://host:port,host:port}, {@code rediss-cluster://}; {@code ?prefix=shop:}
     * sets the key prefix. Returns within a second though Redis may not answer.
     *
     * @throws IllegalArgumentException if the URI is malformed, not quoting a password
     */
    public static RedisCacheAdapter connect(String uri) {
        return builder(uri).build();
    }

    /** For everything that can be set. */
    public static RedisCacheBuilder builder(String uri) {
        return new RedisCacheBuilder(uri);
    }

    @Override
    public <T> @Nullable T getOrDefault(String key, TypeRef<T> type, @Nullable T missing) {
        byte[] redisKey = redisKey(key);
        requireType(type);
        byte[] bytes;
        try {
            bytes = calls.call(Kind.READ, commands -> commands.get(redisKey));
        } catch (CommandFailure failure) {
            stats.miss();
            failed("get", failure);
            return missing;
        }
        return values.decoded("get", bytes, type, missing);
    }

    @Override
    public <T> Map<String, @Nullable T> getAll(Collection<String> keys, TypeRef<T> type) {
        List<String> asked = List.copyOf(CacheKeys.requireAll(keys));
        requireType(type);
        Map<String, @Nullable T> found = new LinkedHashMap<>();
        Bulk<KeyValue<byte[], byte[]>> bulk = bulks.mget(redisKeys(asked));
        Map<String, KeyValue<byte[], byte[]>> answers = new HashMap<>();
        for (KeyValue<byte[], byte[]> one : bulk.answers()) {
            answers.put(new String(one.getKey(), StandardCharsets.UTF_8), one);
        }
        for (String key : asked) {
            KeyValue<byte[], byte[]> answer = answers.get(settings.keyPrefix() + key);
            collect(key, answer == null ? null : answer.getValueOrElse(null), type, found);
        }
        report("getAll", bulk);
        return found;
    }

    /** One failure stands for all of a bulk; after what was answered has been counted. */
    private void report(String operation, Bulk<?> bulk) {
        if (bulk.failure() != null) {
            failed(operation, bulk.failure());
        }
    }

    @SuppressWarnings("unchecked") // the mark is compared, never handed out
    private <T> void collect(String key, byte @Nullable [] bytes, TypeRef<T> type, Map<String, @Nullable T> found) {
        Object value = values.decoded("getAll", bytes, (TypeRef<Object>) type, MISSING);
        if (value != MISSING) {
            found.put(key, (T) value);
        }
    }

    @Override
    public void set(String key, @Nullable Object value, Duration ttl) {
        byte[] redisKey = redisKey(key);
        SetArgs expiry = SetArgs.Builder.px(CacheTtl.toMillis(ttl));
        byte[] bytes = values.encoded(value);
        if (values.isTooLarge(bytes)) {
            refuse("set", redisKey);
        } else if (!answer("set", Kind.WRITE, commands -> commands.set(redisKey, bytes, expiry), "")
                .isEmpty()) {
            stats.sets(1);
        }
    }

    @Override
    public void setAll(Map<String, ?> all, Duration ttl) {
        if (all == null) {
            throw new IllegalArgumentException("values is null: pass an empty map to store nothing");
        }
        CacheKeys.requireAll(all.keySet());
        SetArgs expiry = SetArgs.Builder.px(CacheTtl.toMillis(ttl));
        Map<String, byte[]> encoded = new LinkedHashMap<>();
        all.forEach((key, value) -> encoded.put(key, values.encoded(value)));
        List<KeyValue<byte[], byte[]>> sets = new ArrayList<>(encoded.size());
        encoded.forEach((key, bytes) -> {
            if (values.isTooLarge(bytes)) {
                refuse("setAll", redisKey(key));
            } else {
                sets.add(KeyValue.just(redisKey(key), bytes));
            }
        });
        Bulk<String> bulk = bulks.set(sets, expiry);
        stats.sets(bulk.answers().size());
        report("setAll", bulk);
    }

    /** An older value must not stay readable where a newer one was refused. */
    private void refuse(String operation, byte[] redisKey) {
        answer(operation, Kind.REMOVAL, commands -> commands.unlink(redisKey), 0L);
        failures.failed(operation, ErrorCause.TOO_LARGE, null);
    }

    @Override
    public boolean del(String key) {
        return unlink(List.of(CacheKeys.require(key))) > 0;
    }

    @Override
    public long del(Collection<String> keys) {
        return unlink(List.copyOf(CacheKeys.requireAll(keys)));
    }

    private long unlink(List<String> keys) {
        Bulk<Long> bulk = bulks.unlink(redisKeys(keys));
        long removed = bulk.answers().stream().mapToLong(Long::longValue).sum();
        stats.deletes(removed);
        report("del", bulk);
        return removed;
    }

    @Override
    public boolean exists(String key) {
        byte[] redisKey = redisKey(key);
        return answer("exists", Kind.READ, commands -> commands.exists(redisKey), 0L) > 0;
    }

    @Override
    public Optional<Duration> ttl(String key) {
        byte[] redisKey = redisKey(key);
        long millis = answer("ttl", Kind.READ, commands -> commands.pttl(redisKey), -2L);
        if (millis == -1) {
            return Optional.of(NO_EXPIRY);
        }
        return millis < 0 ? Optional.empty() : Optional.of(Duration.ofMillis(Math.max(1, millis)));
    }

    @Override
    public boolean expire(String key, Duration ttl) {
        byte[] redisKey = redisKey(key);
        long millis = CacheTtl.toMillis(ttl);
        return answer("expire", Kind.WRITE, commands -> commands.pexpire(redisKey, millis), false);
    }

    /** The answer, or what stands for none. */
    private <R> R answer(String operation, Kind kind, Command<R> command, R none) {
        try {
            return calls.call(kind, command);
        } catch (CommandFailure failure) {
            failed(operation, failure);
            return none;
        }
    }

    @Override
    public long flush(String glob) {
        return sweep("flush", Glob.of(glob).toString());
    }

    @Override
    public long clear() {
        return sweep("clear", "*");
    }

    private long sweep(String operation, String glob) {
        KeySweep sweep = new KeySweep(calls, Glob.escape(settings.keyPrefix()) + glob);
        try {
            sweep.run();
        } catch (CommandFailure failure) {
            failed(operation, failure);
        } finally {
            stats.deletes(sweep.removed());
        }
        return sweep.removed();
    }

    /** Whether Redis answers a PING within the command timeout. */
    @Override
    public boolean isConnected() {
        try {
            return calls.call(Kind.READ, commands -> commands.ping()) != null;
        } catch (CommandFailure failure) {
            return false;
        }
    }

    /** {@inheritDoc} {@code keys} is the size of the database number, other programs' keys included. */
    @Override
    public CacheStats getStats() {
        long keys;
        try {
            keys = calls.call(Kind.READ, commands -> commands.dbsize());
        } catch (CommandFailure failure) {
            keys = -1;
        }
        return stats.snapshot(keys);
    }

    @Override
    public CacheServicePort strict() {
        return strictView == null ? this : strictView;
    }

    @Override
    public void close() {
        link.close();
    }

    @Override
    public String toString() {
        return "RedisCacheAdapter[" + settings.target() + ", prefix \"" + settings.keyPrefix() + "\", timeout "
                + settings.commandTimeout().toMillis() + " ms" + (failures.isStrict() ? ", strict]" : "]");
    }

    private void failed(String operation, CommandFailure failure) {
        failures.failed(operation, failure.errorCause(), failure.getCause());
    }

    private byte[] redisKey(String key) {
        return (settings.keyPrefix() + CacheKeys.require(key)).getBytes(StandardCharsets.UTF_8);
    }

    private List<byte[]> redisKeys(List<String> keys) {
        return keys.stream().map(this::redisKey).toList();
    }

    private static void requireType(TypeRef<?> type) {
        if (type == null) {
            throw new IllegalArgumentException("type is null: name the type of the value");
        }
    }
}
