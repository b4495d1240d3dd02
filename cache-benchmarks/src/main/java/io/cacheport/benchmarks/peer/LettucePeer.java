package io.cacheport.benchmarks.peer;

import io.lettuce.core.ClientOptions;
import io.lettuce.core.KeyScanCursor;
import io.lettuce.core.KeyValue;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisFuture;
import io.lettuce.core.ScanArgs;
import io.lettuce.core.ScanCursor;
import io.lettuce.core.SetArgs;
import io.lettuce.core.api.StatefulRedisConnection;
import io.lettuce.core.api.async.RedisAsyncCommands;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.protocol.ProtocolVersion;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * What a good engineer writes without a library: one shared connection, Lettuce's defaults but for RESP3, a typed reader.
 * No prefix, no mark, no circuit, no counters, nothing that protects the source. If wanted, reads are not decoded.
 */
final class LettucePeer implements Peer {

    private static final int SCAN_COUNT = 1_000;

    private final Json json;
    private final boolean decoding;
    private final Duration timeout;
    private final RedisClient client;
    private final StatefulRedisConnection<byte[], byte[]> connection;
    private final RedisAsyncCommands<byte[], byte[]> commands;

    LettucePeer(String uri, Class<?> type, boolean decoding) {
        this.json = new Json(type);
        this.decoding = decoding;
        this.timeout = RedisAt.of(uri).timeout(Duration.ofSeconds(10));
        this.client = client(uri);
        this.connection = client.connect(ByteArrayCodec.INSTANCE);
        this.commands = connection.async();
    }

    /** With RESP3 and nothing else that is not Lettuce's default. */
    static RedisClient client(String uri) {
        RedisClient client = RedisClient.create(uri);
        client.setOptions(
                ClientOptions.builder().protocolVersion(ProtocolVersion.RESP3).build());
        return client;
    }

    @Override
    public void put(String key, Object value) throws Exception {
        String unused = await(commands.set(bytes(key), json.bytes(value), SetArgs.Builder.px(TTL)));
    }

    @Override
    public @Nullable Object get(String key) throws Exception {
        byte[] stored = awaitNullable(commands.get(bytes(key)));
        return decoding ? json.value(stored) : stored;
    }

    @Override
    public Map<String, Object> getAll(List<String> keys) throws Exception {
        byte[][] asked = keys.stream().map(LettucePeer::bytes).toArray(byte[][]::new);
        Map<String, Object> found = new HashMap<>();
        for (KeyValue<byte[], byte[]> one : await(commands.mget(asked))) {
            if (one.hasValue()) {
                String key = new String(one.getKey(), StandardCharsets.UTF_8);
                found.put(key, decoding ? json.read(one.getValue()) : one.getValue());
            }
        }
        return found;
    }

    @Override
    public void remove(String key) throws Exception {
        Long unused = await(commands.unlink(bytes(key)));
    }

    /** A page is unlinked while the next is read. */
    @Override
    public void flush(String prefix) throws Exception {
        ScanArgs pages = ScanArgs.Builder.limit(SCAN_COUNT).match(bytes(prefix + "*"));
        List<RedisFuture<Long>> unlinked = new ArrayList<>();
        ScanCursor at = ScanCursor.INITIAL;
        while (!at.isFinished()) {
            KeyScanCursor<byte[]> page = await(commands.scan(at, pages));
            if (!page.getKeys().isEmpty()) {
                unlinked.add(commands.unlink(page.getKeys().toArray(byte[][]::new)));
            }
            at = page;
        }
        for (RedisFuture<Long> one : unlinked) {
            Long unused = await(one);
        }
    }

    private <T> T await(Future<T> future) throws Exception {
        return future.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
    }

    private byte @Nullable [] awaitNullable(Future<byte[]> future) throws Exception {
        return future.get(timeout.toNanos(), TimeUnit.NANOSECONDS);
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
