package io.cacheport.redis.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheport.redis.RedisCacheAdapter;
import io.cacheport.testkit.server.RedisServer;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.SlotHash;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Keys and slots: commands over many keys, and how keys spread. */
class CrossSlotTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration PATIENT = Duration.ofSeconds(10);
    private static final int SLOTS = SlotHash.SLOT_COUNT;
    private static final int BULK = 2_000;
    private static final int SPREAD = 100_000;

    /** The value that chi-square with one degree less than there are slots exceeds by chance in 1 of 100 cases. */
    private static final double CHI_SQUARE_1_PERCENT = chiSquare(SLOTS - 1, 2.3263);

    @FaultRow(39)
    @Test
    void bulksOverManySlots() throws Exception {
        Row row = FaultMatrix.row(39, "CROSSSLOT");
        try (Shards shards = Shards.start(0)) {
            try (NaiveCache naive = NaiveCache.connect(shards.uri())) {
                String script = "return redis.call('get', KEYS[1]) == redis.call('get', KEYS[2])";
                String[] keys = {shards.naiveKeys(0), shards.naiveKeys(1)};
                String outcome =
                        Naive.attempt(PATIENT, () -> naive.commands().eval(script, ScriptOutputType.BOOLEAN, keys));
                assertThat(outcome).isEqualTo("RedisCommandExecutionException");
                assertThat(crossSlots(shards)).isPositive(); // so it would be seen below
                row.naive("a script over keys of two slots: " + outcome + "; Lettuce itself splits MGET and DEL");
            }
            shards.resetStats();
            try (RedisCacheAdapter cache =
                    Profile.builder(shards.uri()).commandTimeout(PATIENT).build()) {
                Map<String, String> values = new LinkedHashMap<>();
                for (int i = 0; i < BULK; i++) {
                    String tag = i % 2 == 0 ? "" : "{" + i % 7 + "}"; // some share a slot, most do not
                    values.put(LogWatch.KEY + ":39:" + tag + i, LogWatch.VALUE + i);
                }
                cache.strict().setAll(values, MINUTE);
                assertThat(cache.strict().getAll(values.keySet(), String.class)).isEqualTo(values);
                List<String> some = values.keySet().stream().limit(BULK / 2).toList();
                assertThat(cache.strict().del(some)).isEqualTo(BULK / 2);
                assertThat(cache.strict().flush(LogWatch.KEY + ":39:*")).isEqualTo(BULK / 2);
                cache.strict().setAll(values, MINUTE);
                assertThat(cache.strict().clear()).isEqualTo(BULK);
            }
            long refused = crossSlots(shards);
            row.ours("commands over many keys are split by slot")
                    .figure("CROSSSLOT " + refused + " times in bulks of " + BULK + " keys, as the servers count", "0");
            assertThat(refused).isZero();
        }
    }

    private static long crossSlots(Shards shards) {
        return shards.cluster().masters().stream()
                .mapToLong(master -> Shards.info(master, "errorstats", "errorstat_CROSSSLOT:count="))
                .sum();
    }

    @FaultRow(40)
    @Test
    void keysSpreadAndTagsAreHonoured() throws Exception {
        Row row = FaultMatrix.row(40, "cluster: hash tags, and the spread over slots");
        try (Shards shards = Shards.start(0)) {
            Map<String, Double> chiSquares = new LinkedHashMap<>();
            Random random = new Random(40);
            chiSquares.put("random ids", chiSquare(i -> "cache:user:" + Long.toUnsignedString(random.nextLong(), 36)));
            chiSquares.put("counted ids", chiSquare(i -> "cache:user:" + i));
            chiSquares.put("braces that are no tag", chiSquare(i -> "cache:user:{}" + i + "}{"));
            chiSquares.forEach((keys, chiSquare) -> {
                row.figure(
                        String.format(Locale.ROOT, "%s: chi-square %.0f over %,d slots", keys, chiSquare, SLOTS),
                        String.format(Locale.ROOT, "<= %.0f (1 %%)", CHI_SQUARE_1_PERCENT));
                assertThat(chiSquare).as(keys).isLessThan(CHI_SQUARE_1_PERCENT);
            });
            try (RedisCacheAdapter cache =
                    Profile.builder(shards.uri()).commandTimeout(PATIENT).build()) {
                fill(cache, i -> LogWatch.KEY + ":40:" + i);
                List<Long> sizes = sizes(shards);
                double share = SPREAD / 3.0;
                assertThat(sizes).allMatch(size -> Math.abs(size - share) < share * 0.02);
                assertThat(cache.clear()).isEqualTo(SPREAD);

                fill(cache, i -> LogWatch.KEY + "{same}" + i);
                assertThat(sizes(shards)).containsOnlyOnce((long) SPREAD);
                row.ours(
                                "the key in Redis is the prefix and the key, to the letter, for whoever else reads there: so a "
                                        + "{tag} in it means what Redis says it means, and puts keys into one slot")
                        .figure(SPREAD + " keys over three masters: " + sizes, "a third each, +-2 %")
                        .figure(SPREAD + " keys with one tag: all on one master", "as Redis does; escaping (missed)");
            }
            try (NaiveCache naive = NaiveCache.connect(shards.uri())) {
                for (int i = 0; i < 3; i++) {
                    naive.set("naive{same}" + i, "", MINUTE);
                }
                assertThat(naive.commands().clusterCountKeysInSlot(SlotHash.getSlot("{same}")))
                        .isEqualTo(SPREAD + 3L);
                row.naive("the same");
            }
        }
    }

    private static void fill(RedisCacheAdapter cache, IntFunction<String> key) {
        for (int from = 0; from < SPREAD; from += 10_000) {
            Map<String, Integer> values = new LinkedHashMap<>();
            IntStream.range(from, from + 10_000).forEach(i -> values.put(key.apply(i), i));
            cache.strict().setAll(values, Duration.ofMinutes(10));
        }
    }

    private static List<Long> sizes(Shards shards) {
        List<Long> sizes = new ArrayList<>();
        for (RedisServer master : shards.cluster().nodes()) {
            sizes.add(Shards.info(master, "keyspace", "db0:keys="));
        }
        return sizes;
    }

    private static double chiSquare(IntFunction<String> key) {
        long[] counts = new long[SLOTS];
        for (int i = 0; i < SPREAD; i++) {
            counts[SlotHash.getSlot(key.apply(i))]++;
        }
        double expected = (double) SPREAD / SLOTS;
        double sum = 0;
        for (long count : counts) {
            sum += (count - expected) * (count - expected) / expected;
        }
        return sum;
    }

    /** By Wilson and Hilferty, which for so many degrees of freedom is exact to a few units. */
    private static double chiSquare(int degrees, double normalQuantile) {
        double part = 2.0 / (9.0 * degrees);
        return degrees * Math.pow(1 - part + normalQuantile * Math.sqrt(part), 3);
    }
}
