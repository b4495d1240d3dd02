package io.cacheport.redis.codec;

import io.cacheport.TypeRef;
import io.cacheport.spi.Codec;
import io.cacheport.spi.UnreadableValueException;
import java.nio.ByteBuffer;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * A codec whose longer values are compressed by zstd. Immutable; each method gives a changed copy.
 *
 * <p>A value below the threshold, or that would not get smaller, is stored as the codec inside makes it, and both forms are
 * read, whatever the threshold: so it can be switched on, and its threshold changed, while others run. A process without it
 * reads what is compressed as a miss.
 *
 * <p>What is compressed begins with a byte that no UTF-8 has, and the numbers have their most significant byte first:
 *
 * <pre>
 *  0   1  F5
 *  1   1  version, 01
 *  2   4  bytes of the value when it is no longer compressed
 *  6   4  CRC32C of those
 * 10      a frame of zstd
 * </pre>
 *
 * <p>Stored bytes are untrusted. Before anything is expanded its length is looked at: above the {@link #maximumBytes}, or more
 * than {@value #MAXIMUM_RATIO} times what is stored, it is unreadable; no more than that length is ever allocated. A value
 * that would go beyond either is stored as it is.
 *
 * @since 0.1
 */
public final class CompressedCodec implements Codec {

    /** The threshold in bytes unless said otherwise. */
    public static final int DEFAULT_THRESHOLD = 1 << 10;

    /** The most bytes that a value has before it is compressed, unless said otherwise: 16 MiB. */
    public static final int DEFAULT_MAXIMUM_BYTES = 16 << 20;

    /** So many times what is stored a value is at most. */
    public static final int MAXIMUM_RATIO = 256;

    private static final byte MAGIC = (byte) 0xF5;
    private static final byte VERSION = 1;
    private static final int HEADER = 10;

    private final Codec inside;
    private final int threshold;
    private final int maximumBytes;

    private CompressedCodec(Codec inside, int threshold, int maximumBytes) {
        this.inside = inside;
        this.threshold = positive("threshold", threshold);
        this.maximumBytes = positive("maximumBytes", maximumBytes);
    }

    /**
     * The codec, with compression.
     *
     * @throws IllegalArgumentException if it compresses or encrypts already: what is encrypted does not get smaller, so compress first
     * @throws IllegalStateException if {@code com.github.luben:zstd-jni} is missing
     */
    public static CompressedCodec of(Codec codec) {
        if (codec == null) {
            throw new IllegalArgumentException("codec is null");
        }
        if (codec instanceof EncryptedCodec) {
            throw new IllegalArgumentException("codec (" + codec
                    + ") encrypts, and what is encrypted does not get smaller: compress first, then encrypt");
        }
        if (codec instanceof CompressedCodec) {
            throw new IllegalArgumentException("codec (" + codec + ") compresses already");
        }
        Zstd.requirePresent();
        return new CompressedCodec(codec, DEFAULT_THRESHOLD, DEFAULT_MAXIMUM_BYTES);
    }

    /** This codec, with values compressed from so many bytes on; {@value #DEFAULT_THRESHOLD} unless said. */
    public CompressedCodec threshold(int bytes) {
        return new CompressedCodec(inside, bytes, maximumBytes);
    }

    /**
     * This codec, with another limit for a value before it is compressed, and after it is expanded; 16 MiB unless said. The
     * limit of the cache, {@code maximumValueBytes}, is for what is stored.
     */
    public CompressedCodec maximumBytes(int bytes) {
        return new CompressedCodec(inside, threshold, bytes);
    }

    /** This codec, with values encrypted, each bound to its key, after they are compressed. */
    public EncryptedCodec encrypted(EncryptionKeys keys) {
        return EncryptedCodec.of(this, keys);
    }

    private static int positive(String name, int bytes) {
        if (bytes <= 0) {
            throw new IllegalArgumentException(name + " " + bytes + " is not positive");
        }
        return bytes;
    }

    @Override
    public byte[] encode(byte[] key, @Nullable Object value) {
        byte[] plain = inside.encode(key, value);
        boolean alike = plain[0] == MAGIC; // a codec of one's own may begin so; compressed it is not mistaken
        if ((plain.length < threshold && !alike) || plain.length > maximumBytes) {
            return plain;
        }
        byte[] squeezed = Zstd.compressed(plain);
        int length = HEADER + squeezed.length;
        if ((length >= plain.length && !alike) || plain.length > (long) MAXIMUM_RATIO * length) {
            return plain;
        }
        return ByteBuffer.allocate(length)
                .put(MAGIC)
                .put(VERSION)
                .putInt(plain.length)
                .putInt(sumOf(plain))
                .put(squeezed)
                .array();
    }

    @Override
    public <T> @Nullable T decode(byte[] key, byte[] bytes, TypeRef<T> type) throws UnreadableValueException {
        return decode(key, bytes, 0, bytes.length, type);
    }

    @Override
    public <T> @Nullable T decode(byte[] key, byte[] bytes, int start, int length, TypeRef<T> type)
            throws UnreadableValueException {
        boolean compressed = length > 0 && bytes[start] == MAGIC;
        return compressed
                ? inside.decode(key, expanded(bytes, start, length, type), type)
                : inside.decode(key, bytes, start, length, type);
    }

    private byte[] expanded(byte[] bytes, int start, int stored, TypeRef<?> type) throws UnreadableValueException {
        if (stored <= HEADER || bytes[start + 1] != VERSION) {
            throw new UnreadableValueException(type, "compressed in a way that is not known");
        }
        ByteBuffer header = ByteBuffer.wrap(bytes, start + 2, HEADER - 2);
        int length = header.getInt();
        if (length <= 0 || length > maximumBytes || length > (long) MAXIMUM_RATIO * stored) {
            throw new UnreadableValueException(type, "compressed, and more than it may be when expanded");
        }
        byte[] plain = new byte[length];
        if (!Zstd.expand(bytes, start + HEADER, stored - HEADER, plain) || sumOf(plain) != header.getInt()) {
            throw new UnreadableValueException(type, "compressed, and not what it was");
        }
        return plain;
    }

    private static int sumOf(byte[] plain) {
        CRC32C sum = new CRC32C();
        sum.update(plain);
        return (int) sum.getValue();
    }

    @Override
    public String toString() {
        return inside + ", zstd from " + threshold + " bytes";
    }
}
