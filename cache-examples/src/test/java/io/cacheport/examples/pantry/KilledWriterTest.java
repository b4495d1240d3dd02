package io.cacheport.examples.pantry;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheport.CacheServicePort;
import io.cacheport.CacheServices;
import io.cacheport.behind.BufferedCounters;
import io.cacheport.examples.support.Database;
import io.cacheport.testkit.server.RedisServer;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * A process that counts views is killed while batches are written, three times in a full build and once in others. What it had counted is in the database in the
 * end, each view once. It counts one after the other, so the sum says which was the last that was accepted before it was killed.
 */
class KilledWriterTest {

    private static final boolean FULL = Boolean.getBoolean("cacheport.full");
    private static final int KILLS = FULL ? 3 : 1;
    private static final int ITEMS = 100;
    private static final long VIEWS = FULL ? 100_000 : 4_000;

    @Test
    @Timeout(300)
    void everyViewIsCountedOnce() throws IOException {
        try (RedisServer redis = RedisServer.start();
                Database database = PantryRepository.startDatabase();
                CacheServicePort cache = CacheServices.connect(redis.uri())) {
            PantryRepository repository = new PantryRepository(database);
            long category = repository.addCategory("org", "all");
            List<Long> items = LongStream.range(0, ITEMS)
                    .mapToObj(i -> repository.addItem(category, "item " + i))
                    .toList();
            long counted = 0;
            int killedInABatch = 0;
            for (int round = 0; round <= KILLS; round++) {
                long killAt = round == KILLS ? Long.MAX_VALUE : VIEWS * (round + 1) / (KILLS + 1);
                run(redis.uri(), database.url(), items.get(0), counted, killAt);
                try (BufferedCounters rest =
                        ViewWriter.VIEWS.every(Duration.ofHours(1)).counters(cache, repository::addViews)) {
                    killedInABatch += underWay(redis) ? 1 : 0;
                    rest.drain();
                }
                counted = items.stream().mapToLong(repository::views).sum();
            }

            System.out.printf(
                    "write-behind: %,d views over %d kills, %d of them with a batch under way; the database has %,d%n",
                    VIEWS, KILLS, killedInABatch, counted);
            assertThat(counted).isEqualTo(VIEWS);
            assertThat(items)
                    .allSatisfy(item -> assertThat(repository.views(item)).isEqualTo(VIEWS / ITEMS));
        }
    }

    private static boolean underWay(RedisServer redis) {
        try (var client = redis.client()) {
            return Long.valueOf(1).equals(client.call("EXISTS", "cacheport:behind:cache:{killed-views}:batch"));
        }
    }

    /** Runs the writer until it has come so far, and kills it; or to its end. */
    private static void run(String redis, String database, long firstItem, long from, long killAt) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx128m",
                        "-DLOG_LEVEL=error",
                        "-cp",
                        System.getProperty("java.class.path"),
                        ViewWriter.class.getName(),
                        redis,
                        database,
                        Long.toString(firstItem),
                        Integer.toString(ITEMS),
                        Long.toString(from),
                        Long.toString(VIEWS))
                .redirectErrorStream(true)
                .start();
        StringBuilder said = new StringBuilder();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            String line = lines.readLine();
            while (line != null && !line.equals("done")) {
                said.append(line).append('\n');
                if (line.chars().allMatch(Character::isDigit) && Long.parseLong(line) >= killAt) {
                    process.destroyForcibly();
                    process.onExit().join();
                    return;
                }
                line = lines.readLine();
            }
            assertThat(line).as(said.toString()).isEqualTo("done");
        } finally {
            process.destroyForcibly();
            process.onExit().join();
        }
    }
}
