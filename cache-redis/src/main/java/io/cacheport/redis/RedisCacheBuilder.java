package io.cacheport.redis;

import io.cacheport.guard.CircuitBreakerPolicy;
import io.cacheport.redis.json.JsonCodec;
import io.cacheport.spi.Codec;
import io.cacheport.spi.LoadLimit;
import io.lettuce.core.RedisCredentials;
import io.lettuce.core.protocol.ProtocolVersion;
import io.lettuce.core.resource.ClientResources;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Settings of a {@link RedisCacheAdapter}; only the URI is needed. Not thread-safe.
 *
 * @since 0.1
 */
public final class RedisCacheBuilder {

    /** What the adapter's keys begin with unless said otherwise. */
    public static final String DEFAULT_PREFIX = "cache:";

    private final RedisTarget target;
    private String keyPrefix;
    private Duration commandTimeout = Duration.ofMillis(250);
    private Duration connectTimeout = Duration.ofSeconds(1);
    private int retries = 3;
    private int maximumValueBytes = 1 << 20;
    private @Nullable Codec codec;
    private @Nullable ProtocolVersion protocol;
    private boolean requiredAtStartup;
    private boolean sharedFlushes = true;
    private CircuitBreakerPolicy circuitBreaker = CircuitBreakerPolicy.defaults();
    private int journalLimit = 100_000;
    private @Nullable LoadLimit loadLimit;
    private @Nullable Path trustedCertificates;
    private @Nullable ClientResources clientResources;
    private @Nullable Supplier<RedisCredentials> credentials;
    private @Nullable String sentinelPassword;
    private boolean replicaReads;

    RedisCacheBuilder(String uri) {
        this.target = RedisTarget.parse(uri);
        this.keyPrefix = target.prefix() == null ? DEFAULT_PREFIX : target.prefix();
    }

    /**
     * What every key in Redis begins with, {@value #DEFAULT_PREFIX} unless the URI or this says otherwise; it keeps
     * {@code clear} and {@code flush("*")} off other programs' keys. With an empty prefix the whole database number is
     * this cache's.
     */
    public RedisCacheBuilder keyPrefix(String keyPrefix) {
        this.keyPrefix = keyPrefix;
        return this;
    }

    /**
     * The longest a call takes, retries and pauses included; 250 ms, from 1 ms to 1 h. A walk over all keys may take so
     * long per step.
     */
    public RedisCacheBuilder commandTimeout(Duration commandTimeout) {
        this.commandTimeout = commandTimeout;
        return this;
    }

    /** The longest one attempt to connect takes, and {@link #build} waits for the first; 1 s, from 1 ms to 1 h. */
    public RedisCacheBuilder connectTimeout(Duration connectTimeout) {
        this.connectTimeout = connectTimeout;
        return this;
    }

    /**
     * How often a read or removal that was lost with its connection is sent again, when the connection is back and within
     * the command timeout, after pauses that grow from 10 ms and are jittered; 3. A write is never sent again: it may have
     * been executed.
     */
    public RedisCacheBuilder retries(int retries) {
        this.retries = retries;
        return this;
    }

    /** The largest encoded value stored or read (P10); 1 MiB. */
    public RedisCacheBuilder maximumValueBytes(int maximumValueBytes) {
        this.maximumValueBytes = maximumValueBytes;
        return this;
    }

    /** The codec; strict JSON unless given. */
    public RedisCacheBuilder codec(Codec codec) {
        if (codec == null) {
            throw new IllegalArgumentException("codec is null");
        }
        this.codec = codec;
        return this;
    }

    /**
     * The protocol. Unless given it is RESP3, and RESP2 with servers before 6 and proxies that know no HELLO, which is found
     * out at each connect.
     */
    public RedisCacheBuilder protocol(ProtocolVersion protocol) {
        if (protocol == null) {
            throw new IllegalArgumentException("protocol is null");
        }
        this.protocol = protocol;
        return this;
    }

    /** Certificates (PEM) to trust for {@code rediss:} instead of the JVM's; the host name is always verified. */
    public RedisCacheBuilder trustedCertificates(Path pemFile) {
        this.trustedCertificates = pemFile;
        return this;
    }

    /**
     * Who logs in, asked for each connection that is made, so that a password that was changed needs no restart; instead of
     * a password in the URI. A cluster's topology is looked at through connections of their own, so it may be asked several
     * times in fifteen seconds.
     *
     * <p>It may block, never on a Netty thread, and is called by one thread at a time. One that fails, gives null, or has no
     * answer within two seconds is a failed attempt to connect like a wrong password, and is asked again; after a refused
     * login that is about every two seconds for each connection.
     */
    public RedisCacheBuilder credentials(Supplier<RedisCredentials> credentials) {
        if (credentials == null) {
            throw new IllegalArgumentException("credentials is null");
        }
        this.credentials = credentials;
        return this;
    }

    /** The sentinels' own password, where {@code redis-sentinel:} sentinels want one; the URI's is for the data. */
    public RedisCacheBuilder sentinelPassword(String sentinelPassword) {
        if (sentinelPassword == null || sentinelPassword.isEmpty()) {
            throw new IllegalArgumentException("sentinelPassword is empty");
        }
        this.sentinelPassword = sentinelPassword;
        return this;
    }

    /**
     * Lets a cluster's replicas answer reads, the masters only where no replica can. For data that may be old: replication
     * is asynchronous, so for a moment after {@code set} or {@code del}, and for as long as a replica is cut off from its
     * master, a read may give the value from before, also to the one who called {@code del}. What a load stores after such
     * a read is as old. Nothing that takes a lease or a lock reads from a replica.
     */
    public RedisCacheBuilder replicaReads() {
        this.replicaReads = true;
        return this;
    }

    /**
     * Makes {@link #build} throw a {@link io.cacheport.CacheException} if Redis cannot be used within the connect timeout,
     * for services that had rather not start than start without their cache.
     */
    public RedisCacheBuilder requireAtStartup() {
        this.requiredAtStartup = true;
        return this;
    }

    /**
     * Whether commands that callers send at the same time share what they cost: one system call for those of a moment, and one
     * MGET for single reads that come while eight are under way (at one server, not in a cluster). They do unless switched
     * off. It raises the throughput of many threads and changes nothing for few. A key that is no value, such as a set of
     * another program's, is a miss when it is read with others, and the error {@code wrong_type} when it is read alone.
     */
    public RedisCacheBuilder sharedFlushes(boolean sharedFlushes) {
        this.sharedFlushes = sharedFlushes;
        return this;
    }

    /**
     * When a node that cannot serve is no longer asked, and when it is again (G1 to G3 in {@link io.cacheport.guard}); one
     * circuit per node. A slow call must be shorter than the command timeout.
     */
    public RedisCacheBuilder circuitBreaker(CircuitBreakerPolicy circuitBreaker) {
        if (circuitBreaker == null) {
            throw new IllegalArgumentException("circuitBreaker is null");
        }
        this.circuitBreaker = circuitBreaker;
        return this;
    }

    /**
     * The most keys whose removal is kept while Redis is away, 100,000; from 1 to 10,000,000. More of them become one
     * removal of everything under the prefix (G4, G5 in {@link io.cacheport.guard}). A key takes some 150 bytes of heap.
     */
    public RedisCacheBuilder journalLimit(int journalLimit) {
        this.journalLimit = journalLimit;
        return this;
    }

    /**
     * How many loads may run at once while Redis is away, and for the circuit breaker's window after it is back (A10 in {@link
     * io.cacheport.aside}); 64, and a wait of one second. Caches in front of one database may share a limit.
     */
    public RedisCacheBuilder loadLimit(LoadLimit loadLimit) {
        if (loadLimit == null) {
            throw new IllegalArgumentException("loadLimit is null");
        }
        this.loadLimit = loadLimit;
        return this;
    }

    /**
     * Threads and timers to share with other Lettuce clients; they stay the caller's, to shut down too. Their customizer is
     * asked before this cache adds to a connection what it needs.
     */
    public RedisCacheBuilder clientResources(ClientResources clientResources) {
        this.clientResources = clientResources;
        return this;
    }

    /**
     * The cache, connected if Redis answers within the connect timeout. Otherwise it misses, goes on trying, and works
     * from the moment Redis does.
     *
     * @throws IllegalArgumentException if a setting breaks its rule, naming both
     * @throws io.cacheport.CacheException if Redis is required at start-up and cannot be used
     */
    public RedisCacheAdapter build() {
        RedisSettings settings = settings();
        return new RedisCacheAdapter(settings, RedisLink.open(settings, clientResources));
    }

    RedisSettings settings() {
        return new RedisSettings(
                target,
                keyPrefix,
                commandTimeout,
                connectTimeout,
                retries,
                maximumValueBytes,
                codec == null ? JsonCodec.create() : codec,
                protocol,
                requiredAtStartup,
                sharedFlushes,
                trustedCertificates,
                circuitBreaker,
                journalLimit,
                loadLimit == null ? LoadLimit.ofDefaults() : loadLimit,
                new ConnectSettings(credentials, sentinelPassword, replicaReads));
    }
}
