package io.cacheport.redis.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cacheport.redis.RedisCacheAdapter;
import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.resource.ClientResources;
import io.lettuce.core.resource.DnsResolvers;
import io.lettuce.core.resource.SocketAddressResolver;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

/** The server at the address was made a replica of another; the name points to the new master only later. */
class ReadOnlyTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration LIMIT = Duration.ofSeconds(2);
    private static final Duration RECOVERY = Duration.ofSeconds(10);
    private static final String KEY = LogWatch.KEY + ":20:";
    private static final int READS = 500;

    /** What a name service would say. */
    private static final class Name extends SocketAddressResolver {

        private final AtomicInteger asked = new AtomicInteger();
        private volatile RedisServer server;

        Name(RedisServer server) {
            super(DnsResolvers.UNRESOLVED);
            this.server = server;
        }

        @Override
        public SocketAddress resolve(RedisURI any) {
            asked.incrementAndGet();
            return new InetSocketAddress(server.host(), server.port());
        }
    }

    @FaultRowAlways(20)
    @Test
    void readsGoOnAndWhatWasRemovedReachesTheNewMaster() throws Exception {
        Row row = FaultMatrix.row(20, "READONLY (demoted master)");
        try (RedisServer old = RedisServer.start("--repl-diskless-sync-delay", "0");
                RedisServer next = RedisServer.start("--repl-diskless-sync-delay", "0");
                RespClient nextClient = next.client()) {
            Name name = new Name(old);
            ClientResources resources =
                    ClientResources.builder().socketAddressResolver(name).build();
            try (NaiveCache naive = NaiveCache.connect(old.uri());
                    RedisCacheAdapter cache = Profile.builder(old.uri())
                            .clientResources(resources)
                            .build()) {
                cache.set(KEY + "read", LogWatch.VALUE, MINUTE);
                cache.set(KEY + "removed", LogWatch.VALUE, MINUTE);
                replicate(next, old);
                nextClient.call("REPLICAOF", "NO", "ONE");
                replicate(old, next);

                String before = Naive.attempt(LIMIT, () -> naive.read("row20", () -> "loaded"));
                int hits = 0;
                for (int i = 0; i < READS; i++) {
                    hits += LogWatch.VALUE.equals(cache.get(KEY + "read", String.class)) ? 1 : 0;
                }
                assertThat(hits).isEqualTo(READS);

                int asked = name.asked.get();
                assertThat(cache.del(KEY + "removed")).isFalse();
                assertThat(cache.getStats().errors()).isEqualTo(1);
                assertThat(cache.guard().stats().pending()).isOne();
                assertThat(cache.get(KEY + "removed", String.class)).isNull();
                assertThat(LogWatch.warnings()).anyMatch(line -> line.contains("cause=refused"));
                // it looks anew at once, too early, and from then on nobody writes
                await().atMost(LIMIT).until(() -> name.asked.get() > asked);
                await().atMost(LIMIT).until(() -> LogWatch.VALUE.equals(cache.get(KEY + "read", String.class)));

                long moved = System.nanoTime();
                name.server = next;
                await().atMost(RECOVERY.plusSeconds(1))
                        .until(() -> cache.guard().stats().pending() == 0);
                long replayed = System.nanoTime() - moved;
                assertThat(nextClient.call("EXISTS", "cache:" + KEY + "removed"))
                        .isEqualTo(0L);
                cache.set(KEY + "new", LogWatch.VALUE, MINUTE);
                assertThat(nextClient.call("EXISTS", "cache:" + KEY + "new")).isEqualTo(1L);
                assertThat(cache.guard().stats().opened()).isZero();

                String after = Naive.attempt(LIMIT, () -> naive.read("row20", () -> "loaded"));
                assertThat(before).isEqualTo("RedisReadOnlyException");
                assertThat(after).isEqualTo(before);
                row.naive("a read that misses throws " + before + ", and still does when the name has moved: its "
                        + "connection looks fine");
                row.ours("reads go on, a refused removal is kept, reads as a miss and is made at the new master, "
                        + "without any call by a caller");
                row.figure(hits + " of " + READS + " reads hit", "all");
                row.figure(Row.ms(replayed) + " from the name's move to the removal", "11 s");
            } finally {
                resources.shutdown(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
            }
        }
    }

    private static void replicate(RedisServer replica, RedisServer master) {
        try (RespClient client = replica.client()) {
            client.call("REPLICAOF", master.host(), String.valueOf(master.port()));
            await().atMost(RECOVERY)
                    .pollInterval(Duration.ofMillis(10))
                    .until(() ->
                            String.valueOf(client.call("INFO", "replication")).contains("master_link_status:up"));
        }
    }
}
