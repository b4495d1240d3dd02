package io.cacheport.redis.faults;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.lettuce.core.AbstractRedisClient;
import io.lettuce.core.RedisClient;
import io.lettuce.core.RedisURI;
import io.lettuce.core.cluster.RedisClusterClient;
import io.lettuce.core.cluster.api.sync.RedisClusterCommands;
import io.lettuce.core.resource.ClientResources;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * What an average service writes: plain Lettuce and Jackson with their defaults, get, load on a miss, setex, and
 * exceptions as they come. Its keys and values hold no canary: what its Lettuce logs is not this library's doing.
 */
public final class NaiveCache implements AutoCloseable {

    private static final Duration CLOSE_TIMEOUT = Duration.ofSeconds(2);

    private final AbstractRedisClient client;
    private final RedisClusterCommands<String, String> commands;
    private final ObjectMapper mapper = new ObjectMapper();

    private NaiveCache(AbstractRedisClient client, RedisClusterCommands<String, String> commands) {
        this.client = client;
        this.commands = commands;
    }

    /** Of a server, or of a cluster if the URI begins with {@code redis-cluster:}. */
    public static NaiveCache connect(String uri) {
        return connect(uri, null);
    }

    /** The same with resources that are the caller's, and stay so. */
    static NaiveCache connect(String uri, @Nullable ClientResources resources) {
        if (uri.startsWith("redis-cluster://")) {
            List<RedisURI> nodes = Arrays.stream(
                            uri.substring("redis-cluster://".length()).split(",", -1))
                    .map(node -> RedisURI.create("redis://" + node))
                    .toList();
            RedisClusterClient client =
                    resources == null ? RedisClusterClient.create(nodes) : RedisClusterClient.create(resources, nodes);
            return new NaiveCache(client, client.connect().sync());
        }
        RedisClient client = resources == null ? RedisClient.create(uri) : RedisClient.create(resources, uri);
        return new NaiveCache(client, client.connect().sync());
    }

    /** Of strings, for {@link Load}. */
    String read(String key, Callable<String> loader) throws Exception {
        return getOrLoad(key, new TypeReference<String>() {}, Duration.ofMinutes(10), loader);
    }

    public <T> T getOrLoad(String key, TypeReference<T> type, Duration ttl, Callable<T> loader) throws Exception {
        String json = commands.get(key);
        if (json != null) {
            return mapper.readValue(json, type);
        }
        T loaded = loader.call();
        set(key, loaded, ttl);
        return loaded;
    }

    @SuppressWarnings("deprecation") // setex is in every tutorial
    void set(String key, Object value, Duration ttl) throws Exception {
        commands.setex(key, ttl.toSeconds(), mapper.writeValueAsString(value));
    }

    public @Nullable String get(String key) {
        return commands.get(key);
    }

    public void del(String key) {
        commands.del(key);
    }

    /** KEYS and DEL. */
    public long flush(String glob) {
        List<String> keys = commands.keys(glob);
        return keys.isEmpty() ? 0 : commands.del(keys.toArray(String[]::new));
    }

    RedisClusterCommands<String, String> commands() {
        return commands;
    }

    /** Of a cluster that it is just looking at anew, Lettuce may wait for ever; a test does not. */
    @Override
    public void close() {
        try {
            client.shutdownAsync(0, CLOSE_TIMEOUT.toMillis(), TimeUnit.MILLISECONDS)
                    .get(CLOSE_TIMEOUT.toMillis() * 2, TimeUnit.MILLISECONDS);
        } catch (ExecutionException | TimeoutException leftBehind) {
            // its threads are daemons
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }
}
