package io.cacheport.redis;

import io.cacheport.testkit.CacheFixture;
import io.cacheport.testkit.CacheServiceContract;
import io.cacheport.testkit.contract.LeaseContract;
import io.cacheport.testkit.contract.LockContract;
import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;

/** With no more rights than documented. */
@SuppressWarnings("NullAway.Init") // JUnit calls start first
class RedisLeastUserContractTest extends CacheServiceContract implements LeaseContract, LockContract {

    private static RedisServer server;

    @BeforeAll
    static void start() {
        server = RedisServer.start();
        try (RespClient client = server.client()) {
            RedisLeastUser.ofOneServer().create(client);
        }
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @Override
    protected CacheFixture newFixture() {
        return new RedisAdapterFixture(
                List.of(server.client()),
                RedisCacheAdapter.builder(server.uri().replace("//", "//" + RedisLeastUser.LOGIN)));
    }
}
