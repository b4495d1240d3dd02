package io.cacheport.examples.chat;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheport.CacheServicePort;
import io.cacheport.CacheServices;
import io.cacheport.guard.CircuitState;
import io.cacheport.testkit.server.RedisAge;
import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/** The same tests on Redis. */
class ChatRedisTest extends ChatContract {

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
    }

    @Test
    void theCircuitOpensAndClosesByItself() {
        assertThat(chat.circuits()).containsExactly(CircuitState.CLOSED);
        SERVER.kill();
        await(() -> {
            chat.profiles().of(ada.id());
            return chat.circuits().contains(CircuitState.OPEN);
        });

        SERVER.restart();

        await(() -> chat.circuits().contains(CircuitState.CLOSED));
        chat.presence().heartbeat(ada.id());
        assertThat(cache.exists("chat:v1:presence:" + ada.id())).isTrue();
    }
}
