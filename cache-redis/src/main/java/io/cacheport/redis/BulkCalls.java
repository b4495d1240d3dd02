package io.cacheport.redis;

import io.cacheport.redis.Calls.Command;
import io.cacheport.redis.Calls.Kind;
import io.cacheport.redis.Calls.Outcome;
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
    private static final int BATCH = 500;

    private final RedisLink link;
    private final Calls calls;

    /** The answers there were, and the first failure if there was one. */
    record Bulk<R>(List<R> answers, @Nullable CommandFailure failure) {}

    BulkCalls(RedisLink link, Calls calls) {
        this.link = link;
        this.calls = calls;
    }

    /** Each key answered, with its value if it has one. */
    Bulk<KeyValue<byte[], byte[]>> mget(List<byte[]> keys) {
        Bulk<List<KeyValue<byte[], byte[]>>> groups =
                send(Kind.READ, keys, batch -> grouped(batch, group -> commands -> commands.mget(group)));
        return new Bulk<>(groups.answers().stream().flatMap(List::stream).toList(), groups.failure());
    }

    /** How many each group of keys had. */
    Bulk<Long> unlink(List<byte[]> keys) {
        return send(Kind.REMOVAL, keys, batch -> grouped(batch, group -> commands -> commands.unlink(group)));
    }

    /** One answer for each value stored. */
    Bulk<String> set(List<KeyValue<byte[], byte[]>> values, SetArgs expiry) {
        return send(
                Kind.WRITE,
                values,
                batch -> batch.stream()
                        .<Command<String>>map(one -> commands -> commands.set(one.getKey(), one.getValue(), expiry))
                        .toList());
    }

    private <R> List<Command<R>> grouped(List<byte[]> keys, Function<byte[][], Command<R>> command) {
        return link.groups(keys).stream()
                .map(group -> command.apply(group.toArray(byte[][]::new)))
                .toList();
    }

    private <E, R> Bulk<R> send(Kind kind, List<E> all, Function<List<E>, List<Command<R>>> commandsOf) {
        List<R> answers = new ArrayList<>();
        CommandFailure first = null;
        for (int from = 0; from < all.size(); from += BATCH) {
            List<E> batch = all.subList(from, Math.min(all.size(), from + BATCH));
            for (Outcome<R> outcome : calls.callEach(kind, commandsOf.apply(batch))) {
                try {
                    answers.add(outcome.orThrow());
                } catch (CommandFailure failure) {
                    first = first == null ? failure : first;
                }
            }
        }
        return new Bulk<>(answers, first);
    }
}
