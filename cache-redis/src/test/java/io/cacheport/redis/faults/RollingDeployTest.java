package io.cacheport.redis.faults;

import static io.cacheport.aside.CacheAside.withCache;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.cacheport.redis.RedisCacheAdapter;
import io.cacheport.testkit.server.RedisServer;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Two versions of a class at work on the same keys: what one stored the other reads, in both directions. */
@FaultRow(71)
class RollingDeployTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final int CALLS = 1_000;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    enum State {
        NEW,
        PAID
    }

    enum StateWithMore {
        NEW,
        PAID,
        SHIPPED
    }

    record Base(String id, int amount) {}

    record Added(String id, int amount, @Nullable String note) {}

    record Renamed(String id, int total) {}

    record Retyped(String id, String amount) {}

    record Widened(String id, long amount) {}

    record Nested(String id, List<Integer> amount) {}

    record WithState(String id, State state) {}

    record WithMoreStates(String id, StateWithMore state) {}

    /**
     * Two versions of a value.
     *
     * @param readable whether the second can be read as the first, or the other way round, without guessing
     */
    private record Change(String name, Object before, Object after, boolean readable) {}

    private static final List<Change> CHANGES = List.of(
            new Change("property added", new Base("x", 7), new Added("x", 7, "n"), false),
            new Change("property renamed", new Base("x", 7), new Renamed("x", 7), false),
            new Change("int to text", new Base("x", 7), new Retyped("x", "7"), false),
            new Change("int to list", new Base("x", 7), new Nested("x", List.of(7)), false),
            new Change("int to long", new Base("x", 7), new Widened("x", 7), true),
            new Change("int to larger long", new Base("x", 7), new Widened("x", 1L << 40), false),
            new Change(
                    "enum constant added",
                    new WithState("x", State.NEW),
                    new WithMoreStates("x", StateWithMore.SHIPPED),
                    false));

    @Test
    void eachVersionSeesAMissOrItsValue() throws Exception {
        Row row = FaultMatrix.row(71, "class changed, rolling deployment");
        int thrown = 0;
        int guessed = 0;
        int loads = 0;
        try (RedisServer server = RedisServer.start();
                RedisCacheAdapter before = Profile.open(server.uri());
                RedisCacheAdapter after = Profile.open(server.uri())) {
            for (Change change : CHANGES) {
                thrown += naively(change.before(), change.after(), true);
                thrown += naively(change.after(), change.before(), true);
                guessed += naively(change.before(), change.after(), false);
                guessed += naively(change.after(), change.before(), false);

                String key = LogWatch.KEY + ":71:" + change.name();
                int loaded = 0;
                for (int i = 0; i < CALLS / 2; i++) {
                    loaded += loads(before, key, change.before(), change.after());
                    loaded += loads(after, key, change.after(), change.before());
                }
                assertThat(loaded).as(change.name()).isLessThanOrEqualTo(change.readable() ? 1 : CALLS);
                loads += loaded;
                // the old version is gone: the new one's value stays
                int settling = loads(after, key, change.after(), change.before());
                assertThat(settling).isLessThanOrEqualTo(1);
                assertThat(loads(after, key, change.after(), change.before()))
                        .as(change.name())
                        .isZero();
            }
        }
        assertThat(thrown).isPositive();
        assertThat(guessed).isPositive();
        row.naive(thrown + " of " + 2 * CHANGES.size() + " reads thrown at the caller, " + guessed
                + " half-filled values served");
        row.ours("each version gets its own value; entries of the other are misses, so while both run they reload ("
                + loads + " loads in " + CALLS * CHANGES.size()
                + " alternating calls); there is no schema id to keep them "
                + "apart");
        row.figure("0 errors and 0 foreign values in " + CALLS * CHANGES.size() + " calls", "0");
    }

    /** One call of a service; 1 if it loaded. What it gets is what it or the other stored, complete, as its own class. */
    private static <T> int loads(RedisCacheAdapter cache, String key, T own, Object others) {
        @SuppressWarnings("unchecked") // of its own class
        Class<T> type = (Class<T>) own.getClass();
        int[] loads = new int[1];
        T value = withCache(cache, key, MINUTE, type, () -> {
            loads[0]++;
            return own;
        });
        assertThat(value).isInstanceOf(type);
        assertThat(json(value)).isIn(json(own), json(others));
        return loads[0];
    }

    private static String json(Object value) {
        return MAPPER.valueToTree(value).toString();
    }

    /** 1 if a default mapper throws, or, asked for the other thing, gives a value that nobody stored. */
    private static int naively(Object stored, Object expected, boolean throwing) throws Exception {
        try {
            Object read = MAPPER.readValue(MAPPER.writeValueAsString(stored), expected.getClass());
            return !throwing && !json(read).equals(json(stored)) ? 1 : 0;
        } catch (JsonProcessingException failure) {
            return throwing ? 1 : 0;
        }
    }
}
