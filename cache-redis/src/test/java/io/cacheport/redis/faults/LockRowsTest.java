package io.cacheport.redis.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cacheport.ErrorCause;
import io.cacheport.lock.HeldLock;
import io.cacheport.lock.HeldLock.Release;
import io.cacheport.lock.LockAttempt;
import io.cacheport.lock.LockAttempt.Acquired;
import io.cacheport.lock.LockOptions;
import io.cacheport.lock.Locks;
import io.cacheport.lock.NotAcquired.Unavailable;
import io.cacheport.redis.RedisCacheAdapter;
import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Locks whose lease ends, whose renewal should, whose server fails over, and whose server is away. */
class LockRowsTest {

    private static final String NAME = LogWatch.KEY + ":lock";
    private static final Duration LEASE = Duration.ofMillis(500);
    private static final Duration SOON = Duration.ofSeconds(10);
    private static final Pattern SCRIPTS = Pattern.compile("cmdstat_(?:evalsha|eval):calls=(\\d+)");

    static List<String> heldKeys(RespClient admin) {
        return admin.call("KEYS", "cacheport:lock:*}") instanceof List<?> keys
                ? keys.stream().map(String::valueOf).toList()
                : List.of();
    }

    /** How many were run since the counters were reset. */
    static long scripts(RespClient admin) {
        Matcher line = SCRIPTS.matcher(String.valueOf(admin.call("INFO", "commandstats")));
        long sum = 0;
        while (line.find()) {
            sum += Long.parseLong(line.group(1));
        }
        return sum;
    }

    private static HeldLock got(LockAttempt attempt) {
        assertThat(attempt).isInstanceOf(Acquired.class);
        return ((Acquired) attempt).lock();
    }

    private static void pass(Duration time) {
        await().pollDelay(time).atMost(time.plusSeconds(10)).until(() -> true);
    }

    @FaultRow(53)
    @Test
    void aHolderIsToldThatItIsOneNoLonger() throws Exception {
        Row row = FaultMatrix.row(53, "lock expires while its holder works");
        try (RedisServer server = RedisServer.start();
                RespClient admin = server.client();
                RedisCacheAdapter cache = Profile.open(server.uri())) {
            Locks locks = Locks.of(cache);
            long worst = 0;
            for (int i = 0; i < 20; i++) { // its time is over
                AtomicLong told = new AtomicLong();
                long start = System.nanoTime();
                HeldLock lock = got(locks.tryLock(NAME, LockOptions.lease(LEASE).withoutRenewal()));
                lock.onLost(() -> told.set(System.nanoTime()));
                await().atMost(SOON).until(() -> told.get() != 0);
                worst = Math.max(worst, told.get() - start - LEASE.toNanos());
                HeldLock next = got(locks.tryLock(NAME, LockOptions.lease(LEASE).waitAtMost(SOON)));
                assertThat(next.fencing()).isGreaterThan(lock.fencing());
                assertThat(lock.release()).isEqualTo(Release.LOST);
                assertThat(next.release()).isEqualTo(Release.RELEASED);
            }
            long worstDeleted = 0;
            for (int i = 0; i < 20; i++) { // somebody deletes it
                AtomicLong told = new AtomicLong();
                HeldLock lock = got(locks.tryLock(NAME, LockOptions.lease(LEASE)));
                lock.onLost(() -> told.set(System.nanoTime()));
                pass(Duration.ofMillis(13L * i));
                long deleted = System.nanoTime();
                admin.call("FLUSHALL");
                await().atMost(SOON).until(() -> told.get() != 0);
                worstDeleted = Math.max(worstDeleted, told.get() - deleted);
                assertThat(lock.release()).isEqualTo(Release.LOST);
            }
            row.figure(
                    "lost is called " + Row.ms(worst) + " after the lease is over, " + Row.ms(worstDeleted)
                            + " after FLUSHALL, at most of 20",
                    "lease/3 = 167 ms");
            assertThat(worst).isLessThan(LEASE.toNanos() / 3);
            assertThat(worstDeleted).isLessThan(LEASE.toNanos() / 3);
        }
    }

    @FaultRow(54)
    @Test
    void nothingIsRenewedAfterTheRelease() throws Exception {
        Row row = FaultMatrix.row(54, "renewal outlives the lock");
        try (RedisServer server = RedisServer.start();
                RespClient admin = server.client();
                RedisCacheAdapter cache = Profile.builder(server.uri())
                        .commandTimeout(Duration.ofSeconds(5))
                        .build()) {
            Locks locks = Locks.of(cache);
            int each = 12_500;
            int count = LogWatch.quietly(() -> lockAndUnlock(locks, 8, each));
            assertThat(count).isEqualTo(8 * each);
            assertThat(locks.stats().active()).isZero();
            assertThat(heldKeys(admin)).isEmpty();
            admin.call("CONFIG", "RESETSTAT");
            pass(Duration.ofSeconds(3));

            assertThat(scripts(admin)).isZero();
            row.ours("renewals are by token, and end before the release is sent");
            row.figure("after " + count + " times lock and unlock with a lease of 1 s: 0 commands in 3 s, 0 keys", "0");
        }
    }

    private static int lockAndUnlock(Locks locks, int threads, int each) throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        LockOptions second = LockOptions.lease(Duration.ofSeconds(1));
        int done = 0;
        try {
            List<Future<Integer>> all = new ArrayList<>();
            for (int thread = 0; thread < threads; thread++) {
                String name = "quick-" + thread;
                all.add(pool.submit(() -> {
                    int times = 0;
                    for (int i = 0; i < each; i++) {
                        times += locks.withLock(name, second, HeldLock::isHeld) ? 1 : 0;
                    }
                    return times;
                }));
            }
            for (Future<Integer> one : all) {
                done += one.get();
            }
        } finally {
            pool.shutdownNow();
        }
        return done;
    }

    /** The unlock does not get through, which is when a watchdog is forgotten. */
    @FaultRow(54)
    @Test
    void aReleaseThatFailsEndsTheRenewalToo() throws Exception {
        Row row = FaultMatrix.row(54, "renewal outlives the lock");
        try (RedisServer server = RedisServer.start();
                RespClient admin = server.client();
                NaiveLock naive = new NaiveLock(server.uri());
                RedisCacheAdapter cache = Profile.open(server.uri())) {
            assertThat(naive.tryLock("naive", "me", LEASE)).isTrue();
            naive.renew("naive", LEASE);
            admin.call("ACL", "SETUSER", "default", "-del");
            assertThat(Naive.attempt(SOON, () -> naive.unlock("naive"))).contains("Exception");
            Locks locks = Locks.of(cache);
            HeldLock lock = got(locks.tryLock(NAME, LockOptions.lease(LEASE)));
            assertThat(lock.release()).isEqualTo(Release.UNKNOWN);
            long released = System.nanoTime();
            await().atMost(SOON).until(() -> heldKeys(admin).isEmpty());
            long gone = System.nanoTime() - released;
            pass(LEASE.multipliedBy(4));

            assertThat(admin.call("EXISTS", "naive")).isEqualTo(1L);
            row.naive("where the unlock throws, the watchdog renews for ever: still locked after "
                    + LEASE.multipliedBy(4).toMillis() + " ms, with a lease of " + LEASE.toMillis());
            row.figure("unlock refused: gone after " + Row.ms(gone), "lease = 500 ms, + 100 ms");
            assertThat(gone).isLessThan(LEASE.plusMillis(100).toNanos());
            assertThat(locks.stats().active()).isZero();
        }
    }

    @FaultRow(55)
    @Test
    void aLockLostInAFailoverIsRefusedByItsNumber() throws Exception {
        Row row = FaultMatrix.row(55, "lock lost in a failover");
        try (RedisServer master = RedisServer.start("--repl-diskless-sync-delay", "0");
                RedisServer replica = RedisServer.start();
                RespClient admin = replica.client();
                RedisCacheAdapter before = Profile.open(master.uri());
                NaiveLock naive = new NaiveLock(master.uri())) {
            admin.call("REPLICAOF", master.host(), String.valueOf(master.port()));
            await().atMost(SOON)
                    .until(() ->
                            String.valueOf(admin.call("INFO", "replication")).contains("master_link_status:up"));
            LockOptions minute = LockOptions.lease(Duration.ofMinutes(1));
            long earlier = got(Locks.of(before).tryLock(NAME, minute)).fencing();
            admin.call("REPLICAOF", "127.0.0.1", "1"); // cut off: it hears nothing of what follows
            HeldLock first = got(Locks.of(before).tryLock(NAME + ":2", minute));
            assertThat(naive.tryLock("naive", "first", Duration.ofMinutes(1))).isTrue();
            master.kill();
            admin.call("REPLICAOF", "NO", "ONE");

            try (RedisCacheAdapter after = Profile.open(replica.uri());
                    FencedResource resource = FencedResource.of(replica);
                    NaiveLock naiveAfter = new NaiveLock(replica.uri())) {
                assertThat(naiveAfter.tryLock("naive", "second", Duration.ofMinutes(1)))
                        .isTrue();
                assertThat(first.isHeld()).isTrue(); // as it has to believe
                HeldLock second = got(Locks.of(after).tryLock(NAME + ":2", minute));
                assertThat(second.fencing()).isGreaterThan(first.fencing()).isGreaterThan(earlier);
                assertThat(resource.write("r", "second", String.valueOf(second.fencing()), true))
                        .isTrue();
                assertThat(resource.write("r", "first", String.valueOf(first.fencing()), true))
                        .isFalse();
                assertThat(Locks.of(after).tryLock(NAME, minute).isAcquired())
                        .as("what had reached the replica is held")
                        .isFalse();
                second.close();
            }
            row.naive("two holders, and nothing to tell them apart by");
            row.ours(
                    "two holders; the second has the higher number, though the new master never heard of the first, and"
                            + " the resource refuses the first");
            row.figure("1 of 1 refused", "all, where the masters' clocks differ by less than a failover takes");
        }
    }

    @FaultRow(56)
    @Test
    void aServerThatIsAwayIsAnAnswerInTime() throws Exception {
        Row row = FaultMatrix.row(56, "lock unavailable");
        Duration wait = Duration.ofSeconds(1);
        LockOptions options = LockOptions.lease(Duration.ofMinutes(1)).waitAtMost(wait);
        for (String fault : List.of("SIGKILL", "SIGSTOP")) {
            try (RedisServer server = RedisServer.start();
                    RedisCacheAdapter other = Profile.open(server.uri());
                    RedisCacheAdapter cache = Profile.open(server.uri());
                    NaiveLock naive = new NaiveLock(server.uri())) {
                HeldLock busy = got(Locks.of(other).tryLock(NAME, LockOptions.lease(Duration.ofMinutes(1))));
                ExecutorService thread = Executors.newSingleThreadExecutor();
                Locks locks = Locks.of(cache);
                Future<Long> waiting = thread.submit(() -> {
                    long start = System.nanoTime();
                    assertThat(locks.tryLock(NAME, options)).isInstanceOf(Unavailable.class);
                    return System.nanoTime() - start;
                });
                pass(Duration.ofMillis(300));
                if (fault.equals("SIGKILL")) {
                    server.kill();
                } else {
                    server.pause();
                }
                long during = waiting.get(10, TimeUnit.SECONDS);
                long worst = 0;
                for (int i = 0; i < 20; i++) {
                    long start = System.nanoTime();
                    LockAttempt attempt = locks.tryLock(NAME, options.waitAtMost(Duration.ofMillis(50)));
                    worst = Math.max(worst, System.nanoTime() - start - 50_000_000L);
                    assertThat(attempt).isInstanceOf(Unavailable.class);
                    assertThat(((Unavailable) attempt).cause()).isIn(ErrorCause.UNAVAILABLE, ErrorCause.TIMEOUT);
                }
                String hung = Naive.attempt(Duration.ofSeconds(2), () -> naive.tryLock("naive", "me", LEASE));
                assertThat(hung).isEqualTo("hung over 2 s");
                Future<LockAttempt> comesBack =
                        thread.submit(() -> locks.tryLock(NAME + ":2", options.waitAtMost(SOON)));
                pass(Duration.ofMillis(300));
                if (fault.equals("SIGKILL")) {
                    server.restart();
                } else {
                    server.resume();
                }
                got(comesBack.get(20, TimeUnit.SECONDS)).close();
                thread.shutdown();
                assertThat(Stream.of(Release.values())).contains(busy.release());
                row.naive(fault + ": " + hung)
                        .ours("unavailable, as a type; who waits longer gets the lock when the server is back")
                        .figure(
                                fault + " while waiting: answered after " + Row.ms(during) + "; away: "
                                        + Row.ms(Math.max(0, worst)) + " after the wait limit, at most of 20",
                                "wait limit (1 s) + T; T = 100 ms");
                assertThat(during)
                        .isLessThan(wait.plus(Profile.T).plusMillis(50).toNanos());
                assertThat(worst).isLessThan(Profile.T.plusMillis(50).toNanos());
            }
        }
    }
}
