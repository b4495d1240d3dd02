package io.cacheport.benchmarks.compression;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import io.airlift.compress.lz4.Lz4Compressor;
import io.airlift.compress.lz4.Lz4Decompressor;
import io.airlift.compress.zstd.ZstdCompressor;
import io.airlift.compress.zstd.ZstdDecompressor;
import io.cacheport.TypeRef;
import io.cacheport.redis.codec.CompressedCodec;
import io.cacheport.redis.codec.EncryptedCodec;
import io.cacheport.redis.codec.EncryptionKeys;
import io.cacheport.spi.Codec;
import io.cacheport.spi.UnreadableValueException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import net.jpountz.lz4.LZ4Factory;
import org.jspecify.annotations.Nullable;

/**
 * A way to make bytes fewer, and back.
 *
 * @param name under which it is reported
 */
record Compressor(String name, Squeeze squeeze, Expand expand) {

    /** Fewer bytes. */
    interface Squeeze {
        byte[] of(byte[] plain);
    }

    /** The bytes before. */
    interface Expand {
        byte[] of(byte[] squeezed, int length) throws DataFormatException, UnreadableValueException;
    }

    static final String NONE = "plain";

    private static final EncryptionKeys KEYS = EncryptionKeys.of("2026-11", new byte[32]);

    /** A codec of bytes, so that those around it can be measured by themselves. */
    private enum AsTheyAre implements Codec {
        INSTANCE;

        @Override
        public byte[] encode(byte[] key, @Nullable Object value) {
            return value instanceof byte[] bytes ? bytes : new byte[1];
        }

        @Override
        @SuppressWarnings("unchecked") // only bytes are asked for
        public <T> T decode(byte[] key, byte[] bytes, TypeRef<T> type) {
            return (T) bytes;
        }
    }

    private static Compressor ours(String name, Codec codec) {
        byte[] key = "catalog:t1:package:00001".getBytes(StandardCharsets.UTF_8);
        TypeRef<byte[]> bytes = TypeRef.of(byte[].class);
        return new Compressor(
                name,
                plain -> codec.encode(key, plain),
                (squeezed, length) -> Objects.requireNonNull(codec.decode(key, squeezed, bytes)));
    }

    /** None, which is the reference, those that a Java library can use, and what this one does. */
    static List<Compressor> all() {
        LZ4Factory lz4 = LZ4Factory.fastestInstance();
        return List.of(
                new Compressor(NONE, plain -> plain, (bytes, length) -> bytes),
                deflate(1),
                deflate(6),
                zstd(1),
                zstd(3),
                reusing(1),
                reusing(3),
                new Compressor(
                        "lz4-java",
                        plain -> lz4.fastCompressor().compress(plain),
                        (bytes, length) -> lz4.safeDecompressor().decompress(bytes, length)),
                pureZstd(),
                pureLz4(),
                ours("compressed()", CompressedCodec.of(AsTheyAre.INSTANCE)),
                ours("encrypted(keys)", EncryptedCodec.of(AsTheyAre.INSTANCE, KEYS)),
                ours(
                        "compressed().encrypted(keys)",
                        CompressedCodec.of(AsTheyAre.INSTANCE).encrypted(KEYS)));
    }

    private static Compressor deflate(int level) {
        return new Compressor(
                "deflate " + level,
                plain -> {
                    Deflater deflater = new Deflater(level, true);
                    try {
                        deflater.setInput(plain);
                        deflater.finish();
                        byte[] out = new byte[plain.length + 64];
                        return Arrays.copyOf(out, deflater.deflate(out));
                    } finally {
                        deflater.end();
                    }
                },
                (bytes, length) -> {
                    Inflater inflater = new Inflater(true);
                    try {
                        inflater.setInput(bytes);
                        byte[] out = new byte[length];
                        return Arrays.copyOf(out, inflater.inflate(out));
                    } finally {
                        inflater.end();
                    }
                });
    }

    private static Compressor zstd(int level) {
        return new Compressor(
                "zstd-jni " + level,
                plain -> Zstd.compress(plain, level),
                (bytes, length) -> Zstd.decompress(bytes, length));
    }

    /** With a context that is made once, by a single thread. */
    private static Compressor reusing(int level) {
        ZstdCompressCtx squeezing = new ZstdCompressCtx().setLevel(level);
        ZstdDecompressCtx expanding = new ZstdDecompressCtx();
        return new Compressor("zstd-jni " + level + ", one context", squeezing::compress, expanding::decompress);
    }

    private static Compressor pureZstd() {
        ZstdCompressor squeezing = new ZstdCompressor();
        ZstdDecompressor expanding = new ZstdDecompressor();
        return new Compressor(
                "aircompressor zstd",
                plain -> {
                    byte[] out = new byte[squeezing.maxCompressedLength(plain.length)];
                    return Arrays.copyOf(out, squeezing.compress(plain, 0, plain.length, out, 0, out.length));
                },
                (bytes, length) -> {
                    byte[] out = new byte[length];
                    return Arrays.copyOf(out, expanding.decompress(bytes, 0, bytes.length, out, 0, length));
                });
    }

    private static Compressor pureLz4() {
        Lz4Compressor squeezing = new Lz4Compressor();
        Lz4Decompressor expanding = new Lz4Decompressor();
        return new Compressor(
                "aircompressor lz4",
                plain -> {
                    byte[] out = new byte[squeezing.maxCompressedLength(plain.length)];
                    return Arrays.copyOf(out, squeezing.compress(plain, 0, plain.length, out, 0, out.length));
                },
                (bytes, length) -> {
                    byte[] out = new byte[length];
                    return Arrays.copyOf(out, expanding.decompress(bytes, 0, bytes.length, out, 0, length));
                });
    }
}
