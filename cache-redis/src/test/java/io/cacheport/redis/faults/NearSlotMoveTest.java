package io.cacheport.redis.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheport.redis.RedisCacheAdapter;
import io.cacheport.redis.faults.NearReads.Readers;
import io.cacheport.redis.faults.NearReads.Seen;
import io.cacheport.redis.faults.NearReads.Writer;
import io.cacheport.tiered.TieredCache;
import io.lettuce.core.cluster.SlotHash;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** A copy is of the node that says what changes in it, whatever moves. */
class NearSlotMoveTest {

    private static final String NAME = "move";
    private static final int KEYS = 200;
    private static final int ROUNDS = 3;

    @FaultRow(34)
    @Test
    void noCopyIsLeftBehindByASlotThatMoves() throws Exception {
        Row row = FaultMatrix.row(34, "cluster: slots move under load, MOVED and ASK");
        try (Shards shards = Shards.start(0)) {
            Seen seen = LogWatch.quietly(() -> moved(shards));

            row.figure("with a near cache, " + ROUNDS + " times there and back: " + seen, "0 too old");
            assertThat(seen.tooOld()).isZero();
            assertThat(seen.wrong()).isZero();
            assertThat(seen.near()).isGreaterThan(seen.answers() / 2);
        }
    }

    private static Seen moved(Shards shards) {
        Set<Integer> slots = IntStream.range(0, KEYS)
                .map(i -> SlotHash.getSlot("cache:" + LogWatch.KEY + ":" + NAME + ":" + i))
                .filter(slot -> slot * Shards.MASTERS / SlotHash.SLOT_COUNT == 1)
                .boxed()
                .collect(Collectors.toSet());
        try (RedisCacheAdapter writer = Profile.open(shards.uri());
                TieredCache cache = Near.open(shards.uri());
                NearReads run = new NearReads(NAME, KEYS, Writer.of(writer))) {
            Readers readers = run.readers(2, cache);
            run.start();
            for (int round = 0; round < ROUNDS; round++) {
                move(shards, run, 1, 0, slots);
                move(shards, run, 0, 1, slots);
            }
            run.stop();
            return readers.seen();
        }
    }

    private static void move(Shards shards, NearReads run, int from, int to, Set<Integer> slots) {
        try (SlotMove move = new SlotMove(shards.cluster().masters(), shards.master(from), shards.master(to), slots)) {
            move.begin();
            run.awaitWrites(KEYS);
            move.end();
            run.awaitWrites(KEYS);
            Near.passBound();
        }
    }
}
