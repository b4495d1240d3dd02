package io.cacheport.redis;

import io.cacheport.ErrorCause;
import io.cacheport.TypeRef;
import io.cacheport.ValueEncodingException;
import io.cacheport.lease.Stamp;
import io.cacheport.lease.Terms;
import io.cacheport.spi.Codec;
import io.cacheport.spi.FailureHandler;
import io.cacheport.spi.KeySizes;
import io.cacheport.spi.StatsCounter;
import io.cacheport.spi.UnreadableValueException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
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
    private final KeySizes sizes;
    private final int prefixLength;

    /** {@code ofAnotherKey} is told each key for which another's value came. */
    StoredValues(
            RedisSettings settings,
            StatsCounter stats,
            FailureHandler failures,
            Consumer<byte[]> ofAnotherKey,
            KeySizes sizes) {
        this.codec = settings.codec();
        this.maximumBytes = settings.maximumValueBytes();
        this.stats = stats;
        this.failures = failures;
        this.ofAnotherKey = ofAnotherKey;
        this.sizes = sizes;
        this.prefixLength = settings.keyPrefix().length();
    }

    /** Counts one that cannot be encoded. */
    byte[] encoded(byte[] redisKey, @Nullable Object value) {
        try {
            byte[] bytes = codec.encode(redisKey, value);
            stats.written(bytes.length);
            sized(redisKey, bytes.length);
            return bytes;
        } catch (ValueEncodingException noEncoding) {
            stats.error(ErrorCause.UNENCODABLE);
            throw noEncoding;
        }
    }

    private void sized(byte[] redisKey, int bytes) {
        if (sizes.wants(bytes) && !RedisSettings.isBeside(redisKey)) {
            sizes.sized(new String(redisKey, StandardCharsets.UTF_8).substring(prefixLength), bytes);
        }
    }

    /** What is to be stored, bound to its key. */
    static byte[] stored(byte[] encoded, byte[] redisKey, Terms terms) {
        return KeyMark.marked(terms.isPlain() ? encoded : Frame.around(encoded, terms, Stamp.next()), redisKey);
    }

    boolean isTooLarge(byte[] bytes) {
        return bytes.length > maximumBytes;
    }

    /** The value of what Redis answered for the key, or {@code missing}. */
    <T> @Nullable T decoded(
            String operation, byte[] redisKey, byte @Nullable [] stored, TypeRef<T> type, @Nullable T missing) {
        if (stored == null || LeaseMark.is(stored)) {
            stats.miss();
            return missing;
        }
        try {
            T value = read(redisKey, stored, type);
            stats.hit();
            return value;
        } catch (UnusableException unusable) {
            stats.miss();
            failures.failed(operation, unusable.errorCause, unusable.getCause());
            return missing;
        }
    }

    /** The same of what is there and no lease; counts its bytes and no hit. */
    <T> @Nullable T read(byte[] redisKey, byte[] stored, TypeRef<T> type) throws UnusableException {
        stats.read(stored.length);
        Body body = bodyOf(redisKey, stored);
        sized(redisKey, body.length);
        try {
            return codec.decode(redisKey, stored, body.start, body.length, type);
        } catch (UnreadableValueException unreadable) {
            throw new UnusableException(ErrorCause.UNREADABLE, unreadable);
        }
    }

    /** The encoded value in what is there and no lease, if it is this key's. */
    byte[] body(byte[] redisKey, byte[] stored) throws UnusableException {
        Body body = bodyOf(redisKey, stored);
        return Arrays.copyOfRange(stored, body.start, body.start + body.length);
    }

    /** Where in what is stored the encoded value is. */
    private record Body(int start, int length) {}

    private Body bodyOf(byte[] redisKey, byte[] stored) throws UnusableException {
        boolean marked = KeyMark.isOf(stored, redisKey);
        if (!marked && KeyMark.isMarked(stored)) {
            ofAnotherKey.accept(redisKey);
            throw new UnusableException(ErrorCause.WRONG_KEY, null);
        }
        Frame frame = Frame.of(stored);
        int end = stored.length - (marked ? KeyMark.LENGTH : 0);
        int start = frame == null ? 0 : Math.min(frame.bodyStart(), end);
        if (end - start > maximumBytes) {
            throw new UnusableException(ErrorCause.TOO_LARGE, null);
        }
        return new Body(start, end - start);
    }

    /** What is stored is of no use for the key and type. */
    static final class UnusableException extends Exception {

        private static final long serialVersionUID = 1L;

        private final ErrorCause errorCause;

        private UnusableException(ErrorCause errorCause, @Nullable Throwable cause) {
            super(null, cause, false, false);
            this.errorCause = errorCause;
        }

        ErrorCause errorCause() {
            return errorCause;
        }
    }
}
