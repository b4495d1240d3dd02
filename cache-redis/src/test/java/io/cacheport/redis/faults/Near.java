package io.cacheport.redis.faults;

import static org.awaitility.Awaitility.await;

import io.cacheport.TypeRef;
import io.cacheport.inmemory.InMemoryCacheAdapter;
import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import io.cacheport.tiered.FeedState;
import io.cacheport.tiered.Tiered;
import io.cacheport.tiered.TieredBuilder;
import io.cacheport.tiered.TieredCache;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Near caches as the list of faults has them, as they come, and what is to be known of them from outside. */
final class Near {

    /** How stale a copy may be. */
    static final Duration BOUND = TieredBuilder.DEFAULT_BOUND;

    private static final TypeRef<Long> NUMBER = TypeRef.of(Long.class);
    private static final Duration PATIENCE = Duration.ofSeconds(40);
    private static final Duration OFTEN = Duration.ofMillis(2);

    private Near() {}

    static TieredBuilder builder() {
        return Tiered.near(InMemoryCacheAdapter.create());
    }

    static TieredCache open(String uri) {
        return awaitHeard(builder().far(Profile.open(uri)));
    }

    /** What it would answer without asking Redis; null if it would ask. */
    static @Nullable Long copy(TieredCache cache, String key) {
        return cache.getIfLocal(key, NUMBER, null);
    }

    /** As {@code redis-cli SET}. */
    static void set(RespClient client, String key, long value) {
        client.call("SET", "cache:" + key, String.valueOf(value));
    }

    /** What is stored, as JSON, which may end in white space. */
    static @Nullable Long number(@Nullable String stored) {
        return stored == null ? null : Long.valueOf(stored.strip());
    }

    /** Returns when every server says what changes in it, and all that was said by now was heard. */
    static TieredCache awaitHeard(TieredCache cache) {
        long from = System.nanoTime();
        await("all servers heard")
                .pollDelay(Duration.ZERO)
                .pollInterval(OFTEN)
                .atMost(PATIENCE)
                .until(() -> hasHeardAllSince(cache, from));
        return cache;
    }

    private static boolean hasHeardAllSince(TieredCache cache, long from) {
        FeedState state = cache.feedState();
        Duration elapsed = Duration.ofNanos(System.nanoTime() - from); // later than the ages: never too long
        Duration age = state.staleness();
        return age != null
                && state.proofAges().size() == state.nodes()
                && age.plus(OFTEN).compareTo(elapsed) < 0;
    }

    /** Returns when the key, which has that value in Redis, is served near. */
    static void awaitServed(TieredCache cache, String key, long value) {
        await("served near again")
                .pollDelay(Duration.ZERO)
                .pollInterval(OFTEN)
                .atMost(PATIENCE)
                .until(() -> {
                    cache.get(key, Long.class);
                    return Long.valueOf(value).equals(copy(cache, key));
                });
    }

    /** Returns when more connections were lost than that. */
    static void awaitLoss(TieredCache cache, long losses) {
        await("connection lost")
                .pollDelay(Duration.ZERO)
                .pollInterval(OFTEN)
                .atMost(PATIENCE)
                .until(() -> cache.feedState().losses() > losses);
    }

    /** To how many connections that server tells what changes. */
    static long tracked(RedisServer server) {
        try (RespClient client = server.client()) {
            return String.valueOf(client.call("CLIENT", "LIST"))
                    .lines()
                    .filter(line -> line.matches(".* flags=\\w*t\\w* .*"))
                    .count();
        }
    }

    /** So that what was missed since the last fault, which ends all copies, is seen to be too old. */
    static void passBound() {
        pass(BOUND.multipliedBy(3).dividedBy(2));
    }

    static void pass(Duration time) {
        await().pollDelay(time).atMost(time.plusSeconds(10)).until(() -> true);
    }
}
