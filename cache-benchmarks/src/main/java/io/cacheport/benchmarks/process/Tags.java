package io.cacheport.benchmarks.process;

import io.cacheport.benchmarks.RunSettings;
import io.cacheport.benchmarks.Suite;
import io.cacheport.benchmarks.Table;
import io.cacheport.benchmarks.peer.Peer;
import io.cacheport.testkit.server.RedisServer;
import java.util.List;
import java.util.stream.LongStream;

/** How long it takes to invalidate a tag of one value, a thousand and a million, and what removing them would take. */
final class Tags implements Suite {

    @Override
    public String name() {
        return "tags";
    }

    @Override
    public String title() {
        return "Tags: invalidating few values and many";
    }

    @Override
    public String run(RunSettings settings) throws Exception {
        List<Integer> sizes = settings.quick() ? List.of(1, 100, 10_000, 1) : List.of(1, 1_000, 1_000_000, 1);
        int turns = settings.quick() ? 50 : 200;
        Table table = new Table(
                "values of the tag",
                "invalidateTag ms, median of " + turns,
                "p99",
                "x the first",
                "flush of them ms, once");
        try (RedisServer server = RedisServer.start();
                ViewFlush way = ViewFlush.byTag(server.uri())) {
            way.fill(1);
            for (int i = 0; i < 10 * turns; i++) {
                invalidate(way);
            }
            long first = 0;
            for (int size : sizes) {
                Progress.say(this, String.format("%,d values", size));
                way.fill(size);
                Times times = new Times(LongStream.range(0, turns).map(turn -> invalidate(way)));
                if (!way.isGone()) {
                    throw new IllegalStateException("a value is still there");
                }
                first = first == 0 ? times.median() : first;
                long start = System.nanoTime();
                way.cache().flush(ViewFlush.TAG + ":*");
                table.row(
                        String.format("%,d", size),
                        times.millisAt(0.5),
                        times.millisAt(0.99),
                        Times.ratio(times.median(), first),
                        Times.millis(System.nanoTime() - start));
            }
        }
        return "None of the compared libraries has tags. What removing the values by their prefix takes is beside it. The"
                + " first row is there twice: what it differs from itself is noise.\n\n" + table;
    }

    /** In nanoseconds; the tag is known again afterwards, or the next would find nothing to remove. */
    private static long invalidate(ViewFlush way) {
        long start = System.nanoTime();
        way.run();
        long took = System.nanoTime() - start;
        way.cache().leases().stamps(List.of(ViewFlush.TAG), Peer.TTL);
        return took;
    }
}
