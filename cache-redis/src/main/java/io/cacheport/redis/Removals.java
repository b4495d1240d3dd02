package io.cacheport.redis;

import io.cacheport.ErrorCause;
import io.cacheport.redis.BulkCalls.Bulk;
import io.cacheport.redis.guard.InvalidationJournal;
import java.nio.charset.StandardCharsets;
import java.util.BitSet;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Removals, by key and by pattern. What cannot be removed goes to the journal before the caller hears of it, so that
 * nobody here reads it any more.
 */
final class Removals {

    private static final Logger log = LoggerFactory.getLogger(RedisCacheAdapter.class);

    private final Calls calls;
    private final GuardedCalls guarded;
    private final BulkCalls bulks;
    private final RedisLink link;
    private final InvalidationJournal journal;
    private final Recovery recovery;
    private final RedisSettings settings;

    /** How many entries were removed, and the first failure if there was one. */
    record Removal(long removed, @Nullable CommandFailure failure) {}

    Removals(
            Calls calls,
            GuardedCalls guarded,
            BulkCalls bulks,
            RedisLink link,
            InvalidationJournal journal,
            Recovery recovery,
            RedisSettings settings) {
        this.calls = calls;
        this.guarded = guarded;
        this.bulks = bulks;
        this.link = link;
        this.journal = journal;
        this.recovery = recovery;
        this.settings = settings;
    }

    Removal keys(List<String> keys) {
        Bulk<byte[], Long> bulk =
                bulks.unlink(keys.stream().map(settings::redisKey).toList());
        if (isKept(bulk.failure())) {
            int prefix = settings.keyPrefix().length();
            boolean all = true;
            for (byte[] redisKey : bulk.unanswered()) {
                all &= journal.add(new String(redisKey, StandardCharsets.UTF_8).substring(prefix), link.allSlots());
            }
            kept(all);
        }
        return new Removal(bulk.answers().stream().mapToLong(Long::longValue).sum(), bulk.failure());
    }

    /** On every master that can be asked; where that is not possible, or was not to the end, later. */
    Removal matching(String glob) {
        KeySweep sweep = new KeySweep(calls, settings.patternOf(glob));
        BitSet left = link.allSlots();
        CommandFailure first = null;
        Collection<String> nodes = link.nodes();
        if (nodes.isEmpty()) {
            first = link.isClosed() ? CommandFailure.closed() : CommandFailure.notConnected();
        }
        for (String node : nodes) {
            BitSet slots = link.slotsOf(node);
            try {
                guarded.requireClosed(node);
                sweep.run(node);
                left.andNot(slots);
            } catch (CommandFailure failure) {
                first = first == null ? failure : first;
            }
        }
        if (isKept(first)) {
            kept(journal.add(glob, left, link.allSlots()));
        }
        return new Removal(sweep.removed(), first);
    }

    /** Nobody replays for a cache that was closed. */
    private static boolean isKept(@Nullable CommandFailure failure) {
        return failure != null && failure.errorCause() != ErrorCause.CLOSED;
    }

    private void kept(boolean all) {
        if (!all) {
            log.atWarn()
                    .addKeyValue("limit", settings.journalLimit())
                    .log("too many invalidations wait for Redis; they become one of everything under the prefix");
        }
        recovery.wake();
    }
}
