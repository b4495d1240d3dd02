package io.cacheport.redis;

import static io.cacheport.aside.CacheAside.withCache;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.cacheport.CacheDataException;
import io.cacheport.ErrorCause;
import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The server is well and the entry is not: a miss that the next load repairs. */
class ErrorClassificationDataTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final RedisServer SERVER = RedisServer.start();

    private final RespClient client = SERVER.client();
    private final RedisCacheAdapter cache = RedisCacheAdapter.builder(SERVER.uri())
            .commandTimeout(Duration.ofSeconds(10))
            .maximumValueBytes(16)
            .build();

    @AfterEach
    void close() {
        client.call("FLUSHALL");
        cache.close();
        client.close();
    }

    @AfterAll
    static void stop() {
        SERVER.close();
    }

    /** MGET, unlike GET, answers nil for what is not a value. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', useHeadersInDisplayName = true, nullValues = "none", textBlock = """
            PUT THERE BY                       | GET        | GETALL
            LPUSH cache:k v                    | WRONG_TYPE | none
            SET cache:k {"cut                  | UNREADABLE | UNREADABLE
            SET cache:k "fifteen-characters"   | TOO_LARGE  | TOO_LARGE
            """)
    void anEntryThatCannotBeRead(String command, ErrorCause get, @Nullable ErrorCause getAll) {
        client.call(command.split(" ", -1));

        assertThat(cache.get("k", String.class)).isNull();
        assertThat(cache.getStats().errors()).isEqualTo(1);
        assertThatExceptionOfType(CacheDataException.class)
                .isThrownBy(() -> cache.strict().get("k", String.class))
                .satisfies(thrown -> assertThat(thrown.errorCause()).isEqualTo(get));
        assertThat(cache.getStats().errors()).isEqualTo(2);
        assertThat(cache.getAll(List.of("k"), String.class)).isEmpty();
        if (getAll == null) {
            assertThat(cache.strict().getAll(List.of("k"), String.class)).isEmpty();
            assertThat(cache.getStats().errors()).isEqualTo(2);
        } else {
            assertThatExceptionOfType(CacheDataException.class)
                    .isThrownBy(() -> cache.strict().getAll(List.of("k"), String.class))
                    .satisfies(thrown -> assertThat(thrown.errorCause()).isEqualTo(getAll));
            assertThat(cache.getStats().errors()).isEqualTo(4);
        }
        assertThat(cache.getStats().misses()).isEqualTo(4);
        assertThat(cache.strict().exists("k")).isTrue();

        assertThat(withCache(cache, "k", MINUTE, String.class, () -> "loaded")).isEqualTo("loaded");

        assertThat(cache.strict().get("k", String.class)).isEqualTo("loaded");
        client.call("DEL", "cache:k");
        client.call(command.split(" ", -1));
        assertThat(cache.strict().del("k")).isTrue();
        assertThat(cache.isConnected()).isTrue();
    }

    @Test
    void aValueTooLargeToStore() {
        String large = "fifteen-characters";

        cache.set("k", "old", MINUTE);
        cache.set("k", large, MINUTE);
        assertThat(cache.get("k", String.class)).isNull();
        cache.setAll(Map.of("k", large, "l", "fits"), MINUTE);
        assertThat(cache.getAll(List.of("k", "l"), String.class)).containsOnlyKeys("l");
        assertThat(cache.getStats().errors()).isEqualTo(2);
        assertThat(cache.getStats().sets()).isEqualTo(2);

        assertThatExceptionOfType(CacheDataException.class)
                .isThrownBy(() -> cache.strict().set("k", large, MINUTE))
                .satisfies(thrown -> assertThat(thrown.errorCause()).isEqualTo(ErrorCause.TOO_LARGE));
        assertThat(cache.getStats().errors()).isEqualTo(3);
        assertThat(withCache(cache, "k", MINUTE, String.class, () -> large)).isEqualTo(large);
        assertThat(client.call("EXISTS", "cache:k")).isEqualTo(0L);
    }
}
