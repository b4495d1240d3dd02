package io.cacheport.warm;

import io.cacheport.CacheException;
import io.cacheport.CacheServicePort;
import io.cacheport.TypeRef;
import io.cacheport.lease.Stamp;
import io.cacheport.spi.CacheKeys;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where popular keys are kept while no process runs: their texts, and how often each was seen. */
sealed interface SavedKeys {

    /**
     * What was saved last, or null for nothing.
     *
     * @throws CacheException if the cache cannot be asked
     * @throws UncheckedIOException if the file cannot be read
     */
    @Nullable
    Map<String, Integer> read();

    /**
     * Leaves a sign like no other that is there until the place loses its data, unless there is one: where it is another than
     * before, the data has been lost, for each process that shares the place.
     *
     * @return the sign that is there now
     * @throws CacheException if the cache cannot be asked
     */
    String mark();

    /**
     * Saves these instead.
     *
     * @throws CacheException if the cache does not take them
     * @throws UncheckedIOException if the file cannot be written
     */
    void write(Map<String, Integer> counts);

    /** In the cache itself, so that every process has them, and that their absence tells of a loss. */
    record InCache(CacheServicePort cache, String key) implements SavedKeys {

        private static final Duration TTL = Duration.ofDays(30);
        private static final TypeRef<Map<String, Integer>> TYPE = new TypeRef<>() {};

        public InCache {
            CacheKeys.require(key);
        }

        @Override
        public @Nullable Map<String, Integer> read() {
            return cache.strict().get(key, TYPE);
        }

        /** A key of its own: what is saved is written each time, over the traces of a loss a moment ago. */
        @Override
        public String mark() {
            String key = this.key + ":kept";
            String there = cache.strict().get(key, String.class);
            if (there != null) {
                cache.strict().expire(key, TTL);
                return there;
            }
            String made = Stamp.next().toString();
            cache.strict().set(key, made, TTL);
            String now = cache.strict().get(key, String.class); // another process may have been later
            return now == null ? made : now;
        }

        @Override
        public void write(Map<String, Integer> counts) {
            cache.strict().set(key, Map.copyOf(counts), TTL);
        }
    }

    /** In a file, a line each: the count, a space, the text. It replaces the one there in one step. */
    record InFile(Path file) implements SavedKeys {

        @Override
        public @Nullable Map<String, Integer> read() {
            try {
                Map<String, Integer> counts = new LinkedHashMap<>();
                for (String line : Files.readAllLines(file, StandardCharsets.UTF_8)) {
                    int space = line.indexOf(' ');
                    if (space > 0 && line.substring(0, space).matches("\\d{1,9}")) {
                        counts.put(line.substring(space + 1), Integer.valueOf(line.substring(0, space)));
                    }
                }
                return counts;
            } catch (NoSuchFileException none) {
                return null;
            } catch (IOException unreadable) {
                throw new UncheckedIOException(unreadable);
            }
        }

        @Override
        public String mark() {
            return "a file is not lost";
        }

        @Override
        public void write(Map<String, Integer> counts) {
            List<String> lines = new ArrayList<>();
            counts.forEach((text, count) -> {
                if (text.chars().noneMatch(Character::isISOControl)) {
                    lines.add(Math.min(count, 999_999_999) + " " + text);
                }
            });
            try {
                Path folder = file.toAbsolutePath().getParent();
                Path draft = Files.createTempFile(folder, file.getFileName().toString(), ".tmp"); // its owner's alone
                try {
                    Files.write(draft, lines, StandardCharsets.UTF_8);
                    Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
                } finally {
                    Files.deleteIfExists(draft);
                }
            } catch (IOException unwritable) {
                throw new UncheckedIOException(unwritable);
            }
        }
    }
}
