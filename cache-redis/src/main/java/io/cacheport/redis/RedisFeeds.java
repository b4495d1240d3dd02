package io.cacheport.redis;

import io.cacheport.redis.feed.FeedConnections;
import io.cacheport.redis.feed.FeedLog;
import io.cacheport.redis.feed.FeedTarget;
import io.cacheport.redis.feed.Messages;
import io.cacheport.redis.feed.Way;
import io.cacheport.spi.FailureHandler;
import io.cacheport.spi.StatsCounter;
import io.cacheport.tiered.FeedSource.Changes;
import io.cacheport.tiered.FeedSource.Wanted;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.protocol.ProtocolVersion;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/** Opens the feeds of one adapter, and closes those that were left open. */
final class RedisFeeds implements AutoCloseable {

    private static final Duration CLOSE_TIMEOUT = Duration.ofMillis(100);

    private final RedisSettings settings;
    private final RedisLink link;
    private final RedisGuard guard;
    private final RedisLeases leases;
    private final StatsCounter stats;
    private final FailureHandler failures;
    private final Map<FeedConnections, List<RedisClient>> open = new ConcurrentHashMap<>();

    RedisFeeds(
            RedisSettings settings,
            RedisLink link,
            RedisGuard guard,
            RedisLeases leases,
            StatsCounter stats,
            FailureHandler failures) {
        this.settings = settings;
        this.link = link;
        this.guard = guard;
        this.leases = leases;
        this.stats = stats;
        this.failures = failures;
    }

    RedisFeed open(Wanted wanted, Changes changes) {
        boolean canTrack = settings.protocol() != ProtocolVersion.RESP2
                && !settings.connect().replicaReads();
        boolean weakerWillDo = wanted.orPubSub() || wanted.shortTtl() != null;
        if (!canTrack && !weakerWillDo) {
            throw new IllegalArgumentException(
                    settings.protocol() == ProtocolVersion.RESP2
                            ? "protocol RESP2 cannot tell what changes: leave the protocol to be found out, or allow a weaker"
                                    + " near cache with orPubSub or orShortTtl"
                            : "replicaReads: what a replica answers cannot be proven; leave it out, or allow a weaker near"
                                    + " cache with orPubSub or orShortTtl");
        }
        List<Way> ways = new ArrayList<>();
        List<RedisClient> clients = new ArrayList<>();
        Messages messages = wanted.orPubSub() ? new Messages(settings.keyPrefix(), changes) : null;
        if (canTrack) {
            ways.add(new Way.Tracking(client(true, clients), settings.keyPrefix(), changes));
        }
        if (messages != null) {
            ways.add(new Way.PubSub(client(false, clients), messages));
        }
        if (wanted.shortTtl() != null) {
            ways.add(new Way.Nothing());
        }
        FeedTarget target = new Target(settings, link);
        FeedConnections connections = new FeedConnections(
                target,
                ways,
                wanted.bound(),
                wanted.shortTtl(),
                wanted.servesWhileDown(),
                link.resources.eventExecutorGroup(),
                link::newPause,
                new FeedLog(
                        LoggerFactory.getLogger(RedisCacheAdapter.class),
                        target,
                        failure -> CommandFailure.whyUnreachable(failure).tag()));
        open.put(connections, clients);
        Throwable failure = awaitFirst(connections);
        if (failure != null && FeedLog.isUnsupported(failure)) {
            close(connections);
            throw new IllegalArgumentException(
                    settings.target() + " cannot tell what changes in it (" + failure.getMessage()
                            + "): it takes RESP3 and CLIENT TRACKING, or allow a weaker near cache with "
                            + (wanted.orPubSub() ? "orShortTtl" : "orPubSub or orShortTtl"),
                    failure);
        }
        return new RedisFeed(
                settings, link, guard, leases, stats, failures, connections, messages, () -> close(connections));
    }

    private RedisClient client(boolean resp3, List<RedisClient> clients) {
        RedisClient client = RedisClient.create(link.resources);
        client.setOptions(LettuceOptions.feed(settings, resp3));
        clients.add(client);
        return client;
    }

    /** Why the first attempt failed; null if it did not, or takes its time. */
    private @Nullable Throwable awaitFirst(FeedConnections connections) {
        try {
            return connections.firstAttempts().get(settings.connectTimeout().toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException slow) {
            return null;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return null;
        } catch (ExecutionException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private void close(FeedConnections connections) {
        List<RedisClient> clients = open.remove(connections);
        if (clients == null) {
            return;
        }
        RedisLink.awaitUninterruptibly(connections.close(), CLOSE_TIMEOUT);
        RedisLink.awaitUninterruptibly(
                CompletableFuture.allOf(clients.stream()
                        .map(client -> client.shutdownAsync(0, CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS))
                        .toArray(CompletableFuture<?>[]::new)),
                CLOSE_TIMEOUT);
    }

    @Override
    public void close() {
        open.keySet().forEach(this::close);
    }

    /** The servers of a link. */
    private record Target(RedisSettings settings, RedisLink link) implements FeedTarget {

        @Override
        public Collection<String> nodes() {
            return link.nodes();
        }

        @Override
        public RedisURI uriOf(String node) {
            return link.uriOf(node);
        }

        @Override
        public BitSet slotsOf(String node) {
            return link.slotsOf(node);
        }

        @Override
        public byte @Nullable [] probeOf(String node) {
            return settings.target().cluster() ? link.keyOn(node, 0) : null;
        }

        @Override
        public String toString() {
            return settings.target().toString();
        }
    }
}
