package io.cacheport.redis;

import io.cacheport.Glob;
import io.cacheport.guard.CircuitState;
import io.cacheport.guard.CircuitTransition;
import io.cacheport.guard.Guard;
import io.cacheport.guard.GuardStats;
import io.cacheport.redis.guard.Circuits;
import io.cacheport.redis.guard.InvalidationJournal;
import io.cacheport.spi.CacheTelemetry;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** How an adapter gets at its Redis: circuits, journal and the calls that pass them, put together. */
final class RedisGuard implements Guard, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(RedisCacheAdapter.class);

    private final RedisSettings settings;
    private final RedisLink link;
    private final Calls unguarded;
    private final Circuits circuits;
    private final InvalidationJournal journal;
    private final Recovery recovery;
    private final GuardedCalls calls;
    private final BulkCalls bulks;
    private final Removals removals;

    RedisGuard(RedisSettings settings, RedisLink link, CacheTelemetry telemetry) {
        this.settings = settings;
        this.link = link;
        this.unguarded = new Calls(link, settings);
        this.circuits = new Circuits(settings.circuitBreaker(), settings.commandTimeout(), System::nanoTime, log);
        this.journal = new InvalidationJournal(settings.journalLimit(), glob -> Glob.of(glob)::matches);
        this.recovery = new Recovery(unguarded, link, circuits, journal, settings);
        this.calls = new GuardedCalls(unguarded, link, circuits, telemetry);
        this.bulks = new BulkCalls(link, calls);
        this.removals = new Removals(unguarded, calls, bulks, link, journal, recovery, settings);
        circuits.onTransition(this::changed);
    }

    GuardedCalls calls() {
        return calls;
    }

    BulkCalls bulks() {
        return bulks;
    }

    Removals removals() {
        return removals;
    }

    /** For questions about Redis itself, which are asked whatever the circuits say. */
    Calls unguarded() {
        return unguarded;
    }

    /** False while an invalidation of the key waits. */
    boolean isReadable(byte[] redisKey) {
        return journal.isEmpty()
                || !journal.covers(
                        new String(redisKey, StandardCharsets.UTF_8)
                                .substring(settings.keyPrefix().length()),
                        link.slotOf(redisKey));
    }

    /** A reply for this key held another's value: the connection it came over is not to be trusted any more. */
    void repliesAreMixedUp(byte[] redisKey) {
        link.reconsider(link.nodeOf(redisKey), true);
    }

    /** Whether the key can be read and its node has answered for a while. */
    boolean isSteady(byte[] redisKey) {
        String node = link.nodeOf(redisKey);
        return link.isUp(node) && circuits.of(node).isSteady() && isReadable(redisKey);
    }

    /** One line when a node is given up, and one when it is back; what lies between is the probe's affair. */
    private void changed(CircuitTransition change) {
        if (change.to() == CircuitState.OPEN && change.from() == CircuitState.CLOSED) {
            log.atWarn()
                    .addKeyValue("node", change.node())
                    .addKeyValue("cause", circuits.lastCause().tag())
                    .addKeyValue("journal", journal.pending())
                    .log("circuit opened; the node is not asked, its keys miss and their invalidations are kept");
        } else if (change.to() == CircuitState.CLOSED) {
            log.atInfo()
                    .addKeyValue("node", change.node())
                    .addKeyValue("replayed", journal.replayedCount())
                    .log("circuit closed; the node is asked again");
        } else if (change.to() == CircuitState.FORCED_OPEN || change.to() == CircuitState.FORCED_CLOSED) {
            log.atWarn()
                    .addKeyValue("node", change.node())
                    .addKeyValue("circuit", change.to().tag())
                    .log("circuit forced");
        }
        if (change.to() == CircuitState.OPEN && settings.target().cluster()) {
            link.suspect(change.node(), circuits.lastCause());
        }
        recovery.wake();
    }

    @Override
    public Map<String, CircuitState> circuits() {
        link.nodes().forEach(circuits::of);
        return circuits.states();
    }

    boolean isClosed() {
        return circuits.areClosed();
    }

    @Override
    public GuardStats stats() {
        return new GuardStats(
                circuits.openedCount(),
                circuits.rejectedCount(),
                journal.pending(),
                journal.replayedCount(),
                journal.overflowCount(),
                journal.lostCount());
    }

    @Override
    public void forceOpen() {
        link.nodes().forEach(circuits::of);
        circuits.force(CircuitState.FORCED_OPEN);
    }

    @Override
    public void forceClosed() {
        link.nodes().forEach(circuits::of);
        circuits.force(CircuitState.FORCED_CLOSED);
    }

    @Override
    public void release() {
        circuits.force(CircuitState.CLOSED);
        recovery.wake();
    }

    @Override
    public void onTransition(Consumer<CircuitTransition> listener) {
        if (listener == null) {
            throw new IllegalArgumentException("listener is null");
        }
        circuits.onTransition(listener);
    }

    /** Makes what waits, if it can be made in a moment, and says what it could not. */
    @Override
    public void close() {
        recovery.close();
        long lost = journal.giveUp();
        if (lost > 0) {
            log.atWarn()
                    .addKeyValue("lost", lost)
                    .log(
                            "closed with invalidations that Redis never heard of; what they name may be read until its TTL ends");
        }
    }

    @Override
    public String toString() {
        return "Guard[" + circuits.states() + ", " + journal.pending() + " invalidations kept]";
    }
}
