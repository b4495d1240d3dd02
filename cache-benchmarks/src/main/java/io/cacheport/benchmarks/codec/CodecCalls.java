package io.cacheport.benchmarks.codec;

import io.cacheport.benchmarks.value.Catalog;
import io.cacheport.benchmarks.value.Product;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Values written, and read. */
@State(Scope.Thread)
public class CodecCalls {

    private static final int VALUES = 64;

    /** From here on, which codec, by its name, and which values: small or large. */
    @Param("")
    public String name = "";

    @Param("small")
    public String value = "";

    private Object[] values = {};
    private byte[][] stored = {};
    private NamedCodec.@Nullable Pair codec;
    private int at;

    static Object[] values(String value) {
        IntFunction<Object> made = value.equals("small") ? Product::of : Catalog::of;
        return IntStream.range(0, VALUES).mapToObj(made).toArray();
    }

    /** Makes the values, and compares each with what comes back. */
    @Setup(Level.Trial)
    public void prepare() throws Exception {
        values = values(value);
        stored = new byte[values.length][];
        NamedCodec.Pair pair = NamedCodec.of(name).made().apply(values[0].getClass());
        codec = pair;
        for (int i = 0; i < values.length; i++) {
            stored[i] = pair.encode().apply(values[i]);
            if (!values[i].equals(pair.decode().of(stored[i]))) {
                throw new IllegalStateException(name + " does not give back what it got");
            }
        }
    }

    /** A value into bytes. */
    @Benchmark
    @SuppressWarnings("NullAway") // prepared
    public byte[] encode() {
        return codec.encode().apply(values[next()]);
    }

    /** And back. */
    @Benchmark
    @SuppressWarnings("NullAway") // prepared
    public @Nullable Object decode() throws Exception {
        return codec.decode().of(stored[next()]);
    }

    private int next() {
        at = at + 1 == stored.length ? 0 : at + 1;
        return at;
    }
}
