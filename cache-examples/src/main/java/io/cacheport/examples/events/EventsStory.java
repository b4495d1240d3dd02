package io.cacheport.examples.events;

import io.cacheport.CacheServicePort;
import io.cacheport.CacheStats;
import io.cacheport.examples.events.Event.Page;
import io.cacheport.examples.events.Ticket.Payment;
import io.cacheport.examples.support.Database;
import io.cacheport.examples.support.Story;
import io.cacheport.redis.RedisCacheAdapter;
import io.cacheport.redis.codec.EncryptionKeys;
import io.cacheport.redis.json.JsonCodec;
import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import java.io.PrintStream;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.stream.IntStream;

/** Two processes of the platform share a Redis, which loses its data in the end. Brings its own PostgreSQL and Redis. */
public final class EventsStory {

    private static final int VISITS = 1_000;
    private static final Duration LOSS_CHECK = Duration.ofMillis(200);
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final PrintStream out;
    private final Database database;
    private final TicketingService here;
    private final TicketingService there;

    private EventsStory(PrintStream out, Database database, TicketingService here, TicketingService there) {
        this.out = out;
        this.database = database;
        this.here = here;
        this.there = there;
    }

    /** Exits with 0 if the story came to its end. */
    public static void main(String... arguments) {
        Story.quiet();
        tell(System.out);
        System.exit(0);
    }

    /** A Redis in which nobody can read. A real service gets its keys from where it keeps its secrets. */
    static RedisCacheAdapter connect(String uri, EncryptionKeys keys) {
        return RedisCacheAdapter.builder(uri)
                .codec(JsonCodec.create().encrypted(keys))
                .build();
    }

    static EncryptionKeys newKeys() {
        byte[] key = new byte[32];
        new SecureRandom().nextBytes(key);
        return EncryptionKeys.of("2030-01", key);
    }

    static void tell(PrintStream out) {
        EncryptionKeys keys = newKeys();
        try (Database database = Database.start("events");
                RedisServer server = RedisServer.start();
                RedisCacheAdapter cache = connect(server.uri(), keys);
                RedisCacheAdapter otherCache = connect(server.uri(), keys)) {
            EventRepository source = new EventRepository(database);
            try (TicketingService here = new TicketingService(source, cache, LOSS_CHECK);
                    TicketingService there = new TicketingService(source, otherCache, LOSS_CHECK)) {
                EventsStory story = new EventsStory(out, database, here, there);
                story.visits(cache);
                story.changes();
                story.privacy(source, server);
                story.large(cache);
                story.loss(server, cache);
            }
        }
    }

    /** Each looks at a list, an event, its sales, the leaderboard and the own tickets; some events are more popular. */
    private void visits(CacheServicePort cache) {
        List<Page> pages = Popular.firstPages();
        SplittableRandom random = new SplittableRandom(1);
        CacheStats before = cache.getStats();
        long[] nanos = new long[VISITS];
        for (int i = 0; i < VISITS; i++) {
            long popular = (long) Math.pow(601, random.nextDouble()); // k with about 1/k of the probability of 1
            here.feed(pages.get(random.nextInt(pages.size())));
            here.analytics(popular);
            here.leaderboard();
            here.validTicketsOfUser(random.nextLong(1, 200));
            here.event(popular);
            long start = System.nanoTime();
            here.event(popular);
            nanos[i] = System.nanoTime() - start;
        }
        Arrays.sort(nanos);
        CacheStats after = cache.getStats();
        long hits = after.hits() - before.hits();
        long misses = after.misses() - before.misses();
        line(
                "%d visits: %.1f %% hits (wanted: above 80 %%), a hit takes %.2f ms (wanted: under 50 ms)",
                VISITS, 100.0 * hits / (hits + misses), nanos[VISITS / 2] / 1e6);
    }

    private void changes() {
        here.describe(1, "Night of drums", "All night long");
        long before = database.queries();
        line(
                "Event 1 is called \"%s\" in the other process, which took %d queries: it was written through",
                Objects.requireNonNull(there.event(1)).title(), database.queries() - before);
        int had = there.validTicketsOfUser(7).size();
        Payment payment = Objects.requireNonNull(here.buy(7, 1, "4000 0000 0000 0002"));
        line(
                "User 7 had %d tickets and bought one: the other process says %d, and %d sold",
                had,
                there.validTicketsOfUser(7).size(),
                Objects.requireNonNull(there.event(1)).sold());
        String pending = Objects.requireNonNull(there.payment(payment.id())).status();
        here.paid(payment.id());
        line(
                "Its payment was %s there, and is %s",
                pending, Objects.requireNonNull(there.payment(payment.id())).status());
    }

    private void privacy(EventRepository source, RedisServer server) {
        String email = Objects.requireNonNull(here.user(7)).email();
        try (RespClient redis = server.client()) {
            String stored = String.valueOf(redis.call("GET", "cache:user:7"));
            line(
                    "Redis has %d bytes for user 7; the address is %s",
                    stored.length(), stored.contains(email) ? "READABLE" : "not readable in them");
        }
        try (RedisCacheAdapter readable = RedisCacheAdapter.connect(server.uri());
                TicketingService refused = new TicketingService(source, readable, LOSS_CHECK)) {
            line("A Redis without encryption was ACCEPTED by %s", refused);
        } catch (IllegalArgumentException e) {
            line("A Redis without encryption is refused");
        }
    }

    private void large(CacheServicePort cache) {
        here.describe(2, "Long", "x".repeat(2 << 20));
        Event large = Objects.requireNonNull(there.event(2));
        line(
                "A description of %d bytes comes from the database, and Redis has it: %s",
                large.description().length(), cache.exists("event:2"));
        here.describe(2, "Short", "y");
    }

    private void loss(RedisServer server, CacheServicePort cache) {
        try (RespClient redis = server.client()) {
            redis.call("FLUSHALL");
        }
        line(
                "Redis loses its data, and event 1 is still called \"%s\"",
                Objects.requireNonNull(here.event(1)).title());
        long start = System.nanoTime();
        boolean back = Story.comesTrue(PATIENCE, () -> areThere(cache));
        line(
                "%d ms later, unasked, the ten most popular events are %s",
                (System.nanoTime() - start) / 1_000_000, back ? "back" : "NOT back");
    }

    private static boolean areThere(CacheServicePort cache) {
        return IntStream.rangeClosed(1, 10).allMatch(popular -> cache.exists("event:" + popular));
    }

    private void line(String format, Object... values) {
        out.printf(Locale.ROOT, format + "%n", values);
    }
}
