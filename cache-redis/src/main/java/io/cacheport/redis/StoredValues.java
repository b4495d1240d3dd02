package io.cacheport.redis;

import io.cacheport.ErrorCause;
import io.cacheport.TypeRef;
import io.cacheport.ValueEncodingException;
import io.cacheport.spi.Codec;
import io.cacheport.spi.FailureHandler;
import io.cacheport.spi.StatsCounter;
import io.cacheport.spi.UnreadableValueException;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Values to bytes and back, on the caller's thread, within the size limit and bound to their keys; a read counts as the
 * hit or miss it is.
 */
final class StoredValues {

    private final Codec codec;
    private final int maximumBytes;
    private final StatsCounter stats;
    private final FailureHandler failures;
    private final Consumer<byte[]> ofAnotherKey;

    /** {@code ofAnotherKey} is told each key for which another's value came. */
    StoredValues(RedisSettings settings, StatsCounter stats, FailureHandler failures, Consumer<byte[]> ofAnotherKey) {
        this.codec = settings.codec();
        this.maximumBytes = settings.maximumValueBytes();
        this.stats = stats;
        this.failures = failures;
        this.ofAnotherKey = ofAnotherKey;
    }

    byte[] encoded(@Nullable Object value) {
        try {
            return codec.encode(value);
        } catch (ValueEncodingException noEncoding) {
            stats.error();
            throw noEncoding;
        }
    }

    boolean isTooLarge(byte[] bytes) {
        return bytes.length > maximumBytes;
    }

    /** The value of what Redis answered for the key, or {@code missing}. */
    <T> @Nullable T decoded(
            String operation, byte[] redisKey, byte @Nullable [] stored, TypeRef<T> type, @Nullable T missing) {
        if (stored == null) {
            stats.miss();
            return missing;
        }
        boolean marked = KeyMark.isOf(stored, redisKey);
        if (!marked && KeyMark.isMarked(stored)) {
            stats.miss();
            ofAnotherKey.accept(redisKey);
            failures.failed(operation, ErrorCause.WRONG_KEY, null);
            return missing;
        }
        byte[] bytes = marked ? KeyMark.unmarked(stored) : stored;
        if (isTooLarge(bytes)) {
            stats.miss();
            failures.failed(operation, ErrorCause.TOO_LARGE, null);
            return missing;
        }
        try {
            T value = codec.decode(bytes, type);
            stats.hit();
            return value;
        } catch (UnreadableValueException unreadable) {
            stats.miss();
            failures.failed(operation, ErrorCause.UNREADABLE, unreadable);
            return missing;
        }
    }
}
