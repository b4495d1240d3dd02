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
import io.lettuce.core.protocol.ProtocolVersion;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** Near caches that tell each other what they change, and whose subscriptions are killed meanwhile. */
@FaultRow(46)
class NearMessagesTest {

    private static final int KILLS = 20;
    private static final int READERS = 3;
    private static final Duration LIMIT = Duration.ofMillis(2_500);
    private static final Duration PATIENCE = Duration.ofSeconds(40);

    private static TieredCache open(String uri) {
        RedisCacheAdapter redis =
                Profile.builder(uri).protocol(ProtocolVersion.RESP2).build();
        return Near.awaitHeard(Near.builder().orPubSub().far(redis));
    }

    @Test
    void whatIsLostIsNotServed() throws Exception {
        Row row = FaultMatrix.row(46, "invalidation message lost");
        try (RedisServer server = RedisServer.start()) {
            Seen seen = LogWatch.quietly(() -> killed(row, server));
            row.ours("what the lost subscription proved is not served; each copy is read anew");
            row.figure(
                    KILLS + " times all subscriptions killed: " + seen,
                    "0 older than " + Near.BOUND.toSeconds() + " s (2.5 s)");
            try (TieredCache cache = open(server.uri())) {
                killed(server, cache, -1);
            }
        }
    }

    private static Seen killed(Row row, RedisServer server) {
        try (TieredCache cache = open(server.uri());
                TieredCache other = open(server.uri());
                NaiveMessages naive = new NaiveMessages(server.uri());
                NearReads all = new NearReads("46", NearReads.KEYS, (key, version) -> {
                    Writer.of(other).write(key, version);
                    naive.changed(key);
                })) {
            Readers ours = all.readers(READERS, cache);
            Readers naively = all.readers(1, LIMIT, naive::read);
            all.start();
            for (int i = 0; i < KILLS; i++) {
                killed(server, cache, i);
                Near.passBound();
            }
            await().atMost(PATIENCE).until(() -> naively.seen().tooOld() > 0);
            all.stop();
            Seen seen = ours.seen();
            assertThat(seen.tooOld()).as("answers too old").isZero();
            assertThat(Duration.ofNanos(seen.oldest())).isLessThan(LIMIT);
            assertThat(seen.wrong() + seen.failed()).isZero();
            assertThat(seen.near()).isGreaterThan(seen.answers() / 10);
            assertThat(naive.lost()).isPositive();
            row.naive(naive.lost() + " of " + naive.sent() + " messages lost, subscribed again without a word; answers "
                    + Row.ms(naively.seen().oldest()) + " old");
            return seen;
        }
    }

    private static void killed(RedisServer server, TieredCache cache, int time) {
        String key = LogWatch.KEY + ":witness:" + time;
        try (RespClient admin = server.client()) {
            Near.set(admin, key, 1);
            Near.awaitServed(cache, key, 1);
            long losses = cache.feedState().losses();
            admin.call("CLIENT", "KILL", "TYPE", "pubsub");
            Near.set(admin, key, 2); // of which nobody is told
            Near.awaitLoss(cache, losses);
            assertThat(Near.copy(cache, key)).as("copy of before").isNull();
            Near.awaitServed(cache, key, 2);
            assertThat(cache.feedState().coherence()).isEqualTo(Coherence.PUBSUB);
        }
    }
}
