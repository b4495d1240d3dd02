package io.cacheport.redis;

import io.cacheport.TypeRef;
import io.cacheport.redis.Calls.Command;
import io.cacheport.redis.Calls.Kind;
import io.cacheport.redis.StoredValues.UnusableException;
import io.cacheport.spi.FailureHandler;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;

/**
 * Asks for structures, and reads and writes their elements. What is in a place that an invalidation still waits for is not
 * asked: it might be removed after the answer.
 */
final class StructureCalls {

    /** Written in one step. */
    static final int ELEMENTS_AT_ONCE = 500;

    private final RedisGuard guard;
    private final StoredValues values;
    private final FailureHandler failures;

    /** Writes some of the elements in one step; what the server says to it. */
    interface Write {
        CompletionStage<Long> of(
                RedisClusterAsyncCommands<byte[], byte[]> commands, byte[] redisKey, List<byte[]> elements);
    }

    StructureCalls(RedisGuard guard, StoredValues values, FailureHandler failures) {
        this.guard = guard;
        this.values = values;
        this.failures = failures;
    }

    /** The answer; null for none, or where it could not be had. */
    <R> @Nullable R asked(String operation, Kind kind, byte[] redisKey, Command<R> command) {
        try {
            if (!guard.isReadable(redisKey)) {
                throw CommandFailure.journaled();
            }
            return guard.calls().call(kind, redisKey, command);
        } catch (CommandFailure failure) {
            failures.failed(operation, failure.errorCause(), failure.getCause());
            return null;
        }
    }

    <R> R asked(String operation, Kind kind, byte[] redisKey, Command<R> command, R none) {
        R answer = asked(operation, kind, redisKey, command);
        return answer == null ? none : answer;
    }

    /** Writes that make the structure, with a life in milliseconds if it is not 0. */
    List<Long> written(
            String operation, String command, byte[] redisKey, List<byte[]> elements, int atOnce, long millis) {
        byte[] name = bytes(command);
        byte[] life = Script.argument(millis);
        return written(operation, redisKey, elements, atOnce, (commands, place, some) -> {
            byte[][] arguments = new byte[some.size() + 2][];
            arguments[0] = name;
            arguments[1] = life;
            for (int i = 0; i < some.size(); i++) {
                arguments[i + 2] = some.get(i);
            }
            return Script.MAKE.run(commands, place, arguments);
        });
    }

    /** What the server said to each part, up to the first that failed. */
    List<Long> written(String operation, byte[] redisKey, List<byte[]> elements, int atOnce, Write write) {
        List<Long> answers = new ArrayList<>();
        for (int from = 0; from < elements.size(); from += atOnce) {
            List<byte[]> some = elements.subList(from, Math.min(elements.size(), from + atOnce));
            Long answer = asked(operation, Kind.WRITE, redisKey, commands -> write.of(commands, redisKey, some));
            if (answer == null) {
                break;
            }
            answers.add(answer);
        }
        return answers;
    }

    static long sum(List<Long> answers) {
        return answers.stream().mapToLong(Long::longValue).sum();
    }

    /** The element that these bytes are, or null where there is none or it is of no use. */
    <T> @Nullable T element(String operation, byte[] redisKey, byte @Nullable [] stored, TypeRef<T> type) {
        if (stored == null) {
            return null;
        }
        try {
            return values.read(redisKey, stored, type);
        } catch (UnusableException unusable) {
            failures.failed(operation, unusable.errorCause(), unusable.getCause());
            return null;
        }
    }

    /** Null if it is too large. */
    byte @Nullable [] stored(byte[] redisKey, Object value) {
        byte[] encoded = values.encoded(redisKey, value);
        return values.isTooLarge(encoded) ? null : KeyMark.marked(encoded, redisKey);
    }

    static List<byte[]> bytes(Set<String> texts) {
        return texts.stream().map(StructureCalls::bytes).toList();
    }

    static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
