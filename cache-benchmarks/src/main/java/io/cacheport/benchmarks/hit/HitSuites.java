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

    private static final List<Suite> ALL = List.of(memory(), redis(), largeValues(), getOrLoad(), near(), batch());

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
                Place.MEMORY,
                Stored.PRODUCT,
                CAFFEINE,
                without(Place.MEMORY),
                List.of(
                        Scene.of("get", "get", 1),
                        Scene.of("get", "get", 2),
                        Scene.of("get", "get", 8),
                        Scene.of("getOrLoadHit", "get or load, a hit", 1)));
    }

    private static Suite redis() {
        return new HitSuite(
                "redis",
                "Redis hit, 300 B",
                "A synchronous get, decoded but for " + BYTES + ".",
                Place.REDIS,
                Stored.PRODUCT,
                BY_HAND,
                without(Place.REDIS, "jetcache-java", "spring-redis-locking"),
                List.of(
                        Scene.of("get", "get", 1),
                        Scene.of("get", "get", 8),
                        Scene.of("get", "get", 64),
                        new Scene("get", "get", 64, true)));
    }

    /** A binary codec of CachePort's is a peer of its own in {@code Peers.remote()}, and so a row here. */
    private static Suite largeValues() {
        return new HitSuite(
                "redis-10k",
                "Redis hit, 10 KB",
                "A synchronous get, decoded but for " + BYTES + ".",
                Place.REDIS,
                Stored.CATALOG,
                BYTES,
                without(Place.REDIS, "jetcache-java", "redisson-mapcache", "spring-redis-locking"),
                List.of(Scene.of("get", "get", 8), Scene.of("get", "get", 64)));
    }

    private static Suite getOrLoad() {
        return new HitSuite(
                "get-or-load",
                "Get or load through Redis, 300 B",
                "A miss has a key that nobody has asked for, and a loader that answers at once. CachePort, JetCache, Redisson's"
                        + " RMapCache and Spring's locking writer protect the source meanwhile; the others do not.",
                Place.REDIS,
                Stored.PRODUCT,
                BY_HAND,
                without(Place.REDIS, BYTES, "jetcache-java"),
                List.of(
                        Scene.of("getOrLoadHit", "get or load, a hit", 8),
                        Scene.of("getOrLoadMiss", "get or load, a miss", 8)));
    }

    private static Suite near() {
        return new HitSuite(
                "near",
                "Near hit",
                "Of a value that came from Redis. Before it is measured each has shown that reading all keys asks Redis for nothing"
                        + " (but PING, by which CachePort proves its copies).",
                Place.NEAR,
                Stored.PRODUCT,
                CAFFEINE,
                without(Place.NEAR),
                List.of(Scene.of("get", "get", 1), Scene.of("get", "get", 8)));
    }

    private static Suite batch() {
        return new HitSuite(
                "batch",
                "A batch of 100 from Redis, 300 B each",
                "A call reads 100 keys. Spring's cache has no word for it.",
                Place.REDIS,
                Stored.PRODUCT,
                BY_HAND,
                without(Place.REDIS, BYTES, "jetcache-java", "spring-redis-typed", "spring-redis-locking"),
                List.of(Scene.of("getAll", "100 keys", 1), Scene.of("getAll", "100 keys", 8)));
    }

    private static List<String> without(Place place, String... names) {
        Set<String> left = Set.of(names);
        return place.kinds().stream()
                .map(PeerKind::name)
                .filter(name -> !left.contains(name))
                .toList();
    }
}
