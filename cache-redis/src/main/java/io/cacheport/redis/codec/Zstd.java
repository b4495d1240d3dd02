package io.cacheport.redis.codec;

import com.github.luben.zstd.ZstdCompressCtx;
import com.github.luben.zstd.ZstdDecompressCtx;
import com.github.luben.zstd.ZstdException;

/** The library, the only class that names it: it is there only if the user has added it. */
final class Zstd {

    private static final int LEVEL = 3;
    private static final int MOST_IDLE = 2 * Runtime.getRuntime().availableProcessors();

    private static final ContextPool<ZstdCompressCtx> SQUEEZING =
            new ContextPool<>(MOST_IDLE, () -> new ZstdCompressCtx().setLevel(LEVEL), ZstdCompressCtx::close);
    private static final ContextPool<ZstdDecompressCtx> EXPANDING =
            new ContextPool<>(MOST_IDLE, ZstdDecompressCtx::new, ZstdDecompressCtx::close);

    private Zstd() {}

    /** Finds out now whether it is there and its native part can be loaded. */
    static void requirePresent() {
        try {
            byte[] unused = compressed(new byte[1]);
        } catch (LinkageError missing) {
            throw new IllegalStateException(
                    "compression needs zstd: add the artifact com.github.luben:zstd-jni, which unpacks a native library into"
                            + " java.io.tmpdir",
                    missing);
        }
    }

    static byte[] compressed(byte[] plain) {
        return SQUEEZING.use(context -> context.compress(plain));
    }

    /** Expands what is compressed in that part, to that many bytes; whether it was that many. */
    static boolean expand(byte[] from, int start, int length, byte[] to) {
        try {
            return EXPANDING.use(context -> context.decompressByteArray(to, 0, to.length, from, start, length))
                    == to.length;
        } catch (ZstdException broken) {
            return false;
        }
    }
}
