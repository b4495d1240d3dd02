package io.cacheport.redis;

import io.cacheport.redis.Calls.Command;
import io.cacheport.redis.Calls.Kind;
import io.cacheport.redis.Calls.Outcome;
import io.cacheport.redis.guard.InvalidationJournal;
import io.cacheport.redis.guard.InvalidationJournal.KeptKey;
import io.cacheport.redis.guard.InvalidationJournal.KeptPattern;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.stream.Collectors;

/** Makes what waits in the journal for one node. Passes no circuit: it is what closes one. */
final class JournalReplay {

    private final Calls calls;
    private final RedisLink link;
    private final InvalidationJournal journal;
    private final RedisSettings settings;

    JournalReplay(Calls calls, RedisLink link, InvalidationJournal journal, RedisSettings settings) {
        this.calls = calls;
        this.link = link;
        this.journal = journal;
        this.settings = settings;
    }

    /**
     * Ends at the first thing that the node does not do; false if it could not be asked. One that refuses, as a replica
     * does, is well enough to be read: what waits reads as a miss in any case. Where the master is now is looked for each
     * time, since nobody else may be writing who would have it looked for.
     */
    boolean run(String node) {
        if (journal.isEmpty()) {
            return true;
        }
        BitSet slots = link.slotsOf(node);
        try {
            for (KeptPattern pattern : journal.patterns()) {
                if (pattern.slots().intersects(slots)) {
                    new KeySweep(calls, settings.patternOf(pattern.glob())).run(node);
                    journal.done(pattern, slots);
                }
            }
            List<KeptKey> keys = journal.keys().stream()
                    .filter(key -> slots.get(link.slotOf(settings.redisKey(key.key()))))
                    .toList();
            for (int from = 0; from < keys.size(); from += BulkCalls.BATCH) {
                unlink(keys.subList(from, Math.min(keys.size(), from + BulkCalls.BATCH)));
            }
            return true;
        } catch (CommandFailure failure) {
            if (failure.isFromReplica()) {
                link.reconsider(node, false);
            }
            return !failure.isOfTheNode();
        }
    }

    private void unlink(List<KeptKey> keys) throws CommandFailure {
        List<List<KeptKey>> groups = List.copyOf(keys.stream()
                .collect(Collectors.groupingBy(key -> link.slotOf(settings.redisKey(key.key()))))
                .values());
        List<Command<Long>> commands = new ArrayList<>();
        for (List<KeptKey> group : groups) {
            byte[][] redisKeys =
                    group.stream().map(key -> settings.redisKey(key.key())).toArray(byte[][]::new);
            commands.add(any -> any.unlink(redisKeys));
        }
        CommandFailure first = null;
        List<Outcome<Long>> outcomes = calls.callEach(Kind.REMOVAL, commands);
        for (int i = 0; i < outcomes.size(); i++) {
            CommandFailure failure = outcomes.get(i).failure();
            if (failure == null) {
                groups.get(i).forEach(journal::done);
            } else if (first == null) {
                first = failure;
            }
        }
        if (first != null) {
            throw first;
        }
    }
}
