package io.cacheport.behind;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cacheport.CacheServicePort;
import io.cacheport.inmemory.InMemoryCacheAdapter;
import io.cacheport.spi.ForwardingCacheService;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class WriteBehindTest {

    private static final WriteBehind VIEWS = WriteBehind.named("views").every(Duration.ofHours(1));

    private final InMemoryCacheAdapter cache = InMemoryCacheAdapter.create();
    private final Table table = new Table();

    @AfterEach
    void close() {
        cache.close();
    }

    @Test
    void whatIsAddedIsWrittenInOneBatch() {
        try (BufferedCounters views = VIEWS.counters(cache, table)) {
            assertThat(views.add("a", 1)).isEqualTo(Accepted.BUFFERED);
            views.add("a", 2);
            views.add("b", 1);
            assertThat(table.writes()).isZero();
            assertThat(views.pending("a")).isEqualTo(3);

            assertThat(views.drain()).isEqualTo(2);

            assertThat(table.sums).isEqualTo(Map.of("a", 3L, "b", 1L));
            assertThat(table.writes()).isEqualTo(1);
            assertThat(views.pending("a")).isZero();
            assertThat(views.stats()).isEqualTo(new WriteBehindStats(3, 0, 0, 1, 2, 0, 0));
        }
    }

    @Test
    void itIsWrittenByItselfEverySoOften() {
        try (BufferedCounters views = VIEWS.every(Duration.ofMillis(5)).counters(cache, table)) {
            views.add("a", 1);

            await().until(() -> table.sums.containsKey("a"));
        }
    }

    @Test
    void closeWritesWhatWaits() {
        BufferedCounters views = VIEWS.counters(cache, table);
        views.add("a", 1);

        views.close();
        views.close();

        assertThat(table.sums).isEqualTo(Map.of("a", 1L));
        assertThatIllegalStateException().isThrownBy(() -> views.add("a", 1)).withMessageContaining("closed");
    }

    @Test
    void batchesAreOfTheSizeAskedFor() {
        try (BufferedCounters views = VIEWS.batchSize(10).counters(cache, table)) {
            for (int i = 0; i < 35; i++) {
                views.add("k" + i, i);
            }

            assertThat(views.drain()).isEqualTo(35);

            assertThat(table.writes()).isEqualTo(4);
            assertThat(table.sums).hasSize(35);
        }
    }

    @Test
    void whileTheDatabaseIsDownEverythingWaitsAndNothingIsLost() {
        try (BufferedCounters views = VIEWS.limit(100).counters(cache, table)) {
            table.down(true);
            for (int i = 0; i < 100; i++) {
                views.add("k" + i, 1);
            }
            assertThat(views.drain()).isZero();
            for (int i = 0; i < 10_000; i++) {
                views.add("k" + i % 100, 1);
            }
            assertThat(views.drain()).isZero();
            assertThat(views.stats().failures()).isGreaterThanOrEqualTo(6); // three attempts in each round
            table.down(false);

            assertThat(views.drain()).isGreaterThanOrEqualTo(100);

            assertThat(table.sums)
                    .hasSize(100)
                    .allSatisfy((key, sum) -> assertThat(sum).isEqualTo(101));
        }
    }

    @Test
    void aKeyAboveTheLimitIsWrittenAtOnce() {
        try (BufferedCounters views = VIEWS.limit(1).counters(cache, table)) {
            views.add("a", 1);

            assertThat(views.add("b", 5)).isEqualTo(Accepted.WRITTEN);

            assertThat(table.sums).isEqualTo(Map.of("b", 5L));
            assertThat(views.stats().direct()).isEqualTo(1);
            table.down(true);
            assertThatThrownBy(() -> views.add("c", 1))
                    .isInstanceOf(WriteFailedException.class)
                    .hasMessageContaining("views")
                    .hasRootCauseMessage("the database is down");
            table.down(false);
        }
    }

    @Test
    void aBatchWhoseAnswerWasLostComesAgainUnderItsId() {
        try (BufferedCounters views = VIEWS.counters(cache, table)) {
            views.add("a", 1);
            table.loseAnswers(true);
            assertThat(views.drain()).isZero();
            views.add("a", 10);
            table.loseAnswers(false);

            views.drain();

            assertThat(table.sums).isEqualTo(Map.of("a", 11L));
        }
    }

    @Test
    void whatCanNeverBeWrittenIsHandedOverAndTheRestWritten() {
        Map<String, Object> dead = new HashMap<>();
        WriteBehind withTaker = VIEWS.deadLetters((key, change, why) -> {
            assertThat(why).hasMessage("no row for " + key);
            dead.put(key, change);
        });
        table.refuse(key -> key.startsWith("gone"));
        try (BufferedCounters views = withTaker.counters(cache, table)) {
            views.add("a", 1);
            views.add("gone1", 2);
            views.add("b", 3);
            views.add("gone2", 4);

            assertThat(views.drain()).isEqualTo(4);

            assertThat(table.sums).isEqualTo(Map.of("a", 1L, "b", 3L));
            assertThat(dead).isEqualTo(Map.of("gone1", 2L, "gone2", 4L));
            assertThat(views.stats().deadLetters()).isEqualTo(2);
            assertThat(views.pending("gone1")).isZero();
        }
    }

    @Test
    void aPartedBatchCountsNothingTwiceThoughItsAnswersAreLost() {
        table.refuse("gone"::equals);
        try (BufferedCounters views =
                VIEWS.deadLetters((key, change, why) -> {}).counters(cache, table)) {
            for (int i = 0; i < 10; i++) {
                views.add("k" + i, 1);
            }
            views.add("gone", 1);
            table.loseAnswers(true);
            for (int i = 0; i < 3; i++) {
                views.drain();
            }
            table.loseAnswers(false);

            views.drain();

            assertThat(table.sums)
                    .hasSize(10)
                    .allSatisfy((key, sum) -> assertThat(sum).isEqualTo(1));
        }
    }

    @Test
    void withoutATakerItIsTriedAgain() {
        table.refuse("gone"::equals);
        BufferedCounters views = VIEWS.counters(cache, table);
        views.add("gone", 1);

        assertThat(views.drain()).isZero();
        assertThat(views.pending("gone")).isEqualTo(1);
        table.refuse(key -> false);
        views.close();

        assertThat(table.sums).isEqualTo(Map.of("gone", 1L));
    }

    @Test
    void aTakerThatThrowsGetsItAgain() {
        List<String> taken = new ArrayList<>();
        WriteBehind withTaker = VIEWS.deadLetters((key, change, why) -> {
            taken.add(key);
            if (taken.size() == 1) {
                throw new IllegalStateException("the dead letters have no place either");
            }
        });
        table.refuse("gone"::equals);
        try (BufferedCounters views = withTaker.counters(cache, table)) {
            views.add("gone", 1);

            views.drain();
            assertThat(views.pending("gone")).isEqualTo(1);
            views.drain();

            assertThat(views.pending("gone")).isZero();
            assertThat(taken).containsExactly("gone", "gone");
        }
    }

    @Test
    void ofValuesTheLastIsWritten() {
        Map<String, Position> positions = new ConcurrentHashMap<>();
        try (BufferedValues<Position> cursor = WriteBehind.named("cursor")
                .every(Duration.ofHours(1))
                .values(cache, Position.class, batch -> positions.putAll(batch.changes()))) {
            cursor.put("u1", new Position("d", 1));
            assertThat(cursor.put("u1", new Position("d", 2))).isEqualTo(Accepted.BUFFERED);
            assertThat(cursor.pending("u1")).contains(new Position("d", 2));
            assertThat(cursor.pending("u2")).isEmpty();

            cursor.drain();

            assertThat(positions).isEqualTo(Map.of("u1", new Position("d", 2)));
            assertThat(cursor.pending("u1")).isEmpty();
        }
    }

    record Position(String document, int line) {}

    @Test
    void aClosedCacheMeansThatItIsWrittenAtOnce() {
        BufferedCounters views = VIEWS.counters(cache, table);
        cache.close();

        assertThat(views.add("a", 1)).isEqualTo(Accepted.WRITTEN);
        views.close();

        assertThat(table.sums).isEqualTo(Map.of("a", 1L));
    }

    @Test
    @SuppressWarnings({"NullAway", "DataFlowIssue"}) // passing null where it is not allowed is the point
    void badSettingsAreRefusedAtOnce() {
        refused("name \"a b\"", () -> WriteBehind.named("a b"));
        refused("name \"null\"", () -> WriteBehind.named(null));
        refused("every PT0S", () -> VIEWS.every(Duration.ZERO));
        refused("every PT-1S", () -> VIEWS.every(Duration.ofSeconds(-1)));
        refused("batchSize 0", () -> VIEWS.batchSize(0));
        refused("limit 0", () -> VIEWS.limit(0));
        refused("closeWithin null", () -> VIEWS.closeWithin(null));
        refused("deadLetters", () -> VIEWS.deadLetters(null));
        refused("target", () -> VIEWS.counters(cache, null));
        refused("cannot keep", () -> VIEWS.counters(new Plain(cache), table));
        try (BufferedCounters views = VIEWS.counters(cache, table)) {
            refused("key", () -> views.add(" ", 1));
            refused("key", () -> views.pending("a\nb"));
        }
    }

    private static void refused(String said, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatIllegalArgumentException().isThrownBy(call).withMessageContaining(said);
    }

    private static final class Plain extends ForwardingCacheService {

        Plain(CacheServicePort delegate) {
            super(delegate);
        }

        @Override
        public CacheServicePort strict() {
            return this;
        }

        @Override
        public String toString() {
            return "plain";
        }
    }
}
