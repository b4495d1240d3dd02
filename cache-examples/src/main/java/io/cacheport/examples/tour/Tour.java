package io.cacheport.examples.tour;

import static io.cacheport.aside.CacheAside.withCache;

import io.cacheport.CacheServicePort;
import io.cacheport.CacheServices;
import io.cacheport.CacheStats;
import io.cacheport.TypeRef;
import io.cacheport.admin.CacheAdmin;
import io.cacheport.admin.KeyRequests;
import io.cacheport.aside.Cache;
import io.cacheport.aside.CachePolicy;
import io.cacheport.aside.CacheResult;
import io.cacheport.aside.CacheWrite;
import io.cacheport.behind.Batch;
import io.cacheport.behind.BufferedCounters;
import io.cacheport.behind.WriteBehind;
import io.cacheport.events.Invalidation;
import io.cacheport.events.Invalidations;
import io.cacheport.health.CacheHealth;
import io.cacheport.inmemory.InMemoryCacheAdapter;
import io.cacheport.limit.RateLimit;
import io.cacheport.lock.LockOptions;
import io.cacheport.lock.Locks;
import io.cacheport.metrics.CacheServiceMetrics;
import io.cacheport.redis.RedisCacheAdapter;
import io.cacheport.structure.Structures;
import io.cacheport.tiered.Tiered;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.ObservationRegistry;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Everything the README shows, in its order; a test runs it and compares the text. */
public final class Tour {

    private Tour() {}

    /** Something a service sells. */
    @SuppressWarnings("JavaLangClash") // that is what a booking catalogue calls it
    public record Package(String slug, int cents) {}

    /** A typed identifier. */
    public record UserId(long value) {}

    /** A person. */
    public record User(UserId id, String name) {}

    /** A person was changed. */
    public record UserChanged(long id) {}

    /** Where packages come from. */
    interface PackageRepository {
        List<Package> activePackages(String tenant);
    }

    /** Where people come from. */
    interface UserRepository {
        User find(UserId id);

        default void update(User user) {
            // in a database
        }

        default void addViews(Batch<Long> batch) {
            // in a database, once for each batch.id()
        }

        default Map<UserId, User> findAll(Set<UserId> ids) {
            return ids.stream().collect(Collectors.toMap(id -> id, this::find));
        }
    }

    static List<Package> everyday(PackageRepository repository) {
        // region everyday
        CacheServicePort cache = CacheServices.fromEnvironment(); // REDIS_URL set: Redis; else in memory

        List<Package> packages = withCache(
                cache,
                "catalog:t1:packages",
                Duration.ofMinutes(15),
                new TypeRef<>() {},
                () -> repository.activePackages("t1"));
        // endregion
        cache.close();
        return packages;
    }

    static @Nullable User typedView(CacheServicePort cache, UserRepository repository, UserId id, List<UserId> ids) {
        // region typed
        Cache<UserId, User> users = Cache.named("user", User.class)
                .policy(CachePolicy.ttl(Duration.ofHours(1)).negativeTtl(Duration.ofSeconds(30)))
                .over(cache); // made once, injected

        User user = users.get(id, repository::find); // key user:7, loaded once however many ask
        Map<UserId, User> team = users.getAll(ids, repository::findAll); // one look, one query for what is missing
        users.invalidate(id);

        Cache<String, Package> menu =
                Cache.named("menu", Package.class).tenant("t1").over(cache); // keys menu:t1:...
        menu.invalidateAll(); // this tenant's, nobody else's
        // endregion
        return team.getOrDefault(id, user);
    }

    @SuppressWarnings("try") // that the write is closed is all that is asked of it
    static CacheResult<@Nullable User> moreOfAPolicy(CacheServicePort cache, UserRepository repository, User user) {
        // region policy
        CachePolicy policy = CachePolicy.ttl(Duration.ofHours(1))
                .staleWhileRevalidate(Duration.ofMinutes(5)) // served at once, loaded anew in the background
                .staleIfError(Duration.ofHours(6)) // and kept for when the database is down
                .hardTimeout(Duration.ofSeconds(2)) // the longest a caller waits
                .tags("org:42");
        Cache<UserId, User> users =
                Cache.named("user", User.class).policy(policy).over(cache);

        CacheResult<@Nullable User> result = users.lookup(user.id(), repository::find); // value, origin, age
        users.invalidateTag("org:42"); // all values of the tag, in two commands however many they are

        try (CacheWrite write = users.beginWrite(user.id(), Duration.ofSeconds(10))) {
            // nobody stores what was read before the commit, even if this process dies after it
            repository.update(user);
        }
        // endregion
        return result;
    }

    static CacheServicePort near(RedisCacheAdapter redis) {
        // region near
        CacheServicePort cache =
                Tiered.near(InMemoryCacheAdapter.create(10_000)).far(redis); // a RedisCacheAdapter
        // endregion
        return cache;
    }

    static List<String> besideValues(CacheServicePort cache, UserRepository repository) {
        // region beside
        Structures structures = Structures.of(cache); // counters, hashes, lists, sets; touch is the heartbeat
        structures.increment("unread:7", 1);
        structures.rpush("queue:7", List.of("Are you there?"));

        RateLimit limit = RateLimit.of(cache).allow(100).per(Duration.ofMinutes(1));
        boolean allowed = limit.tryAcquire("rate:org:198.51.100.7").isAllowed();

        Locks locks = Locks.of(cache); // for efficiency; the fencing number is for what must not happen twice
        String report =
                locks.withLock("report:42", LockOptions.lease(Duration.ofSeconds(10)), lock -> "by " + lock.fencing());

        Invalidations rules = Invalidations.over(cache, "users") // in all processes, at least once
                .on(
                        UserChanged.class,
                        "user",
                        changed -> Invalidation.keys("user:" + changed.id())
                                .andPatterns("ticket:user:" + changed.id() + ":*"))
                .start();
        rules.publish(new UserChanged(7));

        BufferedCounters views = WriteBehind.named("views").counters(cache, repository::addViews);
        views.add("7", 1); // waits in Redis, so a process that is killed loses nothing; written in batches every 30 s
        // endregion
        views.close();
        rules.close();
        return List.of(
                allowed + " " + !report.isEmpty(),
                structures.lrange("queue:7", 0, -1, String.class).get(0));
    }

    static String seen(CacheServicePort cache, MeterRegistry meters, ObservationRegistry observations) {
        // region seen
        CacheServiceMetrics.monitor(meters, cache, "catalog"); // hits, loads, waits, p99 of Redis, circuits, journal
        CacheServiceMetrics.observe(observations, cache, "catalog"); // a span for each load and each call to Redis

        CacheStats stats = cache.getStats(); // recent(): [1m: 93.33% of 120.0/s, 5m: ..., 15m: ...]
        CacheHealth health = CacheHealth.of(cache); // {"connected":true, ... "status":"healthy","reason":null}

        CacheAdmin admin =
                CacheAdmin.of(cache).topKeys(20).build(); // clear, tags, warm, circuits: behind your own door
        List<KeyRequests> hot = admin.topKeysByTraffic(10);
        // endregion
        admin.close();
        return health.status() + " " + hot + " " + stats;
    }

    static CacheStats port() {
        // region port
        CacheServicePort cache = InMemoryCacheAdapter.create(10_000); // what a unit test injects

        cache.set("catalog:t1:package:gold", new Package("gold", 99_00), Duration.ofMinutes(15));
        Package gold = cache.get("catalog:t1:package:gold", Package.class); // null: a miss
        cache.flush("catalog:t1:*"); // SCAN and UNLINK on Redis, never KEYS
        CacheStats stats = cache.getStats(); // hits + misses == totalRequests, hitRatePercent() "93.33%"
        // endregion
        cache.close();
        return gold == null ? new CacheStats(0, 0, 0, 0, 1, 0) : stats;
    }

    /** Runs the tour on a cache in memory. */
    public static void main(String... args) {
        System.out.println(everyday(tenant -> List.of(new Package("gold of " + tenant, 99_00))));
        try (CacheServicePort cache = InMemoryCacheAdapter.create()) {
            System.out.println(
                    typedView(cache, id -> new User(id, "Ada"), new UserId(7), List.of(new UserId(7), new UserId(8))));
        }
        try (CacheServicePort cache = InMemoryCacheAdapter.create()) {
            System.out.println(moreOfAPolicy(cache, id -> new User(id, "Ada"), new User(new UserId(7), "Ada")));
        }
        try (CacheServicePort cache = InMemoryCacheAdapter.create()) {
            System.out.println(besideValues(cache, id -> new User(id, "Ada")));
            System.out.println(seen(cache, new SimpleMeterRegistry(), ObservationRegistry.create()));
        }
        System.out.println(port());
    }
}
