package io.cacheport.redis.codec;

import io.cacheport.TypeRef;
import io.cacheport.ValueEncodingException;
import io.cacheport.spi.Codec;
import io.cacheport.spi.UnreadableValueException;
import java.nio.ByteBuffer;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Values in the binary format of Apache Fory: about an eighth of the processor time of JSON and half of its bytes, for Java
 * alone. Thread-safe; what reads and writes a class is generated when it is first met, which takes a second or so.
 *
 * <p>Reading is strict, as it is for JSON: a class that has changed reads old entries as misses, whether a property has come,
 * gone or got another name or type; an enum constant is stored by its name. The class of the value is stored by its name too,
 * so a class that is renamed or moved reads misses.
 *
 * <p>Bytes choose no class. A value of type {@code T} can be made of {@code T}, of the classes its properties are declared
 * with, down to the last, of those that a sealed type permits, and of the JDK's texts, numbers, times and collections. So a
 * property is declared with its class, a sealed type, or a type of the JDK: what only an open interface or {@code Object} stands
 * for is written and then not read. Collections come back as the class they were.
 *
 * <p>What is stored begins with a byte that no UTF-8 has, and the number has its most significant byte first:
 *
 * <pre>
 *  0   1  F7
 *  1   1  version, 01
 *  2   4  CRC32C of the rest
 *  6      what Fory writes
 * </pre>
 *
 * <p>So JSON is a miss to this codec, and the other way round: processes with one and the other, while both run, overwrite each
 * other's values; another {@code keyPrefix} keeps them apart. The sum finds accidents. Someone who can write to the store can
 * plant any value there, of these classes alone and within {@value #MAXIMUM_GRAPH_BYTES} bytes of memory; {@link #encrypted}
 * keeps even that out.
 *
 * @since 0.1
 */
public final class ForyCodec implements Codec {

    /** Deeper nesting is not read. */
    public static final int MAX_DEPTH = 500;

    /** What needs more memory than that is not read: 64 MiB. */
    public static final int MAXIMUM_GRAPH_BYTES = 64 << 20;

    static final byte MAGIC = (byte) 0xF7;
    static final byte VERSION = 1;
    static final int HEADER = 6;

    private final ForyWriter writer = new ForyWriter();
    private final ConcurrentMap<TypeRef<?>, ForyReader> readers = new ConcurrentHashMap<>();

    private ForyCodec() {}

    /**
     * The codec.
     *
     * @throws IllegalStateException if {@code org.apache.fory:fory-core}, which this library leaves to its user to add, is missing
     */
    public static ForyCodec create() {
        try {
            ForyCodec.class
                    .getModule()
                    .addReads(Class.forName("org.apache.fory.Fory").getModule());
            return new ForyCodec();
        } catch (ClassNotFoundException | LinkageError missing) {
            throw new IllegalStateException(
                    "this codec needs Apache Fory: add the artifact org.apache.fory:fory-core", missing);
        }
    }

    /**
     * This codec, with values of {@value CompressedCodec#DEFAULT_THRESHOLD} bytes and more compressed by zstd where that makes them smaller.
     *
     * @throws IllegalStateException if {@code com.github.luben:zstd-jni}, which this library leaves to its user to add, is
     *     missing
     */
    public CompressedCodec compressed() {
        return CompressedCodec.of(this);
    }

    /**
     * {@link #compressed()} from so many bytes on.
     *
     * @param thresholdBytes positive
     */
    public CompressedCodec compressed(int thresholdBytes) {
        return CompressedCodec.of(this).threshold(thresholdBytes);
    }

    /** This codec, with values encrypted, each bound to its key. To compress as well, say that first. */
    public EncryptedCodec encrypted(EncryptionKeys keys) {
        return EncryptedCodec.of(this, keys);
    }

    @Override
    public byte[] encode(byte[] key, @Nullable Object value) {
        try {
            byte[] bytes = writer.write(HEADER, value);
            ByteBuffer.wrap(bytes).put(MAGIC).put(VERSION).putInt(sumOf(bytes, HEADER, bytes.length - HEADER));
            return bytes;
        } catch (RuntimeException | StackOverflowError | LinkageError failure) {
            throw new ValueEncodingException(
                    "a value of " + (value == null ? "null" : value.getClass().getName())
                            + " cannot be encoded by Fory: " + Storable.reason(failure),
                    failure);
        }
    }

    @Override
    public <T> @Nullable T decode(byte[] key, byte[] bytes, TypeRef<T> type) throws UnreadableValueException {
        return decode(key, bytes, 0, bytes.length, type);
    }

    @Override
    @SuppressWarnings("unchecked") // it was looked at
    public <T> @Nullable T decode(byte[] key, byte[] bytes, int start, int length, TypeRef<T> type)
            throws UnreadableValueException {
        if (length <= HEADER || bytes[start] != MAGIC || bytes[start + 1] != VERSION) {
            throw new UnreadableValueException(type, "not written by Fory, or in a way that is not known");
        }
        int bodyStart = start + HEADER;
        int bodyLength = length - HEADER;
        if (ByteBuffer.wrap(bytes).getInt(start + 2) != sumOf(bytes, bodyStart, bodyLength)) {
            throw new UnreadableValueException(type, "not what was written");
        }
        Object value;
        try {
            value = reader(type).read(bytes, bodyStart, bodyLength);
        } catch (RuntimeException | StackOverflowError | LinkageError failure) {
            throw new UnreadableValueException(type, failure);
        }
        if (!Fits.isOf(type.type(), value)) {
            throw new UnreadableValueException(type, "of another class");
        }
        return (T) value;
    }

    private ForyReader reader(TypeRef<?> type) {
        ForyReader reader = readers.get(type);
        return reader == null ? readers.computeIfAbsent(type, ForyReader::new) : reader;
    }

    private static int sumOf(byte[] bytes, int start, int length) {
        CRC32C sum = new CRC32C();
        sum.update(bytes, start, length);
        return (int) sum.getValue();
    }

    @Override
    public String toString() {
        return "Fory";
    }
}
