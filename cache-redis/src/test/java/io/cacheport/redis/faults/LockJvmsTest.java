package io.cacheport.redis.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cacheport.lock.HeldLock;
import io.cacheport.lock.LockAttempt.Acquired;
import io.cacheport.lock.LockOptions;
import io.cacheport.lock.Locks;
import io.cacheport.redis.RedisCacheAdapter;
import io.cacheport.redis.faults.FencedResource.Findings;
import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Several JVMs take the same locks, of which some are stopped longer than a lease, and some killed. */
class LockJvmsTest {

    private static final Duration STOPPED = LockWorker.LEASE.multipliedBy(2);

    /** Stops in the middle of something: a few, since one may hit nobody. */
    private static final int FEWEST = 3;

    private static final long MANY = 100_000;
    private static final Duration BETWEEN = Duration.ofMillis(400);

    @FaultRowAlways(53)
    @Test
    void twoJvms() throws Exception {
        run(2, 1_000, 3);
    }

    @FaultRow(53)
    @Test
    void fourJvms() throws Exception {
        run(4, MANY, 8);
    }

    private static void run(int count, long grants, int killEvery) throws Exception {
        Row row = FaultMatrix.row(53, "lock expires while its holder works");
        try (RedisServer server = RedisServer.start();
                FencedResource resource = FencedResource.of(server);
                LockJvms jvms = LockJvms.start(count, server.uri(), "ours")) {
            int kills = disturb(jvms, resource, grants, killEvery);
            jvms.enough();
            for (int i = 0; i < count; i++) {
                jvms.await(i, "done");
            }
            Findings found = resource.findings(LockWorker.NAMES);
            System.out.println(found + ", " + kills + " killed, " + jvms.printed("stats"));
            assertThat(jvms.printed("failure")).isEmpty();
            assertThat(found.grants()).isGreaterThanOrEqualTo(grants);
            assertThat(found.overlaps()).isGreaterThanOrEqualTo(grants / MANY); // or nothing was put to the test
            assertThat(found.unrevealed()).isZero();
            assertThat(found.notRising()).isZero();
            assertThat(jvms.printed("foreign")).isEmpty();
            long renewals = afterTheEnd(server);
            assertThat(renewals).isZero();
            row.ours("two may believe that they have it; the fencing number tells the resource who came first");
            row.figure(
                    String.format(
                            Locale.ROOT,
                            "%d JVMs, stopped all the time, %d killed: %,d grants, %d overlaps, %d of them not refused"
                                    + " by the fencing number, %d foreign unlocks, %d commands after the last release",
                            count,
                            kills,
                            found.grants(),
                            found.overlaps(),
                            found.unrevealed(),
                            jvms.printed("foreign").size(),
                            renewals),
                    "0, 0, 0");
        }
    }

    /** How many were killed. */
    private static int disturb(LockJvms jvms, FencedResource resource, long grants, int killEvery) throws Exception {
        Random random = new Random(53);
        int kills = 0;
        for (int i = 1; i <= FEWEST || resource.grants() < grants; i++) {
            int victim = random.nextInt(jvms.size());
            jvms.signal(victim, "STOP");
            pass(STOPPED);
            if (i % killEvery == 0) {
                jvms.replace(victim);
                jvms.await(victim, "ready");
                kills++;
            } else {
                jvms.signal(victim, "CONT");
            }
            pass(BETWEEN);
        }
        return kills;
    }

    /** The scripts that are run when all is let go, for three leases, of JVMs that live; by then no lock is left. */
    private static long afterTheEnd(RedisServer server) {
        try (RespClient admin = server.client()) {
            await().atMost(Duration.ofSeconds(10))
                    .until(() -> LockRowsTest.heldKeys(admin).isEmpty());
            admin.call("CONFIG", "RESETSTAT");
            pass(LockWorker.LEASE.multipliedBy(3));
            return LockRowsTest.scripts(admin);
        }
    }

    @FaultRow(53)
    @Test
    void naively() throws Exception {
        try (RedisServer server = RedisServer.start();
                FencedResource resource = FencedResource.of(server);
                LockJvms jvms = LockJvms.start(2, server.uri(), "naively")) {
            disturb(jvms, resource, 5_000, 1_000_000);
            Findings found = resource.findings(LockWorker.NAMES);

            assertThat(found.unrevealed()).isPositive();
            assertThat(jvms.printed("foreign")).isNotEmpty();
            FaultMatrix.row(53, "lock expires while its holder works")
                    .naive(found.unrevealed() + " writes by two at once in " + found.grants() + " grants, unnoticed; "
                            + jvms.printed("foreign").size() + " times it deletes another's lock");
        }
    }

    /** SIGSTOP for longer than the lease, and what the holder knows when it goes on. */
    @FaultRow(53)
    @Test
    void aHolderThatStoodStillIsToldAndRefused() throws Exception {
        Row row = FaultMatrix.row(53, "lock expires while its holder works");
        Duration lease = Duration.ofMillis(500);
        String name = LockWorker.NAMES.get(0);
        try (RedisServer server = RedisServer.start();
                FencedResource resource = FencedResource.of(server);
                LockJvms holder = LockJvms.start(1, server.uri(), "holder");
                RedisCacheAdapter cache = RedisCacheAdapter.connect(server.uri())) {
            pass(lease.multipliedBy(3));
            assertThat(holder.printed("lost")).isEmpty(); // it is renewed
            holder.signal(0, "STOP");
            Locks locks = Locks.of(cache);
            HeldLock next =
                    ((Acquired) locks.tryLock(name, LockOptions.lease(lease).waitAtMost(Duration.ofSeconds(5)))).lock();
            assertThat(resource.write(name, "next", String.valueOf(next.fencing()), true))
                    .isTrue();
            pass(Duration.ofSeconds(1));
            long went = System.nanoTime();
            holder.signal(0, "CONT");
            holder.await(0, "lost");
            long told = System.nanoTime() - went;
            holder.say(0, "write");

            assertThat(holder.await(0, "held")).isEqualTo("held false, accepted false, release LOST");
            assertThat(next.release()).isEqualTo(HeldLock.Release.RELEASED);
            assertThat(holder.printed("lost")).hasSize(1);
            row.figure(
                    "SIGSTOP: lost is called " + Row.ms(told) + " after the holder goes on, its write is refused, its"
                            + " release leaves the other's lock",
                    "lease/3 = 167 ms");
            assertThat(told).isLessThan(lease.toNanos() / 3);
        }
    }

    private static void pass(Duration time) {
        await().pollDelay(time).atMost(time.plusSeconds(10)).until(() -> true);
    }

    /** That the check itself sees what it is for. */
    @Test
    void overlapsAreToldByTheGrantsAndNotByTheNumbers() {
        assertThat(FencedResource.of(List.of("a 1 1", "a 1 1", "b 2 1", "b 2 1")))
                .isEqualTo(new Findings(2, 0, 0, 0));
        assertThat(FencedResource.of(List.of("a 1 1", "b 2 1", "a 1 0", "b 2 1")))
                .isEqualTo(new Findings(2, 1, 0, 0));
        assertThat(FencedResource.of(List.of("a 1 1", "b 1 1", "a 1 1"))).isEqualTo(new Findings(2, 1, 1, 1));
        assertThat(FencedResource.of(List.of("b 2 1", "a 1 0", "b 2 1"))).isEqualTo(new Findings(2, 1, 0, 0));
    }
}
