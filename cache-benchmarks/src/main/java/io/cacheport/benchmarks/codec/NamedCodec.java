package io.cacheport.benchmarks.codec;

import com.alicp.jetcache.support.JavaValueDecoder;
import com.alicp.jetcache.support.JavaValueEncoder;
import com.alicp.jetcache.support.Kryo5ValueDecoder;
import com.alicp.jetcache.support.Kryo5ValueEncoder;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.cacheport.TypeRef;
import io.cacheport.redis.codec.ForyCodec;
import io.cacheport.redis.json.JsonCodec;
import io.cacheport.spi.Codec;
import io.cacheport.spi.UnreadableValueException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A way to make bytes of a value, and back.
 *
 * @param name under which it is reported
 * @param made for values of that class
 */
record NamedCodec(String name, Function<Class<?>, Pair> made) {

    /** What one class needs. */
    record Pair(Function<Object, byte[]> encode, Decode decode) {}

    /** The value of the bytes. */
    @FunctionalInterface
    interface Decode {

        @Nullable
        Object of(byte[] bytes) throws IOException, UnreadableValueException;
    }

    private static final byte[] KEY = "catalog:t1:package:00001".getBytes(StandardCharsets.UTF_8);

    /** The first is the reference; the last two are JetCache's. */
    static List<NamedCodec> all() {
        return List.of(
                new NamedCodec("jackson", NamedCodec::jackson),
                new NamedCodec("cacheport-json", type -> ours(JsonCodec.create(), type)),
                new NamedCodec("cacheport-fory", type -> ours(ForyCodec.create(), type)),
                new NamedCodec(
                        "cacheport-json-zstd", type -> ours(JsonCodec.create().compressed(), type)),
                new NamedCodec(
                        "cacheport-fory-zstd", type -> ours(ForyCodec.create().compressed(), type)),
                new NamedCodec(
                        "jetcache-kryo5",
                        type -> new Pair(Kryo5ValueEncoder.INSTANCE, Kryo5ValueDecoder.INSTANCE::apply)),
                new NamedCodec(
                        "jetcache-java",
                        type -> new Pair(JavaValueEncoder.INSTANCE, JavaValueDecoder.INSTANCE::apply)));
    }

    static NamedCodec of(String name) {
        return all().stream()
                .filter(one -> one.name().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(name + " is no codec"));
    }

    /** What an engineer writes by hand. */
    private static Pair jackson(Class<?> type) {
        ObjectMapper mapper = new ObjectMapper();
        ObjectReader reader = mapper.readerFor(type);
        return new Pair(
                value -> {
                    try {
                        return mapper.writeValueAsBytes(value);
                    } catch (JsonProcessingException cannotBe) {
                        throw new UncheckedIOException(cannotBe);
                    }
                },
                reader::readValue);
    }

    private static Pair ours(Codec codec, Class<?> type) {
        TypeRef<?> ref = TypeRef.of(type);
        return new Pair(value -> codec.encode(KEY, value), bytes -> codec.decode(KEY, bytes, ref));
    }
}
