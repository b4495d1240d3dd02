package io.cacheport.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheport.CacheException;
import io.cacheport.TypeRef;
import io.cacheport.lease.Lease;
import io.cacheport.lease.LeaseAnswer;
import io.cacheport.lease.Leases;
import io.cacheport.lease.Sighting;
import io.cacheport.lease.Stamp;
import io.cacheport.lease.Terms;
import io.cacheport.lock.HeldLock;
import io.cacheport.lock.LockAttempt;
import io.cacheport.lock.LockOptions;
import io.cacheport.lock.Locks;
import io.cacheport.testkit.server.RedisCluster;
import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each right that docs/operations.md lists is needed; that no more are is what the contract tests show. */
@SuppressWarnings("NullAway.Init") // JUnit calls start first
class RedisLeastUserTest {

    private static final Duration SECOND = Duration.ofSeconds(1);

    private static RedisServer server;
    private static RedisCluster cluster;

    @BeforeAll
    static void start() {
        server = RedisServer.start();
        cluster = RedisCluster.start(3, 0);
    }

    @AfterAll
    static void stop() {
        server.close();
        cluster.close();
    }

    static Stream<String> ofOneServer() {
        return Stream.concat(Stream.of("none"), RedisLeastUser.ofOneServer().permissions().stream());
    }

    static Stream<String> ofACluster() {
        return Stream.concat(Stream.of("none"), RedisLeastUser.ofACluster().permissions().stream());
    }

    @ParameterizedTest
    @MethodSource
    void ofOneServer(String missing) {
        check(RedisLeastUser.ofOneServer(), missing, server.uri(), List.of(server));
    }

    @ParameterizedTest
    @MethodSource
    void ofACluster(String missing) {
        check(RedisLeastUser.ofACluster(), missing, cluster.uri(), cluster.nodes());
    }

    private static void check(RedisLeastUser user, String missing, String uri, List<RedisServer> nodes) {
        for (RedisServer node : nodes) {
            try (RespClient client = node.client()) {
                user.createWithout(missing, client);
                client.call("SCRIPT", "FLUSH"); // or what was sent before would be known
            }
        }
        try (RedisCacheAdapter cache = RedisCacheAdapter.builder(uri.replace("//", "//" + RedisLeastUser.LOGIN))
                .commandTimeout(Duration.ofSeconds(5))
                .connectTimeout(Duration.ofSeconds(5))
                .retries(0)
                .build()) {
            assertThat(allWorks(cache)).as("without %s", missing).isEqualTo(missing.equals("none"));
        }
    }

    private static boolean allWorks(RedisCacheAdapter cache) {
        if (!cache.isConnected() || cache.getStats().keys() < 0) {
            return false;
        }
        for (RedisTestCall call : RedisTestCall.ALL) {
            try {
                call.on(cache.strict());
            } catch (CacheException refused) {
                return false;
            }
        }
        return leasesWork(Objects.requireNonNull(cache.leases())) && locksWork(Locks.of(cache));
    }

    private static boolean locksWork(Locks locks) {
        if (locks.tryLock("locked", LockOptions.lease(SECOND)) instanceof LockAttempt.Acquired got) {
            return got.lock().extend(SECOND) == HeldLock.Extension.EXTENDED
                    && got.lock().release() == HeldLock.Release.RELEASED;
        }
        return false;
    }

    private static boolean leasesWork(Leases leases) {
        try {
            Lease given = lease(leases, TypeRef.of(String.class));
            boolean works = leases.renew(given) && leases.release(given);
            works &= leases.fill(lease(leases, TypeRef.of(String.class)), "text", SECOND);
            return works && leases.release(lease(leases, TypeRef.of(Integer.class))) && whatStandsOnThemWorks(leases);
        } catch (CacheException refused) {
            return false;
        }
    }

    private static boolean whatStandsOnThemWorks(Leases leases) {
        Map<String, String> stamps = leases.stamps(Set.of("tag"), SECOND);
        Terms terms = new Terms(SECOND, SECOND, Duration.ZERO, 1L, stamps);
        boolean works = leases.fill(lease(leases, TypeRef.of(String.class)), "text", terms);
        Sighting<String> seen = leases.look("leased", TypeRef.of(String.class), true, Set.of("tag"));
        Lease refresh = seen == null ? null : leases.refresh(seen, SECOND);
        works &= refresh != null && leases.renew(refresh) && leases.keep(refresh, terms);
        works &= !leases.setIfNewer("leased", "older", terms);
        Stamp first = leases.beginWrite("leased", SECOND);
        Stamp second = leases.beginWrite("leased", SECOND);
        leases.endWrite("leased", first);
        leases.endWrite("leased", second);
        return works;
    }

    private static Lease lease(Leases leases, TypeRef<?> type) {
        return ((LeaseAnswer.Granted<?>) leases.take("leased", type, SECOND)).lease();
    }
}
