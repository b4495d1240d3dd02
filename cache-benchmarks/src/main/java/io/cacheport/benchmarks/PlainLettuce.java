package io.cacheport.benchmarks;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import io.cacheport.benchmarks.value.Product;
import io.lettuce.core.ClientOptions;
import io.lettuce.core.RedisClient;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.protocol.ProtocolVersion;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a good engineer writes without a library: one shared connection, Lettuce's defaults but for RESP3, a typed reader.
 * No prefix, no mark, no circuit, no counters.
 */
final class PlainLettuce implements AutoCloseable {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final ObjectReader READER = MAPPER.readerFor(Product.class);

    private final RedisClient client;
    private final StatefulRedisConnection<byte[], byte[]> connection;
    private final RedisAsyncCommands<byte[], byte[]> commands;

    PlainLettuce(String uri) {
        client = RedisClient.create(uri);
        client.setOptions(
                ClientOptions.builder().protocolVersion(ProtocolVersion.RESP3).build());
        connection = client.connect(ByteArrayCodec.INSTANCE);
        commands = connection.async();
    }

    void put(String key, Product product, Duration ttl) {
        try {
            connection.sync().set(bytes(key), MAPPER.writeValueAsBytes(product), SetArgs.Builder.px(ttl));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    byte @Nullable [] bytesOf(String key) throws Exception {
        return commands.get(bytes(key)).get(1, TimeUnit.SECONDS);
    }

    @Nullable
    Object productOf(String key) throws Exception {
        byte[] stored = bytesOf(key);
        return stored == null ? null : READER.readValue(stored);
    }

    private static byte[] bytes(String key) {
        return key.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        connection.close();
        client.shutdown(0, 1, TimeUnit.SECONDS);
    }
}
