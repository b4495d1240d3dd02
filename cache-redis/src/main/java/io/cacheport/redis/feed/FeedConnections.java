package io.cacheport.redis.feed;

import io.cacheport.redis.feed.FeedConnection.Armed;
import io.cacheport.tiered.Coherence;
import io.cacheport.tiered.FeedState;
import io.cacheport.tiered.Proof;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.resource.Delay;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Future;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** One connection to each server, all of them asked for a proof four times within the bound. */
public final class FeedConnections {

    /** How often a proof is asked for within the bound. */
    private static final int ASKED = 4;

    private final FeedTarget target;
    private final List<Way> ways;
    private final Duration bound;
    private final @Nullable Duration shortTtl;
    private final boolean servesWhileDown;
    private final ScheduledExecutorService executor;
    private final Supplier<Delay> pauses;
    private final FeedLog log;
    private final AtomicLong losses = new AtomicLong();
    private final Map<String, FeedConnection> connections = new ConcurrentHashMap<>();
    private final Future<?> ticking;
    private volatile long lastTick = System.nanoTime();
    private volatile boolean closed;

    /**
     * How something is to be read, to be copied.
     *
     * @param commands over which connection; null for that of all other commands
     * @param proof which the copy has; null if it is not to be copied
     */
    public record Reading(
            @Nullable RedisAsyncCommands<byte[], byte[]> commands,
            @Nullable Proof proof) {

        private static final Reading UNCOPIED = new Reading(null, null);
    }

    /**
     * Begins.
     *
     * @param ways the strongest first; a server that does not know one is tried with the next
     * @param shortTtl how long a copy is true where nothing is heard
     * @param pauses between attempts to connect
     */
    public FeedConnections(
            FeedTarget target,
            List<Way> ways,
            Duration bound,
            @Nullable Duration shortTtl,
            boolean servesWhileDown,
            ScheduledExecutorService executor,
            Supplier<Delay> pauses,
            FeedLog log) {
        this.target = target;
        this.ways = List.copyOf(ways);
        this.bound = bound;
        this.shortTtl = shortTtl;
        this.servesWhileDown = servesWhileDown;
        this.executor = executor;
        this.pauses = pauses;
        this.log = log;
        look();
        long period = bound.toNanos() / ASKED;
        // with a delay: ticks that were missed while the process stood still would come at once, and leave no time to
        // answer
        this.ticking = executor.scheduleWithFixedDelay(this::tick, period, period, TimeUnit.NANOSECONDS);
    }

    FeedTarget target() {
        return target;
    }

    List<Way> ways() {
        return ways;
    }

    Duration bound() {
        return bound;
    }

    boolean servesWhileDown() {
        return servesWhileDown;
    }

    ScheduledExecutorService executor() {
        return executor;
    }

    Supplier<Delay> pauses() {
        return pauses;
    }

    /** Completes when each server that is known has been tried once, with why the first of those that failed did. */
    public CompletableFuture<@Nullable Throwable> firstAttempts() {
        CompletableFuture<@Nullable Throwable> all = CompletableFuture.completedFuture(null);
        for (FeedConnection one : connections.values()) {
            all = all.thenCombine(one.firstAttempt(), (before, failure) -> before == null ? failure : before);
        }
        return all;
    }

    /** How to read from this server now. */
    public Reading reading(String node, long now) {
        FeedConnection connection = connections.get(node);
        Armed armed = connection == null ? null : connection.armed();
        if (armed == null) {
            return Reading.UNCOPIED;
        }
        return switch (armed.way().coherence()) {
            case TRACKING ->
                new Reading(
                        armed.connection() == null ? null : armed.connection().async(), armed.proof());
            case PUBSUB -> new Reading(null, armed.proof());
            case SHORT_TTL -> new Reading(null, shortTtl == null ? null : new Proof(shortTtl, now));
            case OFF -> Reading.UNCOPIED;
        };
    }

    /** Whether changes are heard of in messages. */
    public boolean hearMessages() {
        return connections.values().stream()
                .map(FeedConnection::armed)
                .anyMatch(armed -> armed != null && armed.way().coherence() == Coherence.PUBSUB);
    }

    private void tick() {
        long now = System.nanoTime();
        boolean wasLate = now - lastTick > bound.toNanos() / 2;
        lastTick = now;
        try {
            look();
            connections.values().forEach(one -> one.tick(now, wasLate));
        } catch (RuntimeException failure) { // which would be the last tick otherwise
            log.cannot("all nodes", failure);
        }
    }

    /** Who is there now. */
    private void look() {
        if (closed) {
            return;
        }
        Collection<String> nodes = target.nodes();
        if (nodes.isEmpty()) {
            return;
        }
        for (String node : nodes) {
            FeedConnection known = connections.get(node);
            if (known == null) {
                FeedConnection made = new FeedConnection(node, this, log, losses);
                connections.put(node, made);
                made.connect(1);
            } else {
                known.look();
            }
        }
        connections.forEach((node, one) -> {
            if (!nodes.contains(node) && connections.remove(node, one)) {
                CompletableFuture<?> unused = one.close();
            }
        });
    }

    /** The weakest way in force, and the proofs. */
    public FeedState state() {
        long now = System.nanoTime();
        Coherence weakest = Coherence.OFF;
        Map<String, Duration> ages = new HashMap<>();
        for (Map.Entry<String, FeedConnection> one : connections.entrySet()) {
            Armed armed = one.getValue().armed();
            if (armed == null) {
                continue;
            }
            Coherence its = armed.way().coherence();
            if (weakest == Coherence.OFF || its.compareTo(weakest) > 0) {
                weakest = its;
            }
            long age = its == Coherence.SHORT_TTL && shortTtl != null
                    ? shortTtl.toNanos()
                    : armed.proof().ageAt(now);
            ages.put(one.getKey(), Duration.ofNanos(Math.max(0, age)));
        }
        return new FeedState(weakest, ages, connections.size(), losses.get());
    }

    /** Ends all; completes when the connections are closed. */
    public CompletableFuture<?> close() {
        closed = true;
        log.closed();
        ticking.cancel(false);
        List<CompletableFuture<?>> closing = new ArrayList<>();
        connections.values().forEach(one -> closing.add(one.close()));
        return CompletableFuture.allOf(closing.toArray(CompletableFuture<?>[]::new));
    }
}
