package io.cacheport.examples.pantry;

import io.cacheport.CacheServicePort;
import io.cacheport.CacheServices;
import io.cacheport.testkit.server.RedisAge;
import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;

/** The same tests on Redis. */
class PantryRedisTest extends PantryContract {

    private static final RedisServer SERVER = RedisServer.start();

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    @Override
    CacheServicePort emptyCache() {
        SERVER.restart();
        return CacheServices.connect(SERVER.uri());
    }

    @Override
    void passTime(Duration time) {
        try (RespClient client = SERVER.client()) {
            RedisAge.passTime(client, time);
        }
    }

    @Override
    void cacheGoesAway() {
        SERVER.kill();
        await(() -> !cache.isConnected());
    }
}
