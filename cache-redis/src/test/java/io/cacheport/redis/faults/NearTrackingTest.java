package io.cacheport.redis.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cacheport.redis.RedisCacheAdapter;
import io.cacheport.redis.faults.NearReads.Readers;
import io.cacheport.redis.faults.NearReads.Seen;
import io.cacheport.redis.faults.NearReads.Writer;
import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import io.cacheport.tiered.Coherence;
import io.cacheport.tiered.TieredCache;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/** A server tells a connection what changes, until the connection is lost: the next one it tells nothing. */
class NearTrackingTest {

    private static final String FAULT = "tracking off after a reconnect";
    private static final int TIMES = 20;
    private static final int KILLS = 100;
    private static final int FEW_KEYS = 200;
    private static final int READERS = 3;
    private static final Duration STOPPED = Duration.ofMillis(1_500);
    private static final Duration FOR_EVER = Duration.ofSeconds(3);
    private static final Duration LIMIT = Duration.ofSeconds(40);

    /** As {@link ClusterFailoverTest} has it. */
    private static final String[] PARTIAL = {"--cluster-require-full-coverage", "no"};

    /** Done again and again. */
    private interface Fault {
        void happen(RedisServer server, TieredCache cache, int time);
    }

    @FaultRowAlways(47)
    @Test
    void isOnAgainBeforeAnythingIsServed() throws Exception {
        Row row = FaultMatrix.row(47, FAULT);
        try (RedisServer server = RedisServer.start()) {
            LogWatch.quietly(() -> killed(row, server, 5, FEW_KEYS, Near.BOUND));
            try (TieredCache cache = Near.open(server.uri())) {
                NearTrackingTest.killed(server, cache, -1);
                assertThat(LogWatch.warnings()).anyMatch(line -> line.contains("hears nothing of a node"));
            }
        }
        row.ours(
                "what the lost connection proved is not served; a new one is told what changes before it is read from");
    }

    @FaultRow(47)
    @Test
    void alsoAfterAHundredKillsAndTwentyStopsAndTwentyRestarts() throws Exception {
        Row row = FaultMatrix.row(47, FAULT);
        try (RedisServer server = RedisServer.start()) {
            Seen seen = LogWatch.quietly(() -> killed(row, server, KILLS, NearReads.KEYS, FOR_EVER));
            row.figure(
                    KILLS + " times all connections killed, CLIENT LIST with one tracked after each: " + seen,
                    "0 older than " + Near.BOUND.toSeconds() + " s");
        }
        try (RedisServer server = RedisServer.start()) {
            Seen seen = LogWatch.quietly(() -> under(server, "stopped", NearTrackingTest::stopped));
            row.figure(TIMES + " times stopped for " + STOPPED.toMillis() + " ms: " + seen, "0");
        }
        try (RedisServer server = RedisServer.start()) {
            Seen seen = LogWatch.quietly(() -> under(server, "restarted", NearTrackingTest::restarted));
            row.figure(TIMES + " times killed and restarted: " + seen, "0");
        }
    }

    @FaultRow(47)
    @Test
    void alsoWhenAMasterDies() throws Exception {
        Row row = FaultMatrix.row(47, FAULT);
        try (Shards shards = Shards.start(1, PARTIAL)) {
            Seen seen = LogWatch.quietly(() -> failedOver(shards, RedisServer::kill));
            row.figure("a master of three dies: " + seen, "0");
        }
    }

    @FaultRow(47)
    @Test
    void alsoWhenAMasterHangs() throws Exception {
        Row row = FaultMatrix.row(47, FAULT);
        try (Shards shards = Shards.start(1, PARTIAL)) {
            Seen seen = LogWatch.quietly(() -> failedOver(shards, RedisServer::pause));
            row.figure("a master of three hangs: " + seen, "0");
        }
    }

    private static Seen killed(Row row, RedisServer server, int kills, int keys, Duration naiveAge) {
        try (TieredCache cache = Near.open(server.uri());
                NaiveNear naive = new NaiveNear(server.uri());
                RedisCacheAdapter writer = Profile.open(server.uri());
                NearReads all = new NearReads("killed", keys, Writer.of(writer))) {
            Readers ours = all.readers(READERS, cache);
            Readers naively = all.readers(1, naiveAge, naive::read);
            all.start();
            for (int i = 0; i < kills; i++) {
                killed(server, cache, i);
                assertThat(Near.tracked(server)).isOne();
                all.awaitWrites(20);
                if (i % 5 == 4) {
                    Near.passBound();
                }
            }
            await().atMost(LIMIT).until(() -> naively.seen().tooOld() > 0);
            all.stop();
            Seen seen = checked(all, ours.seen());
            row.naive("Lettuce's ClientSideCaching hears nothing any more and serves what it has for ever (watched: "
                    + Row.ms(naively.seen().oldest()) + ")");
            return seen;
        }
    }

    /** None of what was near is, then it can be again, and is what it is now. */
    private static void killed(RedisServer server, TieredCache cache, int time) {
        String key = LogWatch.KEY + ":witness:" + time;
        try (RespClient admin = server.client()) {
            Near.set(admin, key, 1);
            Near.awaitServed(cache, key, 1);
            long losses = cache.feedState().losses();
            admin.call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
            Near.set(admin, key, 2);
            Near.awaitLoss(cache, losses);
            assertThat(Near.copy(cache, key)).as("copy of before").isNull();
            Near.awaitServed(cache, key, 2);
            assertThat(cache.feedState().coherence()).isEqualTo(Coherence.TRACKING);
        }
    }

    private static void stopped(RedisServer server, TieredCache cache, int time) {
        String key = LogWatch.KEY + ":witness:" + time;
        try (RespClient admin = server.client()) {
            Near.set(admin, key, 1);
            Near.awaitServed(cache, key, 1);
            server.pause();
            Near.pass(STOPPED);
            assertThat(Near.copy(cache, key)).as("unproven copy").isNull();
            server.resume();
            Near.set(admin, key, 2);
            Near.awaitServed(cache, key, 2);
        }
    }

    private static void restarted(RedisServer server, TieredCache cache, int time) {
        String key = LogWatch.KEY + ":witness:" + time;
        try (RespClient admin = server.client()) {
            Near.set(admin, key, 1);
            Near.awaitServed(cache, key, 1);
        }
        server.kill();
        server.restart();
        try (RespClient admin = server.client()) {
            Near.set(admin, key, 2);
            Near.awaitServed(cache, key, 2);
        }
        assertThat(Near.tracked(server)).isOne();
    }

    /** A circuit that opens again and again would be probed less and less often. */
    private static Seen under(RedisServer server, String name, Fault fault) {
        RedisCacheAdapter redis = Profile.open(server.uri());
        redis.guard().forceClosed();
        try (TieredCache cache = Near.awaitHeard(Near.builder().far(redis));
                RedisCacheAdapter writer = Profile.open(server.uri());
                NearReads all = new NearReads(name, NearReads.KEYS, Writer.of(writer))) {
            writer.guard().forceClosed();
            Readers ours = all.readers(READERS, cache);
            all.start();
            for (int i = 0; i < TIMES; i++) {
                fault.happen(server, cache, i);
                Near.passBound();
            }
            all.stop();
            return checked(all, ours.seen());
        }
    }

    /** A write that was acknowledged and is lost with its master is row 37: the replica has all there is when it dies. */
    private static Seen failedOver(Shards shards, Consumer<RedisServer> fault) {
        int victim = 1;
        String key = shards.keys(victim) + "served";
        try (TieredCache cache = Near.open(shards.uri());
                RedisCacheAdapter writer = Profile.open(shards.uri());
                NearReads all = new NearReads("failover", NearReads.KEYS, Writer.of(writer))) {
            Readers ours = all.readers(READERS, cache);
            all.start();
            cache.strict().set(key, 1L, Duration.ofMinutes(10));
            Near.awaitServed(cache, key, 1);
            CompletableFuture<Long> promotion = shards.promotion(victim);
            all.withoutWrites(() -> {
                shards.awaitInStep(victim);
                fault.accept(shards.master(victim));
            });
            promotion.join();
            Near.awaitServed(cache, key, 1);
            all.awaitWrites(2_000);
            Near.awaitServed(cache, key, 1);
            all.stop();
            return checked(all, ours.seen());
        }
    }

    private static Seen checked(NearReads all, Seen seen) {
        assertThat(seen.tooOld()).as("answers too old").isZero();
        assertThat(seen.wrong() + seen.failed()).isZero();
        assertThat(seen.near()).isGreaterThan(seen.answers() / 10);
        assertThat(all.writes()).isGreaterThan(100);
        return seen;
    }
}
