package io.cacheport.examples.jobs;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheport.CacheServicePort;
import io.cacheport.admin.CacheAdmin;
import io.cacheport.guard.CircuitState;
import io.cacheport.guard.Guard;
import io.cacheport.redis.RedisCacheAdapter;
import io.cacheport.testkit.server.RedisFixture;
import org.junit.jupiter.api.Test;

class RedisJobsTest extends CachedJobsContract {

    @Override
    CacheServicePort open() {
        return RedisCacheAdapter.builder(RedisFixture.shared().uri())
                .keyPrefix("jobs-test:")
                .build();
    }

    @Test
    void anOpenCircuitSendsReadsStraightToTheDatabase() {
        service().user(7);
        Guard guard = ((RedisCacheAdapter) cache()).guard();
        guard.forceOpen();
        try {
            assertThat(CacheAdmin.of(cache()).build().circuits()).containsValue(CircuitState.FORCED_OPEN);
            assertThat(queriesOf(() -> {
                        service().user(7);
                        service().user(7);
                    }))
                    .isEqualTo(2);
        } finally {
            guard.release();
        }
        assertThat(queriesOf(() -> service().user(7))).isZero();
    }
}
