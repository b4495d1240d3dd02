package io.cacheport.redis.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.cacheport.redis.RedisCacheAdapter;
import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import io.lettuce.core.RedisClient;
import io.lettuce.core.event.connection.ConnectedEvent;
import io.lettuce.core.resource.ClientResources;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;

/** A server that many clients are connected to is away for some seconds, and they all want it back. */
@FaultRow(12)
class ReconnectStormTest {

    private static final int CLIENTS = 200;

    /** Of one outage alone, chance would come near the bound. */
    private static final int OUTAGES = 2;

    private static final Duration OUTAGE = Duration.ofSeconds(6);
    private static final Duration BACK = Duration.ofSeconds(30);
    private static final long BUCKET_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** Percent of the clients that come back in the same 100 ms. */
    private static final int BOUND = 15;

    private final Queue<Long> connects = new ConcurrentLinkedQueue<>();

    @Test
    void isSpread() throws Exception {
        Row row = FaultMatrix.row(12, "reconnect storm");
        LogWatch.quietly(() -> {
            long naive = naively();
            row.naive(naive + " % of " + CLIENTS + " clients reconnect in the same 100 ms");
            assertThat(naive).isGreaterThan(2 * BOUND);
            List<RedisCacheAdapter> caches = new ArrayList<>();
            ClientResources shared = ClientResources.create();
            try (RedisServer server = RedisServer.start()) {
                for (int i = 0; i < CLIENTS; i++) {
                    caches.add(Profile.builder(server.uri())
                            .clientResources(shared)
                            .build());
                }
                long busiest = busiest(server, shared, OUTAGES, CLIENTS);
                await().atMost(BACK).until(() -> caches.stream().allMatch(RedisCacheAdapter::isConnected));
                row.figure(
                        busiest + " % in the busiest 100 ms of " + CLIENTS + " reconnects after 6 s away, twice",
                        BOUND + " %");
                row.figure(rejected(server) + " rejected by the server", "0");
                assertThat(busiest).isLessThanOrEqualTo(BOUND);
                assertThat(rejected(server)).isZero();
            } finally {
                caches.forEach(RedisCacheAdapter::close);
                shutdown(shared);
            }
            return null;
        });
        row.ours("spread over the two seconds that a pause may last");
    }

    private long naively() {
        List<RedisClient> clients = new ArrayList<>();
        ClientResources shared = ClientResources.create();
        try (RedisServer server = RedisServer.start()) {
            for (int i = 0; i < CLIENTS; i++) {
                RedisClient client = RedisClient.create(shared, server.uri());
                clients.add(client);
                client.connect();
            }
            return busiest(server, shared, 1, CLIENTS / 2); // some take longer than the test has
        } finally {
            clients.forEach(client -> client.shutdown(Duration.ZERO, Duration.ofSeconds(2)));
            shutdown(shared);
        }
    }

    /** Percent of the reconnects in the busiest 100 ms, counted from the first of each outage until so many are back. */
    private long busiest(RedisServer server, ClientResources resources, int outages, int clients) {
        Map<Long, Integer> buckets = new HashMap<>();
        Disposable events = resources.eventBus().get().subscribe(event -> {
            if (event instanceof ConnectedEvent) {
                connects.add(System.nanoTime());
            }
        });
        for (int outage = 0; outage < outages; outage++) {
            server.kill();
            await().atMost(BACK).pollDelay(OUTAGE).until(() -> true);
            connects.clear();
            server.restart();
            await().atMost(BACK).until(() -> connects.size() >= clients);
            long first = connects.stream().mapToLong(Long::longValue).min().orElseThrow();
            connects.forEach(at -> buckets.merge((at - first) / BUCKET_NANOS, 1, Integer::sum));
        }
        events.dispose();
        int all = buckets.values().stream().mapToInt(Integer::intValue).sum();
        return Math.round(100.0 * Collections.max(buckets.values()) / all);
    }

    private static long rejected(RedisServer server) {
        try (RespClient client = server.client()) {
            Matcher count = Pattern.compile("rejected_connections:(\\d+)")
                    .matcher(String.valueOf(client.call("INFO", "stats")));
            assertThat(count.find()).isTrue();
            return Long.parseLong(count.group(1));
        }
    }

    private static void shutdown(ClientResources resources) {
        resources.shutdown(0, 1, TimeUnit.SECONDS).awaitUninterruptibly(2_000);
    }
}
