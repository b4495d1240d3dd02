package io.cacheport.redis.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cacheport.redis.RedisCacheAdapter;
import io.cacheport.testkit.server.RedisServer;
import io.lettuce.core.cluster.SlotHash;
import java.time.Duration;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Slots move from one master to another while their keys are read. */
class SlotMoveTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration PHASE = Duration.ofSeconds(3);
    private static final String KEYS = LogWatch.KEY + ":34:";
    private static final String NAIVE_KEYS = "naive:34:";
    private static final int COUNT = 1_000;
    private static final int PER_SECOND = 500;

    /** Reads before and during a move, calls that only load meanwhile, and how often the cluster was asked who is where. */
    private record Storm(LoadResult before, LoadResult during, LoadResult bare, int slots, long looks, double seconds) {

        String text() {
            return "before " + before.latencies() + ", during " + during.latencies();
        }
    }

    @FaultRow(34)
    @Test
    void slotsMoveUnderLoad() throws Exception {
        Row row = FaultMatrix.row(34, "cluster: slots move under load, MOVED and ASK");
        try (Shards shards = Shards.start(0)) {
            LogWatch.quietly(() -> {
                try (NaiveCache naive = NaiveCache.connect(shards.uri())) {
                    naively(row, storm(shards, naive::read, NAIVE_KEYS, "", 0, 1));
                }
                try (RedisCacheAdapter cache = Profile.open(shards.uri())) {
                    ours(row, storm(shards, Load.through(cache), KEYS, "cache:", 1, 0));
                }
                return null;
            });
            aloud(shards);
        }
    }

    /** Plain Lettuce follows as well: nothing here has to be better. */
    private static void naively(Row row, Storm seen) {
        assertThat(seen.during.exceptions()).isEmpty();
        row.naive("follows too: 0 exceptions, " + seen.text());
    }

    private static void ours(Row row, Storm seen) {
        long mostLooks = 2 + (long) (seen.seconds / 2); // the first comes at once, and one is the periodic one
        row.ours("follows; reads go on hitting")
                .figure(
                        seen.slots + " slots moved under " + PER_SECOND + " reads/s: 0 exceptions, "
                                + (seen.during.calls().size() - seen.during.hits()) + " misses",
                        "0 exceptions, < 1 % misses")
                .figure(
                        "asked who is where " + seen.looks + " times in " + Math.round(seen.seconds) + " s",
                        "<= " + mostLooks + ": once in 2 s, and the periodic one")
                .figure(
                        seen.text() + " (a bare call: " + seen.bare.latencies() + ")",
                        "p99 <= 3 x before + a bare call");
        assertThat(seen.during.exceptions()).isEmpty();
        assertThat(seen.during.wrong()).isZero();
        assertThat(seen.during.hits()).isGreaterThan(seen.during.calls().size() * 99L / 100);
        assertThat(seen.looks).isBetween(1L, mostLooks);
        assertThat(seen.during.percentile(99))
                .isLessThan(seen.before.percentile(99).multipliedBy(3).plus(seen.bare.percentile(99)));
    }

    private static Storm storm(
            Shards shards, Load.Reader reader, String keys, String prefix, int source, int destination)
            throws Exception {
        for (int i = 0; i < COUNT; i++) {
            String key = keys + i + ":";
            String unused = reader.read(key, () -> key + ":0");
        }
        Set<Integer> slots = slotsOf(keys, prefix, source);
        RedisServer from = shards.master(source);
        RedisServer to = shards.master(destination);
        try (Load load = load(reader, keys);
                Load bare = load((key, loader) -> loader.call(), "bare");
                SlotMove move = new SlotMove(shards.cluster().masters(), from, to, slots)) {
            pass(PHASE);
            shards.resetStats();
            long start = load.now();
            long bareStart = bare.now();
            move.begin();
            pass(PHASE);
            move.end();
            pass(PHASE);
            long end = load.now();
            LoadResult all = load.stop();
            assertThat(Shards.info(from, "errorstats", "errorstat_ASK:count=")).isPositive();
            assertThat(Shards.info(from, "errorstats", "errorstat_MOVED:count="))
                    .isPositive();
            return new Storm(
                    all.between(0, start),
                    all.between(start, end),
                    bare.stop().from(bareStart),
                    slots.size(),
                    shards.callsOf(shards.master(2), "cluster|nodes"),
                    (end - start) / 1e9);
        }
    }

    private static Load load(Load.Reader reader, String keys) {
        return new Load(reader)
                .keyPrefix(keys)
                .keys(COUNT)
                .threads(8)
                .perSecond(PER_SECOND)
                .start();
    }

    /** The slots with keys that the cluster, when it was made, gave to that master or, for the way back, to the other. */
    private static Set<Integer> slotsOf(String keys, String prefix, int master) {
        Set<Integer> slots = new TreeSet<>();
        for (int i = 0; i < COUNT; i++) {
            int slot = SlotHash.getSlot(prefix + keys + i + ":");
            if (slot * Shards.MASTERS / SlotHash.SLOT_COUNT == master) {
                slots.add(slot);
            }
        }
        return slots;
    }

    private static void pass(Duration time) {
        await().pollDelay(time).atMost(time.plusSeconds(10)).until(() -> true);
    }

    /** The same with all loggers on: one slot, its keys removed and stored on the way. */
    private static void aloud(Shards shards) {
        String key = shards.keys(2) + "aloud";
        try (RedisCacheAdapter cache = Profile.builder(shards.uri())
                        .commandTimeout(Duration.ofSeconds(5))
                        .build();
                SlotMove move = new SlotMove(
                        shards.cluster().masters(),
                        shards.master(2),
                        shards.master(0),
                        Set.of(SlotHash.getSlot("cache:" + key)))) {
            cache.strict().set(key, LogWatch.VALUE, MINUTE);
            move.begin();
            assertThat(cache.strict().get(key, String.class)).isEqualTo(LogWatch.VALUE);
            assertThat(cache.strict().del(key)).isTrue();
            cache.strict().set(key, LogWatch.VALUE, MINUTE);
            move.end();
            assertThat(cache.strict().get(key, String.class)).isEqualTo(LogWatch.VALUE);
            assertThat(cache.strict().del(key)).isTrue();
        }
    }
}
