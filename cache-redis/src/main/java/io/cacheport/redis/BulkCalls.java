package io.cacheport.redis;

import io.cacheport.redis.Calls.Command;
import io.cacheport.redis.Calls.Kind;
import io.cacheport.redis.Calls.Outcome;
import io.cacheport.redis.GuardedCalls.Addressed;
import io.lettuce.core.KeyValue;
import io.lettuce.core.SetArgs;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Commands over many keys: in batches that stay short for everybody else, in groups as the server demands, each batch
 * within one budget. What one node answers does not depend on another that does not.
 */
final class BulkCalls {

    /** Most keys in one MGET or UNLINK, and most SETs sent together. */
    static final int BATCH = 500;

    private final RedisLink link;
    private final GuardedCalls calls;

    /** The answers there were, what went unanswered, and the first failure if there was one. */
    record Bulk<E, R>(
            List<R> answers, List<E> unanswered, @Nullable CommandFailure failure) {}

    BulkCalls(RedisLink link, GuardedCalls calls) {
        this.link = link;
        this.calls = calls;
    }

    /** Each key answered, with its value if it has one. */
    Bulk<byte[], KeyValue<byte[], byte[]>> mget(List<byte[]> keys) {
        Bulk<byte[], List<KeyValue<byte[], byte[]>>> groups = send(
                Kind.READ,
                keys,
                batch -> grouped(
                        batch, group -> new Addressed<>(link.nodeOf(group[0]), commands -> commands.mget(group))));
        return new Bulk<>(
                groups.answers().stream().flatMap(List::stream).toList(), groups.unanswered(), groups.failure());
    }

    /** How many each group of keys had. */
    Bulk<byte[], Long> unlink(List<byte[]> keys) {
        return send(
                Kind.REMOVAL,
                keys,
                batch -> grouped(
                        batch, group -> new Addressed<>(link.nodeOf(group[0]), commands -> commands.unlink(group))));
    }

    /** One answer for each value stored. */
    Bulk<KeyValue<byte[], byte[]>, String> set(List<KeyValue<byte[], byte[]>> values, SetArgs expiry) {
        return send(
                Kind.WRITE,
                values,
                batch -> batch.stream()
                        .map(one -> new Part<>(
                                List.of(one),
                                new Addressed<String>(
                                        link.nodeOf(one.getKey()),
                                        commands -> commands.set(one.getKey(), one.getValue(), expiry))))
                        .toList());
    }

    /** A command for one key. */
    <R> Addressed<R> addressed(byte[] key, Command<R> command) {
        return new Addressed<>(link.nodeOf(key), command);
    }

    /** Sent together, each with an outcome of its own, in order. */
    <R> List<Outcome<R>> each(Kind kind, List<Addressed<R>> all) {
        List<Outcome<R>> outcomes = new ArrayList<>(all.size());
        for (int from = 0; from < all.size(); from += BATCH) {
            outcomes.addAll(calls.callEach(kind, all.subList(from, Math.min(all.size(), from + BATCH))));
        }
        return outcomes;
    }

    /** A command and what it is for. */
    private record Part<E, R>(List<E> elements, Addressed<R> command) {}

    private <R> List<Part<byte[], R>> grouped(List<byte[]> keys, Function<byte[][], Addressed<R>> command) {
        return link.groups(keys).stream()
                .map(group -> new Part<>(group, command.apply(group.toArray(byte[][]::new))))
                .toList();
    }

    private <E, R> Bulk<E, R> send(Kind kind, List<E> all, Function<List<E>, List<Part<E, R>>> partsOf) {
        List<R> answers = new ArrayList<>();
        List<E> unanswered = new ArrayList<>();
        CommandFailure first = null;
        for (int from = 0; from < all.size(); from += BATCH) {
            List<Part<E, R>> parts = partsOf.apply(all.subList(from, Math.min(all.size(), from + BATCH)));
            List<Outcome<R>> outcomes =
                    calls.callEach(kind, parts.stream().map(Part::command).toList());
            for (int i = 0; i < outcomes.size(); i++) {
                try {
                    answers.add(outcomes.get(i).orThrow());
                } catch (CommandFailure failure) {
                    unanswered.addAll(parts.get(i).elements());
                    first = first == null ? failure : first;
                }
            }
        }
        return new Bulk<>(answers, unanswered, first);
    }
}
