package io.cacheport.examples.pantry;

import io.cacheport.CacheServicePort;
import io.cacheport.examples.pantry.Order.Status;
import io.cacheport.examples.support.Database;
import io.cacheport.examples.support.Story;
import io.cacheport.inmemory.InMemoryCacheAdapter;
import io.cacheport.redis.RedisCacheAdapter;
import io.cacheport.testkit.server.RedisServer;
import io.cacheport.tiered.Tiered;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Two processes of the pantry, each with a near cache over one Redis. Brings its own PostgreSQL and Redis. */
public final class PantryStory {

    private static final String ORG = "bakery";

    private final PrintStream out;
    private final Database database;
    private final PantryRepository repository;

    private PantryStory(PrintStream out, Database database) {
        this.out = out;
        this.database = database;
        this.repository = new PantryRepository(database);
    }

    /** Exits with 0 if the story came to its end. */
    public static void main(String... arguments) throws InterruptedException {
        Story.quiet();
        tell(System.out);
        System.exit(0);
    }

    static void tell(PrintStream out) throws InterruptedException {
        try (Database database = PantryRepository.startDatabase();
                RedisServer redis = RedisServer.start()) {
            new PantryStory(out, database).tell(redis);
        }
    }

    private static CacheServicePort layers(RedisServer redis) {
        return Tiered.near(InMemoryCacheAdapter.create(10_000)).far(RedisCacheAdapter.connect(redis.uri()));
    }

    private void tell(RedisServer redis) throws InterruptedException {
        long bread = repository.addItem(repository.addCategory(ORG, "Bread"), "Rye");
        BlockingQueue<ItemUpdated> heard = new LinkedBlockingQueue<>();
        try (CacheServicePort oneCache = layers(redis);
                CacheServicePort twoCache = layers(redis);
                PantryService one = new PantryService(repository, oneCache, updated -> {});
                PantryService two = new PantryService(repository, twoCache, heard::add)) {
            layered(one, two);
            renamed(one, two, bread, heard);
            viewed(one, two, bread);
            ordered(one, two, bread);
            limited(one);
            redis.kill();
            say(
                    "Redis is killed: menu %s, order %s",
                    one.menu(ORG).itemsByCategory(),
                    Objects.requireNonNull(two.findOrder(1)).status());
        }
    }

    private void layered(PantryService one, PantryService two) {
        String first = originOf(one);
        String second = originOf(two);
        String third = originOf(two);
        say("The menu comes from %s, in another process from %s, there again from %s", first, second, third);
    }

    private static String originOf(PantryService pantry) {
        return switch (pantry.menuResult(ORG).origin()) {
            case LOADER -> "the database";
            case FAR -> "Redis";
            case NEAR -> "its memory";
            default -> "a stale copy";
        };
    }

    private void renamed(PantryService one, PantryService two, long bread, BlockingQueue<ItemUpdated> heard)
            throws InterruptedException {
        one.renameItem(Objects.requireNonNull(two.view(bread)), "Sourdough");
        ItemUpdated event = heard.poll(10, TimeUnit.SECONDS);
        say(
                "Item renamed in one process; the other hears of %s and shows %s",
                event == null ? "NOTHING" : "item:updated", two.menu(ORG).itemsByCategory());
    }

    private void viewed(PantryService one, PantryService two, long bread) {
        long before = database.queries();
        for (int i = 0; i < 500; i++) {
            one.view(bread);
            two.view(bread);
        }
        long queries = database.queries() - before;
        say("1,000 views more took %d query of the database; %d views are shown", queries, one.views(bread));
        before = database.queries();
        one.writeViews();
        queries = database.queries() - before;
        say("Written behind in %d statement; the database counts %d", queries, repository.views(bread));
    }

    private void ordered(PantryService one, PantryService two, long bread) {
        Order order = one.order(bread);
        two.findOrder(order.id());
        one.updateOrder(order.id(), Status.COMPLETED);
        boolean there = Story.comesTrue(
                Duration.ofSeconds(10),
                () -> Objects.requireNonNull(two.findOrder(order.id())).status() == Status.COMPLETED);
        if (!there) {
            throw new IllegalStateException("waited for ten seconds");
        }
        say("Order %d completed in one process is completed in the other", order.id());
    }

    private void limited(PantryService one) {
        int passed = 0;
        try {
            while (true) {
                one.enter(ORG, "198.51.100.7");
                passed++;
            }
        } catch (TooManyRequestsException tooMany) {
            say("An address made %d requests in a minute, then had to wait", passed);
        }
    }

    private void say(String line, Object... parts) {
        out.printf(line + "%n", parts);
    }
}
