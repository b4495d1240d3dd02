package io.cacheport.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheport.CacheDataException;
import io.cacheport.CacheException;
import io.cacheport.CacheServicePort;
import io.cacheport.CacheStats;
import io.cacheport.ErrorCause;
import io.cacheport.structure.Structures;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** S1 to S12: counters, hashes, lists and sets. For adapters that have them. */
public interface StructureContract extends Contract {

    /** Those of the cache under test. */
    default Structures structures() {
        return Structures.of(cache());
    }

    @Test
    default void s1_whatBecomesEmptyIsGone() {
        structures().hset("h", "f", 1);
        structures().rpush("l", List.of(1));
        structures().rpush("r", List.of(1));
        structures().sadd("s", Set.of("m"));
        assertThat(Stream.of("h", "l", "r", "s").filter(cache()::exists)).hasSize(4);

        structures().hdel("h", List.of("f"));
        structures().lpop("l", Integer.class);
        structures().rpop("r", Integer.class);
        structures().srem("s", List.of("m"));

        assertThat(Stream.of("h", "l", "r", "s").filter(cache()::exists)).isEmpty();
        assertThat(cache().getStats().keys()).isZero();
    }

    @Test
    default void s1_askingAndTakingMakesNothing() {
        structures().count("k");
        structures().hget("k", "f", String.class);
        structures().hgetall("k", String.class);
        structures().hdel("k", List.of("f"));
        structures().lpop("k", String.class);
        structures().rpop("k", String.class);
        structures().lrange("k", 0, -1, String.class);
        structures().llen("k");
        structures().srem("k", List.of("m"));
        structures().smembers("k");
        structures().sismember("k", "m");
        structures().scard("k");
        structures().touch(List.of("k"), MINUTE);

        assertThat(cache().exists("k")).isFalse();
        assertThat(cache().getStats()).isEqualTo(new CacheStats(0, 0, 0, 0, 0, 0));
    }

    @Test
    default void s1_writingNothingMakesNothing() {
        assertThat(structures().hset("k", Map.of())).isZero();
        assertThat(structures().lpush("k", List.of())).isZero();
        assertThat(structures().rpush("k", List.of())).isZero();
        assertThat(structures().sadd("k", List.of())).isZero();
        assertThat(structures().hdel("k", List.of())).isZero();
        assertThat(structures().srem("k", List.of())).isZero();
        assertThat(structures().touch(List.of(), MINUTE)).isEmpty();

        assertThat(cache().exists("k")).isFalse();
    }

    /** Each structure by the write that makes it, without a TTL and with one. */
    static Stream<Making> makings() {
        return Stream.of(
                new Making("counter", (s, k) -> s.increment(k, 1), (s, k, ttl) -> s.increment(k, 1, ttl)),
                new Making("hash", (s, k) -> s.hset(k, "f", 1), (s, k, ttl) -> s.hset(k, Map.of("f", 1), ttl)),
                new Making("list, left", (s, k) -> s.lpush(k, List.of(1)), (s, k, ttl) -> s.lpush(k, List.of(1), ttl)),
                new Making("list, right", (s, k) -> s.rpush(k, List.of(1)), (s, k, ttl) -> s.rpush(k, List.of(1), ttl)),
                new Making("set", (s, k) -> s.sadd(k, Set.of("m")), (s, k, ttl) -> s.sadd(k, Set.of("m"), ttl)));
    }

    @ParameterizedTest
    @MethodSource("io.cacheport.testkit.contract.StructureContract#makings")
    default void s2_withoutATtlItStays(Making making) {
        making.plain().on(structures(), "k");

        assertThat(cache().ttl("k")).contains(CacheServicePort.NO_EXPIRY);
        fixture().passTime(Duration.ofDays(400));
        assertThat(cache().exists("k")).isTrue();
    }

    @ParameterizedTest
    @MethodSource("io.cacheport.testkit.contract.StructureContract#makings")
    default void s2_theTtlBeginsWhenItIsMadeAndNotLater(Making making) {
        making.withTtl().on(structures(), "k", MINUTE);
        fixture().passTime(Duration.ofSeconds(40));
        making.withTtl().on(structures(), "k", Duration.ofHours(1));
        making.plain().on(structures(), "k");

        assertThat(cache().ttl("k").orElseThrow()).isLessThanOrEqualTo(Duration.ofSeconds(20));
        fixture().passTime(Duration.ofSeconds(20));
        assertThat(cache().exists("k")).isFalse();
    }

    @ParameterizedTest
    @MethodSource("io.cacheport.testkit.contract.StructureContract#makings")
    default void s2_whatHasExpiredIsMadeAnew(Making making) {
        making.withTtl().on(structures(), "k", MINUTE);
        fixture().passTime(MINUTE);

        making.withTtl().on(structures(), "k", Duration.ofHours(1));

        assertThat(cache().ttl("k").orElseThrow()).isGreaterThan(MINUTE);
    }

    @ParameterizedTest
    @MethodSource("io.cacheport.testkit.contract.StructureContract#makings")
    default void s2_aWriteDoesNotGiveATtlToWhatHasNone(Making making) {
        making.plain().on(structures(), "k");

        making.withTtl().on(structures(), "k", MINUTE);

        assertThat(cache().ttl("k")).contains(CacheServicePort.NO_EXPIRY);
    }

    @ParameterizedTest
    @MethodSource("io.cacheport.testkit.contract.StructureContract#makings")
    default void s2_expireAndTouchBeginANewTtl(Making making) {
        making.plain().on(structures(), "k");

        assertThat(cache().expire("k", MINUTE)).isTrue();
        fixture().passTime(Duration.ofSeconds(40));
        assertThat(structures().touch(List.of("k", "nothing"), MINUTE)).containsExactly("k");
        fixture().passTime(Duration.ofSeconds(40));
        assertThat(cache().exists("k")).isTrue();
        fixture().passTime(Duration.ofSeconds(20));

        assertThat(cache().exists("k")).isFalse();
        assertThat(structures().touch(List.of("k"), MINUTE)).isEmpty();
    }

    @Test
    default void s2_touchIsForValuesToo() {
        cache().set("v", 1, MINUTE);
        structures().sadd("s", Set.of("m"), MINUTE);

        assertThat(structures().touch(List.of("v", "nothing", "s"), Duration.ofHours(1)))
                .containsExactly("v", "s");

        fixture().passTime(MINUTE);
        assertThat(cache().get("v", Integer.class)).isEqualTo(1);
        assertThat(structures().scard("s")).isEqualTo(1);
    }

    @Test
    default void s3_aCounterCounts() {
        assertThat(structures().count("c")).hasValue(0);
        assertThat(structures().increment("c", 1)).hasValue(1);
        assertThat(structures().increment("c", 41)).hasValue(42);
        assertThat(structures().increment("c", -50)).hasValue(-8);
        assertThat(structures().increment("c", 0)).hasValue(-8);
        assertThat(structures().count("c")).hasValue(-8);
        assertThat(cache().get("c", Long.class)).isEqualTo(-8);
        assertThat(cache().del("c")).isTrue();
        assertThat(structures().count("c")).hasValue(0);
    }

    @Test
    default void s3_largeNumbersAreExact() {
        long large = Long.MAX_VALUE - 1;
        assertThat(structures().increment("c", large)).hasValue(large);

        assertThat(structures().increment("c", 1)).hasValue(Long.MAX_VALUE);
        assertThat(structures().increment("c", 1)).isEmpty();
        assertThatThrownBy(() -> structures().strict().increment("c", 1))
                .isInstanceOfSatisfying(
                        CacheException.class,
                        thrown -> assertThat(thrown.errorCause()).isEqualTo(ErrorCause.REFUSED));

        assertThat(structures().count("c")).hasValue(Long.MAX_VALUE);
        assertThat(structures().increment("d", Long.MIN_VALUE)).hasValue(Long.MIN_VALUE);
    }

    @Test
    default void s3_noIncrementIsLost() throws InterruptedException {
        int each = 200;
        CountDownLatch done = new CountDownLatch(8);
        for (int i = 0; i < 8; i++) {
            new Thread(() -> {
                        for (int n = 0; n < each; n++) {
                            structures().increment("c", 1, MINUTE);
                        }
                        done.countDown();
                    })
                    .start();
        }
        done.await();

        assertThat(structures().count("c")).hasValue(8L * each);
    }

    @Test
    default void s4_aHashHoldsAValueForEachField() {
        assertThat(structures().hset("h", "name", "Zoë")).isTrue();
        assertThat(structures().hset("h", "name", "Zoe")).isFalse();
        assertThat(structures().hset("h", Map.of("name", "Z", "order", Samples.ORDER)))
                .isEqualTo(1);

        assertThat(structures().hget("h", "name", String.class)).isEqualTo("Z");
        assertThat(structures().hget("h", "order", Samples.Order.class)).isEqualTo(Samples.ORDER);
        assertThat(structures().hget("h", "other", String.class)).isNull();
        assertThat(structures().hdel("h", List.of("order", "other"))).isEqualTo(1);
        assertThat(structures().hgetall("h", String.class)).isEqualTo(Map.of("name", "Z"));
    }

    @Test
    default void s4_theMapIsTheCallers() {
        structures().hset("h", "f", 1);

        structures().hgetall("h", Integer.class).clear();

        assertThat(structures().hgetall("h", Integer.class)).hasSize(1);
    }

    @Test
    default void s5_aListKeepsItsOrder() {
        assertThat(structures().rpush("l", List.of("c", "d"))).isEqualTo(2);
        assertThat(structures().lpush("l", List.of("b", "a"))).isEqualTo(4);
        assertThat(structures().llen("l")).isEqualTo(4);

        assertThat(structures().lrange("l", 0, -1, String.class)).containsExactly("a", "b", "c", "d");
        assertThat(structures().lpop("l", String.class)).isEqualTo("a");
        assertThat(structures().rpop("l", String.class)).isEqualTo("d");
        assertThat(structures().lrange("l", 0, -1, String.class)).containsExactly("b", "c");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"0 0", "0 1", "1 2", "0 99", "-1 -1", "-2 -1", "-99 1", "2 1", "3 9", "9 9", "-9 -8", "1 -2"})
    default void s5_rangesCountFromBothEnds(String ends) {
        List<String> all = List.of("a", "b", "c");
        structures().rpush("l", all);
        long from = Long.parseLong(ends.substring(0, ends.indexOf(' ')));
        long to = Long.parseLong(ends.substring(ends.indexOf(' ') + 1));
        List<String> expected = IntStream.range(0, 3)
                .filter(i -> i >= (from < 0 ? 3 + from : from) && i <= (to < 0 ? 3 + to : to))
                .mapToObj(all::get)
                .toList();

        assertThat(structures().lrange("l", from, to, String.class)).isEqualTo(expected);
    }

    @Test
    default void s5_eachElementIsPoppedOnce() throws InterruptedException {
        int count = 400;
        structures().rpush("l", IntStream.range(0, count).boxed().toList());
        Collection<Integer> popped = Collections.synchronizedList(new ArrayList<>());
        CountDownLatch done = new CountDownLatch(4);
        for (int i = 0; i < 4; i++) {
            boolean left = i % 2 == 0;
            new Thread(() -> {
                        Integer one;
                        do {
                            one = left
                                    ? structures().lpop("l", Integer.class)
                                    : structures().rpop("l", Integer.class);
                            if (one != null) {
                                popped.add(one);
                            }
                        } while (one != null);
                        done.countDown();
                    })
                    .start();
        }
        done.await();

        assertThat(popped).hasSize(count).doesNotHaveDuplicates();
    }

    @Test
    default void s6_aSetHoldsEachMemberOnce() {
        assertThat(structures().sadd("s", List.of("a", "b", "a"))).isEqualTo(2);
        assertThat(structures().sadd("s", List.of("b", "c"))).isEqualTo(1);

        assertThat(structures().scard("s")).isEqualTo(3);
        assertThat(structures().smembers("s")).containsExactlyInAnyOrder("a", "b", "c");
        assertThat(structures().sismember("s", "c")).isTrue();
        assertThat(structures().srem("s", List.of("c", "d"))).isEqualTo(1);
        assertThat(structures().sismember("s", "c")).isFalse();
    }

    /** Each operation, and the structure it is for. */
    static Map<String, Function<Structures, Object>> operations() {
        Map<String, Function<Structures, Object>> operations = new LinkedHashMap<>();
        operations.put("counter increment", s -> s.increment("k", 1));
        operations.put("counter increment with TTL", s -> s.increment("k", 1, MINUTE));
        operations.put("counter count", s -> s.count("k"));
        operations.put("hash hget", s -> String.valueOf(s.hget("k", "f", String.class)));
        operations.put("hash hgetall", s -> s.hgetall("k", String.class));
        operations.put("hash hset", s -> s.hset("k", "f", "v"));
        operations.put("hash hset with TTL", s -> s.hset("k", Map.of("f", "v"), MINUTE));
        operations.put("hash hdel", s -> s.hdel("k", List.of("f")));
        operations.put("list lpush", s -> s.lpush("k", List.of(1)));
        operations.put("list lpush with TTL", s -> s.lpush("k", List.of(1), MINUTE));
        operations.put("list rpush", s -> s.rpush("k", List.of(1)));
        operations.put("list lpop", s -> String.valueOf(s.lpop("k", Integer.class)));
        operations.put("list rpop", s -> String.valueOf(s.rpop("k", Integer.class)));
        operations.put("list lrange", s -> s.lrange("k", 0, -1, Integer.class));
        operations.put("list llen", s -> s.llen("k"));
        operations.put("set sadd", s -> s.sadd("k", List.of("m")));
        operations.put("set sadd with TTL", s -> s.sadd("k", List.of("m"), MINUTE));
        operations.put("set srem", s -> s.srem("k", List.of("m")));
        operations.put("set smembers", s -> s.smembers("k"));
        operations.put("set sismember", s -> s.sismember("k", "m"));
        operations.put("set scard", s -> s.scard("k"));
        return operations;
    }

    /** What an ill cache answers. */
    Set<Object> NOTHING = Set.of(OptionalLong.empty(), "null", Map.of(), List.of(), Set.of(), false, 0L);

    @Test
    default void s7_aKeyHoldsOneThing() {
        Map<String, Runnable> things = new TreeMap<>(Map.of(
                "counter", () -> structures().increment("k", 5),
                "hash", () -> structures().hset("k", "f", "v"),
                "list", () -> structures().rpush("k", List.of(1)),
                "set", () -> structures().sadd("k", Set.of("m")),
                "value", () -> cache().set("k", 5, MINUTE)));
        things.forEach((thing, make) -> operations().forEach((name, operation) -> {
            cache().del("k");
            make.run();
            long errors = cache().getStats().errors();
            if (name.startsWith(thing)) {
                assertThat(operation.apply(structures())).as(name).isNotNull();
                assertThat(cache().getStats().errors()).as(name).isEqualTo(errors);
                return;
            }

            assertThat(operation.apply(structures()))
                    .as("%s of a %s", name, thing)
                    .isIn(NOTHING);
            assertThat(cache().getStats().errors())
                    .as("%s of a %s", name, thing)
                    .isEqualTo(errors + 1);
            assertThatThrownBy(() -> operation.apply(structures().strict()))
                    .as("%s of a %s", name, thing)
                    .isInstanceOfSatisfying(
                            CacheDataException.class,
                            thrown -> assertThat(thrown.errorCause()).isEqualTo(ErrorCause.WRONG_TYPE));
        }));
    }

    @Test
    default void s7_anythingInTheWayStaysAsItIs() {
        structures().rpush("l", List.of("a"));
        cache().set("v", "v", MINUTE);

        structures().sadd("l", Set.of("m"));
        structures().hset("v", "f", 1);
        structures().increment("v", 1);

        assertThat(structures().lrange("l", 0, -1, String.class)).containsExactly("a");
        assertThat(cache().get("v", String.class)).isEqualTo("v");
    }

    @Test
    default void s7_aStructureIsNoValueAndSetReplacesIt() {
        structures().rpush("k", List.of("a"));
        long errors = cache().getStats().errors();

        assertThat(cache().get("k", String.class)).isNull();
        assertThat(cache().getStats().errors()).isEqualTo(errors + 1);
        assertThatThrownBy(() -> cache().strict().get("k", String.class))
                .isInstanceOfSatisfying(
                        CacheException.class,
                        thrown -> assertThat(thrown.errorCause()).isEqualTo(ErrorCause.WRONG_TYPE));
        assertThat(structures().llen("k")).isEqualTo(1);

        cache().set("k", "v", MINUTE);
        assertThat(cache().get("k", String.class)).isEqualTo("v");
    }

    @Test
    default void s7_flushAndClearAreForStructuresToo() {
        structures().increment("a:1", 1);
        structures().hset("a:2", "f", 1);
        structures().rpush("a:3", List.of(1));
        structures().sadd("b:4", Set.of("m"));

        assertThat(cache().flush("a:*")).isEqualTo(3);
        assertThat(cache().exists("b:4")).isTrue();
        assertThat(cache().clear()).isEqualTo(1);
    }

    @Test
    default void s8_elementsAreValues() {
        structures().rpush("l", List.of(Samples.ORDER, Samples.ORDER));

        assertThat(structures().lpop("l", Samples.Order.class)).isEqualTo(Samples.ORDER);
    }

    @Test
    default void s8_anElementAboveTheLimitIsRefusedAndNothingElseChanges() {
        int limit = fixture().maximumValueBytes();
        if (limit == 0) {
            assertThat(structures().rpush("l", List.of("x".repeat(2_000_000)))).isEqualTo(1);
            return;
        }
        String large = "x".repeat(limit);
        structures().rpush("l", List.of("a"));

        assertThat(structures().rpush("l", List.of("b", large))).isZero();
        assertThat(structures().lpush("l", List.of("b", large))).isZero();
        assertThat(structures().hset("h", Map.of("f", large))).isZero();

        assertThat(structures().lrange("l", 0, -1, String.class)).containsExactly("a");
        assertThat(cache().exists("h")).isFalse();
        assertThat(cache().getStats().errors()).isEqualTo(3);
    }

    @Test
    @SuppressWarnings({"NullAway", "DataFlowIssue"}) // passing null where it is not allowed is the point
    default void s8_badArgumentsAreRefusedAtOnce() {
        List<Object> withNull = new ArrayList<>();
        withNull.add(null);
        List<String> badText = List.of("good", "a\nb");
        Structures s = structures();

        refused("element is null", () -> s.rpush("k", withNull));
        refused("element is null", () -> s.hset("k", "f", null));
        refused("values is null", () -> s.lpush("k", null));
        refused("members is null", () -> s.sadd("k", null));
        refused("fields is null", () -> s.hdel("k", null));
        refused("field \"a\\u000ab\" has a control character", () -> s.hdel("k", badText));
        refused("field", () -> s.hget("k", " ", String.class));
        refused("field", () -> s.hset("k", "a\nb", 1));
        refused("member \"a\\u000ab\"", () -> s.sadd("k", badText));
        refused("member", () -> s.srem("k", badText));
        refused("member", () -> s.sismember("k", "m".repeat(1_025)));
        refused("key", () -> s.increment("", 1));
        refused("key", () -> s.count("a\nb"));
        refused("key", () -> s.touch(badText, MINUTE));
        refused("PT0S", () -> s.increment("k", 1, Duration.ZERO));
        refused("PT-1S", () -> s.rpush("k", List.of(1), Duration.ofSeconds(-1)));
        refused("ttl", () -> s.sadd("k", Set.of("m"), null));
        refused("PT0S", () -> s.touch(List.of("k"), Duration.ZERO));
        refused("type", () -> s.lpop("k", (Class<String>) null));

        assertThat(cache().getStats()).isEqualTo(new CacheStats(0, 0, 0, 0, 0, 0));
    }

    private static void refused(String said, org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatIllegalArgumentException().isThrownBy(call).withMessageContaining(said);
    }

    @Test
    default void s9_anElementOfAnotherTypeIsLeftOutAndCounted() {
        structures().rpush("l", List.of("a", 1, "b"));
        structures().hset("h", Map.of("x", "a", "y", 1));

        assertThat(structures().lrange("l", 0, -1, Integer.class)).containsExactly(1);
        assertThat(structures().hgetall("h", Integer.class)).isEqualTo(Map.of("y", 1));
        assertThat(structures().hget("h", "x", Integer.class)).isNull();
        assertThat(cache().getStats().errors()).isEqualTo(4);
        assertThat(structures().lpop("l", Integer.class)).isNull();
        assertThat(structures().llen("l")).isEqualTo(2);
        assertThatThrownBy(() -> structures().strict().hget("h", "x", Integer.class))
                .isInstanceOf(CacheDataException.class);
    }

    @Test
    default void s10_aClosedCacheAnswersThatNothingIsThere() {
        structures().rpush("k", List.of(1));
        Structures closed = structures();
        fixture().closeCache();

        operations().forEach((name, operation) -> {
            assertThat(operation.apply(closed)).as(name).isIn(NOTHING);
            assertThatThrownBy(() -> operation.apply(closed.strict()))
                    .as(name)
                    .isInstanceOfSatisfying(
                            CacheException.class,
                            thrown -> assertThat(thrown.errorCause()).isEqualTo(ErrorCause.CLOSED));
        });
        assertThat(closed.touch(List.of("k"), MINUTE)).isEmpty();
    }

    @Test
    default void s11_manyElementsAreWrittenWhole() {
        List<Integer> many = IntStream.range(0, 1_234).boxed().toList();
        Map<String, Integer> byField = new LinkedHashMap<>();
        many.forEach(n -> byField.put("f" + n, n));

        assertThat(structures().rpush("l", many)).isEqualTo(1_234);
        assertThat(structures().hset("h", byField)).isEqualTo(1_234);
        assertThat(structures().sadd("s", byField.keySet())).isEqualTo(1_234);

        assertThat(structures().lrange("l", 0, -1, Integer.class)).isEqualTo(many);
        assertThat(structures().hgetall("h", Integer.class)).isEqualTo(byField);
        assertThat(structures().smembers("s")).isEqualTo(byField.keySet());
        assertThat(structures().hdel("h", byField.keySet())).isEqualTo(1_234);
        assertThat(structures().srem("s", byField.keySet())).isEqualTo(1_234);
    }

    @Test
    default void s12_nothingCountsButKeys() {
        operations().forEach((name, operation) -> {
            cache().del("k");
            assertThat(operation.apply(structures())).as(name).isNotNull();
        });
        cache().del("k");
        long deletes = cache().getStats().deletes();
        structures().hset("h", "f", 1);
        structures().increment("c", 1);
        structures().hdel("h", List.of("f"));

        assertThat(cache().getStats()).isEqualTo(new CacheStats(0, 0, 0, deletes, 0, 1));
    }

    /** How a structure is made. */
    record Making(String name, Plain plain, WithTtl withTtl) {

        /** Without a TTL. */
        public interface Plain {
            /** Writes to the structure at the key. */
            void on(Structures structures, String key);
        }

        /** With one. */
        public interface WithTtl {
            /** Writes to the structure at the key. */
            void on(Structures structures, String key, Duration ttl);
        }

        @Override
        public String toString() {
            return name;
        }
    }
}
