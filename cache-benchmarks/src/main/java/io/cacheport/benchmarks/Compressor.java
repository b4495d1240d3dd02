package io.cacheport.benchmarks;

import com.github.luben.zstd.Zstd;
import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import io.airlift.compress.lz4.Lz4Compressor;
import io.airlift.compress.lz4.Lz4Decompressor;
import io.airlift.compress.zstd.ZstdCompressor;
import io.airlift.compress.zstd.ZstdDecompressor;
import java.util.Arrays;
import java.util.List;
import java.util.zip.DataFormatException;
import java.util.zip.Deflater;
import java.util.zip.Inflater;
import net.jpountz.lz4.LZ4Factory;

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
        byte[] of(byte[] squeezed, int length) throws DataFormatException;
    }

    /** None, which is the reference, and those that a Java library can use. */
    static List<Compressor> all() {
        LZ4Factory lz4 = LZ4Factory.fastestInstance();
        return List.of(
                new Compressor("plain", plain -> plain, (bytes, length) -> bytes),
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
                pureLz4());
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
