package io.cacheport.benchmarks.peer;

import java.util.List;

/** All that is compared, in the order in which it is reported; the reference of a table is among them. */
public final class Peers {

    /** What is in memory is bounded by it, in every library that can. */
    public static final int MAXIMUM_ENTRIES = 100_000;

    private static final PeerKind CAFFEINE_WRITE = new PeerKind(
            "caffeine-write", "Caffeine with expireAfterWrite", (uri, type) -> CaffeinePeer.expireAfterWrite());

    private static final List<PeerKind> MEMORY = List.of(
            CAFFEINE_WRITE,
            new PeerKind(
                    "caffeine-var", "Caffeine with an Expiry per entry", (uri, type) -> CaffeinePeer.expiryPerEntry()),
            new PeerKind("caffeine", "Caffeine, nothing expires", (uri, type) -> CaffeinePeer.withoutExpiry()),
            new PeerKind(
                    "spring-caffeine",
                    "Spring's CaffeineCache, expireAfterWrite",
                    (uri, type) -> SpringPeer.caffeine()),
            new PeerKind(
                    "jetcache-local",
                    "JetCache, CacheType.LOCAL over Caffeine, penetrationProtect",
                    (uri, type) -> JetCachePeer.local()),
            new PeerKind("cacheport", "InMemoryCacheAdapter, withCache", (uri, type) -> CachePortPeer.memory(type)),
            new PeerKind(
                    "cacheport-view",
                    "Cache.named(..).over(InMemoryCacheAdapter)",
                    (uri, type) -> CachePortViewPeer.memory(type)));

    private static final List<PeerKind> REMOTE = List.of(
            new PeerKind(
                    "lettuce-bytes",
                    "Lettuce by hand: one connection, RESP3; bytes that are not decoded",
                    (uri, type) -> new LettucePeer(uri, type, false)),
            new PeerKind(
                    "lettuce-jackson",
                    "the same, decoded by a typed ObjectReader of Jackson 2",
                    (uri, type) -> new LettucePeer(uri, type, true)),
            new PeerKind("jedis-jackson", "Jedis's RedisClient, a pool of 64, typed ObjectReader", JedisPeer::plain),
            new PeerKind(
                    "jetcache-kryo5",
                    "JetCache over Lettuce, CacheType.REMOTE, Kryo 5, penetrationProtect",
                    (uri, type) -> JetCachePeer.kryo(uri)),
            new PeerKind(
                    "jetcache-java",
                    "the same with Java serialization, JetCache's default",
                    (uri, type) -> JetCachePeer.java(uri)),
            new PeerKind(
                    "redisson-bucket",
                    "Redisson's RBucket, TypedJsonJacksonCodec; get, load, set",
                    RedissonBucketPeer::new),
            new PeerKind(
                    "redisson-mapcache",
                    "Redisson's RMapCache, TypedJsonJacksonCodec, computeIfAbsent",
                    RedissonMapPeer::mapCache),
            new PeerKind(
                    "spring-redis-typed",
                    "RedisCacheManager over Lettuce, non-locking writer, JacksonJsonRedisSerializer (Jackson 3)",
                    SpringPeer::redis),
            new PeerKind("spring-redis-locking", "the same with the locking writer", SpringPeer::lockingRedis),
            new PeerKind("cacheport", "RedisCacheAdapter.connect, withCache", CachePortPeer::redis),
            new PeerKind("cacheport-fory", "the same with ForyCodec", CachePortPeer::fory));

    private static final List<PeerKind> NEAR = List.of(
            CAFFEINE_WRITE,
            new PeerKind(
                    "lettuce-csc",
                    "Lettuce's ClientSideCaching over a ConcurrentHashMap: no bound, no expiry",
                    LettuceNearPeer::new),
            new PeerKind(
                    "jedis-csc",
                    "Jedis's client-side cache, which keeps bytes; compatibilityMode, for the server is older than 7.4",
                    JedisPeer::near),
            new PeerKind(
                    "jetcache-both",
                    "JetCache, CacheType.BOTH, Caffeine over Lettuce, Kryo 5, syncLocal, penetrationProtect",
                    (uri, type) -> JetCachePeer.both(uri)),
            new PeerKind(
                    "redisson-localcached",
                    "Redisson's RLocalCachedMap, TypedJsonJacksonCodec, LRU, reconnectionStrategy CLEAR; no TTL in Redis",
                    RedissonMapPeer::localCachedMap),
            new PeerKind("cacheport", "Tiered.near(InMemoryCacheAdapter).far(RedisCacheAdapter)", CachePortPeer::near));

    private static final PeerKind SPRING_KEYS = new PeerKind(
            "spring-redis-keys", "spring-redis-typed with the default BatchStrategies.keys()", SpringPeer::keysRedis);

    private Peers() {}

    /** In this process's memory, without Redis. The reference is {@code caffeine-write}. */
    public static List<PeerKind> memory() {
        return MEMORY;
    }

    /** A Redis and nothing near. The reference is {@code lettuce-jackson}. */
    public static List<PeerKind> remote() {
        return REMOTE;
    }

    /** One that differs from another of {@link #remote} by how it flushes, and by nothing else. */
    public static PeerKind springKeys() {
        return SPRING_KEYS;
    }

    /** Memory in front of a Redis. The reference is {@code caffeine-write}, which has no Redis. */
    public static List<PeerKind> near() {
        return NEAR;
    }
}
