package io.cacheport.redis.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheport.redis.RedisCacheAdapter;
import io.cacheport.testkit.server.RedisServer;
import io.lettuce.core.RedisClient;
import io.lettuce.core.api.sync.RedisCommands;
import io.lettuce.core.resource.ClientResources;
import io.netty.resolver.AddressResolver;
import io.netty.resolver.AddressResolverGroup;
import io.netty.resolver.InetNameResolver;
import io.netty.resolver.InetSocketAddressResolver;
import io.netty.util.concurrent.EventExecutor;
import io.netty.util.concurrent.Promise;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/**
 * A host name leads to another server. By a resolver of the test's own that answers with address and port, so that one
 * loopback address will do for both; nothing in between remembers an answer, as the JVM's own resolver does for
 * {@code networkaddress.cache.ttl}.
 */
@FaultRow(14)
class MovedNameTest {

    private static final Duration BACK = Duration.ofSeconds(40);
    private static final String URI = "redis://cache.example:6379";

    /** Every name is where {@code port} says. */
    private static final class Names extends AddressResolverGroup<InetSocketAddress> {

        private final AtomicInteger port;
        private final AtomicInteger asked = new AtomicInteger();

        Names(RedisServer server) {
            this.port = new AtomicInteger(server.port());
        }

        @Override
        protected AddressResolver<InetSocketAddress> newResolver(EventExecutor executor) {
            return new InetSocketAddressResolver(executor, new Unused(executor)) {
                @Override
                protected void doResolve(InetSocketAddress name, Promise<InetSocketAddress> answer) {
                    asked.incrementAndGet();
                    answer.setSuccess(new InetSocketAddress(InetAddress.getLoopbackAddress(), port.get()));
                }
            };
        }
    }

    private static final class Unused extends InetNameResolver {

        Unused(EventExecutor executor) {
            super(executor);
        }

        @Override
        protected void doResolve(String name, Promise<InetAddress> answer) {
            answer.setFailure(new IllegalStateException());
        }

        @Override
        protected void doResolveAll(String name, Promise<List<InetAddress>> answer) {
            answer.setFailure(new IllegalStateException());
        }
    }

    @Test
    void isResolvedAtEachAttempt() throws Exception {
        Row row = FaultMatrix.row(14, "DNS name moves");
        LogWatch.quietly(() -> {
            ours(row);
            naively(row);
            return null;
        });
        row.ours("the name is resolved again at each attempt to connect");
    }

    private static void ours(Row row) throws Exception {
        RedisServer old = RedisServer.start();
        Names names = new Names(old);
        ClientResources resources =
                ClientResources.builder().addressResolverGroup(names).build();
        try (old;
                RedisServer next = RedisServer.start();
                RedisCacheAdapter cache =
                        Profile.builder(URI).clientResources(resources).build();
                Load load = Lat.startWarm(cache, Duration.ofSeconds(1))) {
            assertThat(Lat.connections(old)).isOne();
            names.port.set(next.port());
            old.kill();
            long moved = load.now();
            Duration recovery = Lat.passUntilHits(load, cache);
            LoadResult all = load.stop();
            Lat.everyCallServed(all);
            assertThat(Lat.connections(next)).isOne();
            Lat.cheap(row, "moved and old server killed, " + Lat.load(), all.from(moved));
            Lat.recovered(row, "moved", recovery);
            assertThat(names.asked.get()).isGreaterThan(1);
        } finally {
            resources.shutdown(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2_000);
        }
    }

    private static void naively(Row row) throws Exception {
        RedisServer old = RedisServer.start();
        Names names = new Names(old);
        ClientResources resources =
                ClientResources.builder().addressResolverGroup(names).build();
        RedisClient client = RedisClient.create(resources, URI);
        try (old;
                RedisServer next = RedisServer.start()) {
            RedisCommands<String, String> commands = client.connect().sync();
            names.port.set(next.port());
            old.kill();
            long start = System.nanoTime();
            String ping = Naive.attempt(BACK, commands::ping);
            row.naive("with the same resolver it finds the new server too, " + ping + " after "
                    + Row.ms(System.nanoTime() - start));
            assertThat(ping).isEqualTo("PONG");
        } finally {
            client.shutdown(Duration.ZERO, Duration.ofSeconds(2));
            resources.shutdown(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2_000);
        }
    }
}
