package io.cacheport.redis;

import io.cacheport.CacheServicePort;
import io.cacheport.CacheStats;
import io.cacheport.ErrorCause;
import io.cacheport.Glob;
import io.cacheport.TypeRef;
import io.cacheport.behind.BufferingCache;
import io.cacheport.behind.WriteBuffers;
import io.cacheport.events.EventLog;
import io.cacheport.events.EventLoggingCache;
import io.cacheport.guard.Guard;
import io.cacheport.guard.GuardedCache;
import io.cacheport.health.Degradation;
import io.cacheport.health.Diagnosed;
import io.cacheport.lease.LeasedCache;
import io.cacheport.lease.Leases;
import io.cacheport.lock.LockStore;
import io.cacheport.lock.LockingCache;
import io.cacheport.redis.BulkCalls.Bulk;
import io.cacheport.redis.Calls.Kind;
import io.cacheport.redis.Looks.Seen;
import io.cacheport.redis.Looks.SeenAll;
import io.cacheport.redis.Looks.Verdict;
import io.cacheport.redis.Removals.Removal;
import io.cacheport.spi.CacheKeys;
import io.cacheport.spi.CacheTelemetry;
import io.cacheport.spi.CacheTtl;
import io.cacheport.spi.Confidential;
import io.cacheport.spi.FailureHandler;
import io.cacheport.spi.FailureLog;
import io.cacheport.spi.KeySizes;
import io.cacheport.spi.KeySizes.Sized;
import io.cacheport.spi.LoadLimit;
import io.cacheport.spi.LoadLimited;
import io.cacheport.spi.ObservedCache;
import io.cacheport.spi.StatsCounter;
import io.cacheport.structure.StructuredCache;
import io.cacheport.structure.Structures;
import io.cacheport.tiered.FeedSource;
import io.cacheport.tiered.InvalidationFeed;
import io.lettuce.core.KeyValue;
import io.lettuce.core.SetArgs;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * A cache in Redis, one server or a cluster, through one multiplexed connection. Values are plain JSON under {@code
 * prefix + key}, which {@code redis-cli} and other languages read and write; behind it, in white space, a mark of the key,
 * so that a reply which reached the wrong caller is a miss.
 *
 * <p>A call takes at most the command timeout (250 ms unless set), fails at once while the connection is known to be
 * down, and never throws because of Redis; the connection comes back by itself. A node that cannot serve is not asked
 * until a probe finds it well, and what is removed meanwhile is removed then: G1 to G5 in {@link io.cacheport.guard}.
 *
 * <p>Values are encoded and decoded on the caller's thread. {@code flush} and {@code clear} walk the keys with SCAN and
 * remove with UNLINK; KEYS, FLUSHDB and FLUSHALL are never sent.
 *
 * @since 0.1
 */
public final class RedisCacheAdapter
        implements CacheServicePort,
                GuardedCache,
                LeasedCache,
                LoadLimited,
                FeedSource,
                StructuredCache,
                BufferingCache,
                EventLoggingCache,
                Confidential,
                LockingCache,
                ObservedCache,
                Diagnosed,
                Sized {

    /** Tells an unreadable entry from a cached null. */
    private static final Object MISSING = new Object();

    private final RedisSettings settings;
    private final RedisLink link;
    private final RedisGuard guard;
    private final StatsCounter stats;
    private final CacheTelemetry telemetry;
    private final FailureHandler failures;
    private final KeySizes sizes;
    private final StoredValues values;
    private final RedisLeases leases;
    private final RedisLocks locks;
    private final Looks looks;
    private final EntryTimes times;
    private final RedisFeeds feeds;
    private final Structures structures;
    private final WriteBuffers buffers;
    private final EventLog events;
    private final @Nullable RedisCacheAdapter strictView;

    RedisCacheAdapter(RedisSettings settings, RedisLink link) {
        this.settings = settings;
        this.link = link;
        this.stats = new StatsCounter();
        this.telemetry = new CacheTelemetry(stats);
        this.guard = new RedisGuard(settings, link, telemetry);
        this.failures = new FailureHandler(
                stats, new FailureLog(LoggerFactory.getLogger(RedisCacheAdapter.class), System::nanoTime));
        this.sizes = new KeySizes();
        this.values = new StoredValues(settings, stats, failures, guard::repliesAreMixedUp, sizes);
        this.leases = new RedisLeases(settings, guard, values, stats, failures);
        this.locks = new RedisLocks(settings, guard, failures);
        this.looks = leases.looks();
        this.times = new EntryTimes(settings, guard, looks);
        this.feeds = new RedisFeeds(settings, link, guard, leases, stats, failures);
        this.buffers = new RedisWriteBuffers(settings, guard, values, failures);
        this.events = new RedisEventLog(settings, guard, values, failures);
        this.strictView = new RedisCacheAdapter(this);
        this.structures = new RedisStructures(settings, guard, values, times, failures, strictView.structures());
    }

    private RedisCacheAdapter(RedisCacheAdapter plain) {
        this.settings = plain.settings;
        this.link = plain.link;
        this.guard = plain.guard;
        this.stats = plain.stats;
        this.telemetry = plain.telemetry;
        this.failures = plain.failures.strict();
        this.sizes = plain.sizes;
        this.values = new StoredValues(settings, stats, failures, guard::repliesAreMixedUp, sizes);
        this.leases = plain.leases;
        this.locks = plain.locks;
        this.looks = plain.looks;
        this.times = plain.times;
        this.feeds = plain.feeds;
        this.structures = new RedisStructures(settings, guard, values, times, failures, null);
        this.buffers = plain.buffers;
        this.events = plain.events;
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
            if (!guard.isReadable(redisKey)) {
                throw CommandFailure.journaled();
            }
            bytes = guard.calls().call(Kind.READ, redisKey, commands -> link.get(commands, redisKey));
            if (bytes != null && Frame.is(bytes) && !looks.isUsable(key, bytes)) {
                bytes = null;
            }
        } catch (CommandFailure failure) {
            stats.miss();
            failed("get", failure);
            return missing;
        }
        return values.decoded("get", redisKey, bytes, type, missing);
    }

    @Override
    public <T> Map<String, @Nullable T> getAll(Collection<String> keys, TypeRef<T> type) {
        List<String> asked = List.copyOf(CacheKeys.requireAll(keys));
        requireType(type);
        Map<String, @Nullable T> found = new LinkedHashMap<>();
        SeenAll all = looks.all(asked, false, Set.of());
        Verdict verdict = looks.furtherLook(all.seen(), false, Map.of());
        for (String key : asked) {
            Seen seen = all.seen().get(key);
            boolean hidden =
                    verdict.unusable().contains(key) || verdict.unsure().contains(key);
            collect(key, seen == null || hidden ? null : seen.stored(), type, found);
        }
        report("getAll", all.failure() == null ? verdict.failure() : all.failure());
        return found;
    }

    /** One failure stands for all of several commands; after what was answered has been counted. */
    private void report(String operation, @Nullable CommandFailure failure) {
        if (failure != null) {
            failed(operation, failure);
        }
    }

    @SuppressWarnings("unchecked") // the mark is compared, never handed out
    private <T> void collect(String key, byte @Nullable [] bytes, TypeRef<T> type, Map<String, @Nullable T> found) {
        Object value = values.decoded("getAll", settings.redisKey(key), bytes, (TypeRef<Object>) type, MISSING);
        if (value != MISSING) {
            found.put(key, (T) value);
        }
    }

    @Override
    public void set(String key, @Nullable Object value, Duration ttl) {
        byte[] redisKey = redisKey(key);
        SetArgs expiry = SetArgs.Builder.px(CacheTtl.toMillis(ttl));
        byte[] bytes = values.encoded(redisKey, value);
        if (values.isTooLarge(bytes)) {
            refuse("set", key);
            return;
        }
        String done = answer(
                "set",
                () -> guard.calls()
                        .call(
                                Kind.WRITE,
                                redisKey,
                                commands -> commands.set(redisKey, KeyMark.marked(bytes, redisKey), expiry)),
                "");
        stats.sets(done.isEmpty() ? 0 : 1);
    }

    @Override
    public void setAll(Map<String, ?> all, Duration ttl) {
        if (all == null) {
            throw new IllegalArgumentException("values is null: pass an empty map to store nothing");
        }
        CacheKeys.requireAll(all.keySet());
        SetArgs expiry = SetArgs.Builder.px(CacheTtl.toMillis(ttl));
        Map<String, byte[]> encoded = new LinkedHashMap<>();
        all.forEach((key, value) -> encoded.put(key, values.encoded(redisKey(key), value)));
        List<KeyValue<byte[], byte[]>> sets = new ArrayList<>(encoded.size());
        encoded.forEach((key, bytes) -> {
            if (values.isTooLarge(bytes)) {
                refuse("setAll", key);
            } else {
                byte[] redisKey = redisKey(key);
                sets.add(KeyValue.just(redisKey, KeyMark.marked(bytes, redisKey)));
            }
        });
        Bulk<?, String> bulk = guard.bulks().set(sets, expiry);
        stats.sets(bulk.answers().size());
        report("setAll", bulk.failure());
    }

    /** An older value must not stay readable where a newer one was refused. */
    private void refuse(String operation, String key) {
        report(operation, guard.removals().keys(List.of(key)).failure());
        failures.failed(operation, ErrorCause.TOO_LARGE, null);
    }

    /**
     * {@inheritDoc} When Redis cannot be asked, the answer is false, the removal is kept and made later, and the key reads
     * as a miss until then (G4 in {@link io.cacheport.guard}).
     */
    @Override
    public boolean del(String key) {
        return del(List.of(CacheKeys.require(key))) > 0;
    }

    /** {@inheritDoc} Kept like {@link #del(String)} when Redis cannot be asked. */
    @Override
    public long del(Collection<String> keys) {
        return removed("del", guard.removals().keys(List.copyOf(CacheKeys.requireAll(keys))));
    }

    private long removed(String operation, Removal removal) {
        stats.deletes(removal.removed());
        report(operation, removal.failure());
        return removal.removed();
    }

    @Override
    public boolean exists(String key) {
        CacheKeys.require(key);
        return answer("exists", () -> times.exists(key), false);
    }

    @Override
    public Optional<Duration> ttl(String key) {
        CacheKeys.require(key);
        long millis = answer("ttl", () -> times.remaining(key), EntryTimes.NO_ENTRY);
        if (millis == EntryTimes.NO_EXPIRY) {
            return Optional.of(NO_EXPIRY);
        }
        return millis < 0 ? Optional.empty() : Optional.of(Duration.ofMillis(Math.max(1, millis)));
    }

    @Override
    public boolean expire(String key, Duration ttl) {
        CacheKeys.require(key);
        long millis = CacheTtl.toMillis(ttl);
        return answer("expire", () -> times.expire(key, millis), false);
    }

    private interface Question<R> {
        R ask() throws CommandFailure;
    }

    /** The answer, or what stands for none. */
    private <R> R answer(String operation, Question<R> question, R none) {
        try {
            return question.ask();
        } catch (CommandFailure failure) {
            failed(operation, failure);
            return none;
        }
    }

    /** {@inheritDoc} Where Redis cannot be asked the flush is kept and made later, like {@link #del(String)}. */
    @Override
    public long flush(String glob) {
        return removed("flush", guard.removals().matching(Glob.of(glob).toString()));
    }

    /** {@inheritDoc} Kept like {@link #flush} where Redis cannot be asked. */
    @Override
    public long clear() {
        return removed("clear", guard.removals().matching("*"));
    }

    /** Whether Redis answers a PING within the command timeout. */
    @Override
    public boolean isConnected() {
        try {
            return guard.unguarded().call(Kind.READ, commands -> commands.ping()) != null;
        } catch (CommandFailure failure) {
            return false;
        }
    }

    /**
     * {@inheritDoc} {@code keys} is the size of the database number, other programs' keys included; -1 if Redis does not
     * say, for which it is not asked while a circuit is open.
     */
    @Override
    public CacheStats getStats() {
        long keys = -1;
        if (guard.isClosed()) {
            try {
                keys = guard.unguarded().call(Kind.READ, commands -> commands.dbsize());
            } catch (CommandFailure failure) {
                // as good as no answer
            }
        }
        return stats.snapshot(keys);
    }

    @Override
    public Guard guard() {
        return guard;
    }

    @Override
    public @Nullable Degradation degradation() {
        return Diagnosed.degradationOf(guard);
    }

    @Override
    public KeySizes keySizes() {
        return sizes;
    }

    @Override
    public CacheStats knownStats() {
        return stats.snapshot(-1);
    }

    /** Null while the key's node answers, and has for the circuit breaker's window since it was last given up. */
    @Override
    public @Nullable LoadLimit loadLimit(String key) {
        return guard.isSteady(redisKey(key)) ? null : settings.loadLimit();
    }

    /**
     * {@inheritDoc} Tracking wants RESP3, Redis 6 or later, and {@code CLIENT TRACKING} allowed; it is not to be had with
     * {@code replicaReads}, since nobody can prove what a replica has not heard yet.
     */
    @Override
    public InvalidationFeed feed(Wanted wanted, Changes changes) {
        return feeds.open(wanted, changes);
    }

    @Override
    public Leases leases() {
        return leases;
    }

    /** Whether the codec encrypts. */
    @Override
    public boolean isConfidential() {
        return Confidential.is(settings.codec());
    }

    @Override
    public Structures structures() {
        return structures;
    }

    /** {@inheritDoc} Shared by all caches of the server and database number that have this key prefix. */
    @Override
    public LockStore lockStore() {
        return locks;
    }

    @Override
    public WriteBuffers writeBuffers() {
        return buffers;
    }

    @Override
    public EventLog eventLog() {
        return events;
    }

    @Override
    public CacheTelemetry telemetry() {
        return telemetry;
    }

    @Override
    public CacheServicePort strict() {
        return strictView == null ? this : strictView;
    }

    @Override
    public void close() {
        feeds.close();
        guard.close();
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
        return settings.redisKey(CacheKeys.require(key));
    }

    private static void requireType(TypeRef<?> type) {
        if (type == null) {
            throw new IllegalArgumentException("type is null: name the type of the value");
        }
    }
}
