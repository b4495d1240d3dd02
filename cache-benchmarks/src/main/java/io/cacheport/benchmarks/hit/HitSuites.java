package io.cacheport.benchmarks.hit;

import io.cacheport.benchmarks.Suite;
import io.cacheport.benchmarks.peer.PeerKind;
import java.util.List;
import java.util.Set;

/** The suites of single calls. */
public final class HitSuites {

    private static final String BY_HAND = "lettuce-jackson";
    private static final String BYTES = "lettuce-bytes";
    private static final String CAFFEINE = "caffeine-write";

    private static final List<Suite> ALL =
            List.of(memory(), redis(), largeValues(), getOrLoad(), near(), batch(), metered());

    private HitSuites() {}

    /** In the order in which they run. */
    public static List<Suite> all() {
        return ALL;
    }

    private static Suite memory() {
        return new HitSuite(
                "memory",
                "In-memory hit",
                "All are bounded to 100,000 entries; nothing is copied.",
                Stored.PRODUCT,
                CAFFEINE,
                without(Place.MEMORY),
                List.of(
                        new Scene(Place.MEMORY, "get", "get", 1),
                        new Scene(Place.MEMORY, "get", "get", 2),
                        new Scene(Place.MEMORY, "get", "get", 8),
                        new Scene(Place.MEMORY, "getOrLoadHit", "get or load, a hit", 1)),
                true);
    }

    private static Suite redis() {
        return new HitSuite(
                "redis",
                "Redis hit, 300 B",
                "A synchronous get, decoded but for " + BYTES + ".",
                Stored.PRODUCT,
                BY_HAND,
                without(Place.REDIS, "jetcache-java", "spring-redis-locking", "cacheport-fory"),
                List.of(
                        new Scene(Place.REDIS, "get", "get", 1),
                        new Scene(Place.REDIS, "get", "get", 8),
                        new Scene(Place.REDIS, "get", "get", 64),
                        new Scene(Place.REDIS, "get", "get", 64, true)),
                true);
    }

    /** With CachePort's binary codec as well, which is a peer of its own. */
    private static Suite largeValues() {
        return new HitSuite(
                "redis-10k",
                "Redis hit, 10 KB",
                "A synchronous get, decoded but for " + BYTES + ".",
                Stored.CATALOG,
                BYTES,
                without(Place.REDIS, "jetcache-java", "redisson-mapcache", "spring-redis-locking"),
                List.of(new Scene(Place.REDIS, "get", "get", 8), new Scene(Place.REDIS, "get", "get", 64)),
                true);
    }

    private static Suite getOrLoad() {
        return new HitSuite(
                "get-or-load",
                "Get or load through Redis, 300 B",
                "A miss has a key that nobody has asked for, and a loader that answers at once. CachePort, JetCache, Redisson's"
                        + " RMapCache and Spring's locking writer protect the source meanwhile; the others do not.",
                Stored.PRODUCT,
                BY_HAND,
                without(Place.REDIS, BYTES, "jetcache-java", "cacheport-fory"),
                List.of(
                        new Scene(Place.REDIS, "getOrLoadHit", "get or load, a hit", 8),
                        new Scene(Place.REDIS, "getOrLoadMiss", "get or load, a miss", 8)),
                true);
    }

    private static Suite near() {
        return new HitSuite(
                "near",
                "Near hit",
                "Of a value that came from Redis. Before it is measured each has shown that reading all keys asks Redis for nothing"
                        + " (but PING, by which CachePort proves its copies).",
                Stored.PRODUCT,
                CAFFEINE,
                without(Place.NEAR),
                List.of(new Scene(Place.NEAR, "get", "get", 1), new Scene(Place.NEAR, "get", "get", 8)),
                true);
    }

    private static Suite batch() {
        return new HitSuite(
                "batch",
                "A batch of 100 from Redis, 300 B each",
                "A call reads 100 keys. Spring's cache has no word for it.",
                Stored.PRODUCT,
                BY_HAND,
                without(
                        Place.REDIS,
                        BYTES,
                        "jetcache-java",
                        "spring-redis-typed",
                        "spring-redis-locking",
                        "cacheport-fory"),
                List.of(
                        new Scene(Place.REDIS, "getAll", "100 keys", 1),
                        new Scene(Place.REDIS, "getAll", "100 keys", 8)),
                true);
    }

    private static Suite metered() {
        return new HitSuite(
                "metered",
                "What being seen costs a hit",
                "CachePort alone: a typed view of it without a registry, with meters for Prometheus, and with spans as well.",
                Stored.PRODUCT,
                "no-registry",
                without(Place.WATCHED_MEMORY),
                List.of(
                        new Scene(Place.WATCHED_MEMORY, "getOrLoadHit", "get or load, a hit", 1),
                        new Scene(Place.WATCHED_MEMORY, "getOrLoadHit", "get or load, a hit", 8),
                        new Scene(Place.WATCHED_REDIS, "getOrLoadHit", "get or load, a hit", 1),
                        new Scene(Place.WATCHED_REDIS, "getOrLoadHit", "get or load, a hit", 8)),
                false);
    }

    private static List<String> without(Place place, String... names) {
        Set<String> left = Set.of(names);
        return place.kinds().stream()
                .map(PeerKind::name)
                .filter(name -> !left.contains(name))
                .toList();
    }
}
