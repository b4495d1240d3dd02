package io.cacheport.redis.faults;

import static org.awaitility.Awaitility.await;

import io.cacheport.CacheException;
import io.cacheport.guard.CircuitState;
import io.cacheport.redis.RedisCacheAdapter;
import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;

/**
 * What was seen of one failover under traffic to the victim and to another master, in nanoseconds since the fault. Loads
 * are what was due after it, but for {@code othersBefore}; {@code bare} are calls that only load.
 *
 * @param opened when the victim's circuit opened; {@link Long#MAX_VALUE} if it did not
 * @param promotion when the replica said it was a master
 * @param write when a value was first stored again
 * @param hit when a reader of the victim's keys was first served from Redis again
 * @param invalidated when the new master no longer had what was invalidated during the fault
 * @param watched how long the naive cache was watched
 */
record Failover(
        long opened,
        long promotion,
        long write,
        long hit,
        long invalidated,
        long watched,
        LoadResult victim,
        LoadResult whileOpen,
        LoadResult bareWhileOpen,
        LoadResult others,
        LoadResult othersBefore,
        LoadResult bare,
        LoadResult naive,
        long othersFault) {

    private static final Duration BEFORE = Duration.ofSeconds(2);
    private static final Duration AFTER = Duration.ofSeconds(2);
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int VICTIM = 1;
    private static final int OTHER = 0;
    private static final int PER_SECOND = 200;

    /** Enough that, though each call takes as long as the timeout, none waits for a thread. */
    private static final int THREADS = 40;

    static Failover of(Shards shards, Consumer<RedisServer> fault) throws Exception {
        try (RedisCacheAdapter cache = Profile.open(shards.uri());
                NaiveCache naive = NaiveCache.connect(shards.uri())) {
            shards.fill(cache, VICTIM);
            shards.fill(cache, OTHER);
            shards.fill(naive, VICTIM);
            String gone = shards.keys(VICTIM) + "gone";
            cache.strict().set(gone, LogWatch.VALUE, MINUTE);
            shards.awaitInStep(VICTIM);
            return underLoad(shards, cache, naive, gone, fault);
        }
    }

    private static Failover underLoad(
            Shards shards, RedisCacheAdapter cache, NaiveCache naive, String gone, Consumer<RedisServer> fault)
            throws Exception {
        CompletableFuture<Long> promotion = shards.promotion(VICTIM);
        try (Load victim = shards.load(Load.through(cache), shards.keys(VICTIM), PER_SECOND, THREADS);
                Load others = shards.load(Load.through(cache), shards.keys(OTHER), PER_SECOND, 4);
                Load bare = shards.load((key, loader) -> loader.call(), "bare", PER_SECOND, 4);
                Load lame = shards.load(naive::read, shards.naiveKeys(VICTIM), 50, 4)) {
            pass(BEFORE);
            AtomicLong opened = new AtomicLong(Long.MAX_VALUE);
            String node =
                    shards.master(VICTIM).host() + ":" + shards.master(VICTIM).port();
            cache.guard().onTransition(change -> {
                if (change.node().equals(node) && change.to() == CircuitState.OPEN) {
                    opened.compareAndSet(Long.MAX_VALUE, System.nanoTime());
                }
            });
            fault.accept(shards.master(VICTIM));
            long at = System.nanoTime();
            long victimAt = victim.now();
            long othersAt = others.now();
            long bareAt = bare.now();
            long lameAt = lame.now();
            cache.del(gone);
            long write = firstWrite(cache, shards.keys(VICTIM) + "written") - at;
            long invalidated = invalidation(shards.replica(VICTIM), gone) - at;
            pass(AFTER);
            LoadResult all = victim.stop();
            LoadResult allOthers = others.stop();
            LoadResult allBare = bare.stop();
            long watched = System.nanoTime() - at;
            long open = opened.get() == Long.MAX_VALUE ? Long.MAX_VALUE : opened.get() - at;
            return new Failover(
                    open,
                    promotion.get(PATIENCE.toSeconds(), TimeUnit.SECONDS) - at,
                    write,
                    all.firstHitAfter(victimAt).orElse(PATIENCE).toNanos(),
                    invalidated,
                    watched,
                    all.from(victimAt),
                    whileOpen(all, victimAt, open, write),
                    whileOpen(allBare, bareAt, open, write),
                    allOthers.from(othersAt),
                    allOthers.between(0, othersAt),
                    allBare.from(bareAt),
                    lame.stop().from(lameAt),
                    othersAt);
        }
    }

    private static LoadResult whileOpen(LoadResult calls, long fault, long open, long write) {
        return open == Long.MAX_VALUE ? calls.between(0, 0) : calls.between(fault + open, fault + write);
    }

    private static void pass(Duration time) {
        await().pollDelay(time).atMost(time.plusSeconds(10)).until(() -> true);
    }

    private static long firstWrite(RedisCacheAdapter cache, String key) {
        await("first write")
                .atMost(PATIENCE)
                .pollDelay(Duration.ZERO)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> wrote(cache, key));
        return System.nanoTime();
    }

    private static boolean wrote(RedisCacheAdapter cache, String key) {
        try {
            cache.strict().set(key, LogWatch.VALUE, MINUTE);
            return true;
        } catch (CacheException stillDown) {
            return false;
        }
    }

    private static long invalidation(RedisServer master, String key) {
        try (RespClient client = master.client()) {
            await("invalidation")
                    .atMost(PATIENCE)
                    .pollDelay(Duration.ZERO)
                    .pollInterval(Duration.ofMillis(10))
                    .until(() -> Long.valueOf(0).equals(client.call("EXISTS", "cache:" + key)));
            return System.nanoTime();
        }
    }

    static String seconds(long nanos) {
        return String.format(Locale.ROOT, "%.1f s", nanos / 1e9);
    }

    /** Such as {@code "5.1 s after the death, 1.1 s after the promotion"}. */
    String after(long moment, String fault) {
        return seconds(moment) + " after the " + fault + ", " + seconds(moment - promotion) + " after the promotion";
    }

    /** Until when other masters' keys were not served from Redis; 0 if they always were. */
    long othersMissedUntil() {
        return others.calls().stream()
                .filter(call -> call.kind() != Samples.Kind.HIT)
                .mapToLong(call -> call.at() - othersFault)
                .max()
                .orElse(0);
    }

    String othersHits() {
        return hitsOf(others);
    }

    static String hitsOf(LoadResult result) {
        long calls = result.calls().size();
        return String.format(Locale.ROOT, "%.2f %% hits of %,d", 100.0 * result.hits() / calls, calls);
    }

    /** What calls to the victim took beyond one that only loads, by that percentile. */
    Duration added(double percent) {
        return beyond(victim, bare, percent);
    }

    Duration addedWhileOpen() {
        return beyond(whileOpen, bareWhileOpen, 99);
    }

    /** At p90, less what a call that only loads took on this machine meanwhile. */
    Duration othersSlowedBy() {
        return beyond(others, bare, 90).minus(othersBefore.percentile(90));
    }

    String latencies() {
        return "victim's keys: " + victim.latencies() + " (a bare call: " + bare.latencies() + ")";
    }

    String openLatency() {
        return whileOpen.calls().isEmpty()
                ? "the circuit did not open, so often was an answer refused at once"
                : "circuit open after " + seconds(opened) + ", then p99 "
                        + Row.ms(whileOpen.percentile(99).toNanos()) + " (a bare call: "
                        + Row.ms(bareWhileOpen.percentile(99).toNanos()) + ")";
    }

    String othersLatencies() {
        return "before " + othersBefore.latencies() + ", after " + others.latencies();
    }

    private static Duration beyond(LoadResult calls, LoadResult bare, double percent) {
        return calls.percentile(percent).minus(bare.percentile(percent));
    }
}
