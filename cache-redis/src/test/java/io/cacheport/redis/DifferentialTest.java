package io.cacheport.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheport.CacheServicePort;
import io.cacheport.CacheStats;
import io.cacheport.inmemory.InMemoryCacheAdapter;
import io.cacheport.inmemory.InMemoryCacheBuilder;
import io.cacheport.spi.ForwardingCacheService;
import io.cacheport.structure.StructuredCache;
import io.cacheport.structure.Structures;
import io.cacheport.testkit.CacheFixture;
import io.cacheport.testkit.server.RedisAge;
import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import net.jqwik.api.lifecycle.AfterContainer;
import net.jqwik.api.lifecycle.BeforeContainer;
import org.jspecify.annotations.Nullable;

/**
 * The same random programs on the in-memory adapter, in both its modes, and on a real server: every answer, the state at
 * the end with its TTLs, and the counters must agree. So a unit test that is green in memory means something.
 */
@SuppressWarnings("NullAway.Init") // jqwik calls start first
class DifferentialTest {

    private static final List<String> KEYS = List.of("a", "b", "ab", "a:b", "c*", "[d]");

    private static RedisServer server;
    private static RespClient client;
    private static RedisCacheAdapter redis;

    @BeforeContainer
    static void start() {
        server = RedisServer.start();
        client = server.client();
        redis = RedisCacheAdapter.builder(server.uri())
                .commandTimeout(Duration.ofSeconds(10))
                .build();
    }

    @AfterContainer
    static void stop() {
        redis.close();
        client.close();
        server.close();
    }

    @Property(tries = 6_000)
    void inMemoryAnswersAsRedisDoes(@ForAll("programs") List<Step> program) {
        client.call("FLUSHDB");
        List<Step> steps = new ArrayList<>(program);
        steps.add(new Step.FinalState(KEYS));
        try (InMemory byReference = new InMemory(InMemoryCacheAdapter.builder());
                InMemory copying = new InMemory(InMemoryCacheAdapter.builder().copying())) {
            CacheFixture onRedis = new OnRedis();
            for (Step step : steps) {
                Object expected = step.runOn(onRedis);

                assertThat(step.runOn(byReference)).as("by reference: %s", step).isEqualTo(expected);
                assertThat(step.runOn(copying)).as("copying: %s", step).isEqualTo(expected);
            }
        }
    }

    @Provide
    Arbitrary<List<Step>> programs() {
        Arbitrary<String> key = Arbitraries.of(KEYS);
        Arbitrary<List<String>> several = key.list().ofMaxSize(4);
        Arbitrary<Object> value = Arbitraries.<Object>of("x", "", "long ".repeat(50), 1, -1, List.of(), List.of(1, 2))
                .injectNull(0.1);
        Arbitrary<Class<?>> type = Arbitraries.of(String.class, Integer.class, List.class);
        Arbitrary<Duration> ttl = Arbitraries.of(1, 2, 10).map(halves -> Duration.ofSeconds(30L * halves));
        Arbitrary<String> glob =
                Arbitraries.of("*", "a*", "?", "*b", "[ac]*", "c\\*", "\\[d]", "[^a]*", "a:?", "nothing", "**b*");
        Arbitrary<Step> step = Arbitraries.frequencyOf(
                Tuple.of(8, Combinators.combine(key, value, ttl).as(Step.Set::new)),
                Tuple.of(6, Combinators.combine(key, type).as(Step.Get::new)),
                Tuple.of(2, key.map(Step.GetOrDefault::new)),
                Tuple.of(2, key.map(Step.Del::new)),
                Tuple.of(1, several.map(Step.DelAll::new)),
                Tuple.of(1, key.map(Step.Exists::new)),
                Tuple.of(2, key.map(Step.Ttl::new)),
                Tuple.of(2, Combinators.combine(key, ttl).as(Step.Expire::new)),
                Tuple.of(2, Combinators.combine(several, type).as(Step.GetAll::new)),
                Tuple.of(2, Combinators.combine(several, value, ttl).as(Step.SetAll::new)),
                Tuple.of(2, glob.map(Step.Flush::new)),
                Tuple.of(1, Arbitraries.just(new Step.Clear())),
                Tuple.of(12, structureSteps(key, ttl)),
                Tuple.of(3, ttl.map(Step.PassTime::new)));
        return step.list().ofMinSize(1).ofMaxSize(40);
    }

    /** Few keys, fields and members, so that they meet. */
    private static Arbitrary<Step> structureSteps(Arbitrary<String> key, Arbitrary<Duration> ttl) {
        Arbitrary<String> name = Arbitraries.of("x", "y", "*");
        Arbitrary<List<String>> names = name.list().ofMaxSize(3);
        Arbitrary<Long> number = Arbitraries.of(1L, -1L, 0L, 41L, Long.MAX_VALUE, Long.MIN_VALUE);
        Arbitrary<Integer> place = Arbitraries.integers().between(-3, 3);
        Arbitrary<Class<?>> type = Arbitraries.of(String.class, Integer.class);
        return Arbitraries.oneOf(
                Combinators.combine(key, number).as((k, n) -> step("increment " + k + " " + n, s -> s.increment(k, n))),
                Combinators.combine(key, number, ttl)
                        .as((k, n, t) -> step("increment " + k + " " + n + " " + t, s -> s.increment(k, n, t))),
                key.map(k -> step("count " + k, s -> s.count(k))),
                Combinators.combine(key, name, type)
                        .as((k, f, c) -> step("hget " + k + " " + f + " " + c, s -> s.hget(k, f, c))),
                Combinators.combine(key, type).as((k, c) -> step("hgetall " + k + " " + c, s -> s.hgetall(k, c))),
                Combinators.combine(key, name, number)
                        .as((k, f, n) -> step("hset " + k + " " + f + " " + n, s -> s.hset(k, f, "v" + n))),
                Combinators.combine(key, name, ttl)
                        .as((k, f, t) -> step("hset " + k + " " + f + " " + t, s -> s.hset(k, Map.of(f, 1), t))),
                Combinators.combine(key, names).as((k, all) -> step("hdel " + k + " " + all, s -> s.hdel(k, all))),
                Combinators.combine(key, names).as((k, all) -> step("lpush " + k + " " + all, s -> s.lpush(k, all))),
                Combinators.combine(key, names, ttl)
                        .as((k, all, t) -> step("rpush " + k + " " + all + " " + t, s -> s.rpush(k, all, t))),
                Combinators.combine(key, type).as((k, c) -> step("lpop " + k + " " + c, s -> s.lpop(k, c))),
                Combinators.combine(key, type).as((k, c) -> step("rpop " + k + " " + c, s -> s.rpop(k, c))),
                Combinators.combine(key, place, place)
                        .as((k, a, b) -> step("lrange " + k + " " + a + " " + b, s -> s.lrange(k, a, b, String.class))),
                key.map(k -> step("llen " + k, s -> s.llen(k))),
                Combinators.combine(key, names).as((k, all) -> step("sadd " + k + " " + all, s -> s.sadd(k, all))),
                Combinators.combine(key, names, ttl)
                        .as((k, all, t) -> step("sadd " + k + " " + all + " " + t, s -> s.sadd(k, all, t))),
                Combinators.combine(key, names).as((k, all) -> step("srem " + k + " " + all, s -> s.srem(k, all))),
                key.map(k -> step("smembers " + k, s -> s.smembers(k))),
                Combinators.combine(key, name).as((k, m) -> step("sismember " + k + " " + m, s -> s.sismember(k, m))),
                key.map(k -> step("scard " + k, s -> s.scard(k))),
                Combinators.combine(key.list().ofMaxSize(3), ttl)
                        .as((all, t) -> step("touch " + all + " " + t, s -> s.touch(all, t))));
    }

    private static Step step(String description, Function<Structures, @Nullable Object> operation) {
        return new Step.OnStructure(description, operation);
    }

    private record InMemory(CacheServicePort cache, AtomicLong clock) implements CacheFixture {

        InMemory(InMemoryCacheBuilder builder) {
            this(builder, new AtomicLong());
        }

        private InMemory(InMemoryCacheBuilder builder, AtomicLong clock) {
            this(builder.nanoTime(clock::get).build(), clock);
        }

        @Override
        public void passTime(Duration time) {
            clock.addAndGet(time.toNanos());
        }

        @Override
        public void close() {
            cache.close();
        }
    }

    /** One adapter for all programs; its counters are shown as if they had begun at zero. */
    private static final class OnRedis implements CacheFixture {

        private final CacheServicePort cache = new SinceNow(redis);

        @Override
        public CacheServicePort cache() {
            return cache;
        }

        @Override
        public void passTime(Duration time) {
            RedisAge.passTime(client, time);
        }

        @Override
        public void close() {}
    }

    private static final class SinceNow extends ForwardingCacheService implements StructuredCache {

        private final CacheStats before;

        SinceNow(CacheServicePort delegate) {
            super(delegate);
            this.before = delegate.getStats();
        }

        @Override
        public CacheStats getStats() {
            CacheStats now = super.getStats();
            return new CacheStats(
                    now.hits() - before.hits(),
                    now.misses() - before.misses(),
                    now.sets() - before.sets(),
                    now.deletes() - before.deletes(),
                    now.errors() - before.errors(),
                    now.keys());
        }

        @Override
        public Structures structures() {
            return Structures.of(delegate());
        }

        @Override
        public CacheServicePort strict() {
            return delegate().strict();
        }
    }
}
