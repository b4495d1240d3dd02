package io.cacheport.examples.pantry;

import io.cacheport.CacheServicePort;
import io.cacheport.CacheServices;
import io.cacheport.behind.Accepted;
import io.cacheport.behind.BufferedCounters;
import io.cacheport.behind.WriteBehind;
import io.cacheport.examples.support.Database;
import java.time.Duration;

/** Adds one view after the other until it is killed or done; meanwhile they are written behind all the time. */
final class ViewWriter {

    /** How the views are kept, but for how often they are written. */
    static final WriteBehind VIEWS = WriteBehind.named("killed-views").batchSize(20);

    private static final int SAY_EVERY = 100;

    private ViewWriter() {}

    /** Arguments: Redis, database, first id of an item, number of items, first view, end. */
    public static void main(String... arguments) {
        long firstItem = Long.parseLong(arguments[2]);
        int items = Integer.parseInt(arguments[3]);
        long end = Long.parseLong(arguments[5]);
        try (Database database = Database.at(arguments[1]);
                CacheServicePort cache = CacheServices.connect(arguments[0]);
                BufferedCounters views =
                        VIEWS.every(Duration.ofMillis(5)).counters(cache, new PantryRepository(database)::addViews)) {
            for (long i = Long.parseLong(arguments[4]); i < end; i++) {
                Accepted accepted = views.add(Long.toString(firstItem + i % items), 1);
                if (accepted != Accepted.BUFFERED) {
                    throw new IllegalStateException("view " + i + " was " + accepted);
                }
                if (i % SAY_EVERY == 0) {
                    System.out.println(i);
                }
            }
        }
        System.out.println("done");
    }
}
