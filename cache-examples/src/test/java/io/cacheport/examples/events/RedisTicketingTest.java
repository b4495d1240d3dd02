package io.cacheport.examples.events;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.cacheport.CacheServicePort;
import io.cacheport.examples.events.Ticket.Payment;
import io.cacheport.redis.RedisCacheAdapter;
import io.cacheport.redis.codec.EncryptionKeys;
import io.cacheport.redis.json.JsonCodec;
import io.cacheport.testkit.server.RedisFixture;
import io.cacheport.testkit.server.RespClient;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class RedisTicketingTest extends TicketingContract {

    private static final String PREFIX = "events-test:";
    private static final EncryptionKeys KEYS = EventsStory.newKeys();

    @Override
    CacheServicePort open() {
        return RedisCacheAdapter.builder(RedisFixture.shared().uri())
                .keyPrefix(PREFIX)
                .codec(JsonCodec.create().encrypted(KEYS))
                .build();
    }

    @Test
    void nobodyReadsAUserOrAPaymentInRedis() {
        User user = Objects.requireNonNull(service().user(7));
        Payment payment = service().paymentsOfUser(7).get(0);
        try (RespClient redis = RedisFixture.shared().client()) {
            for (String key : List.of("user:7", "payment:user:7")) {
                assertThat(String.valueOf(redis.call("GET", PREFIX + key)))
                        .hasSizeGreaterThan(50)
                        .doesNotContain(user.email())
                        .doesNotContain(payment.card());
            }
        }
    }

    @Test
    void aRedisWithoutEncryptionIsRefused() {
        try (RedisCacheAdapter readable =
                RedisCacheAdapter.connect(RedisFixture.shared().uri())) {
            assertThatThrownBy(() -> new TicketingService(repository(), readable, Duration.ofHours(1)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("sensitive");
        }
    }

    @Test
    void anotherProcessSeesChanges() {
        try (CacheServicePort otherCache = open();
                TicketingService other = new TicketingService(repository(), otherCache, Duration.ofHours(1))) {
            int had = other.validTicketsOfUser(50).size();
            service().buy(50, 51, "4000 0000 0000 0002");
            assertThat(other.validTicketsOfUser(50)).hasSize(had + 1);
            service().describe(51, "New", "Newer");
            assertThat(Objects.requireNonNull(other.event(51)).title()).isEqualTo("New");
        }
    }
}
