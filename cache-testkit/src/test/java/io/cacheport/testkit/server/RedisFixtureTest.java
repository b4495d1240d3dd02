package io.cacheport.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import io.cacheport.testkit.server.RedisFixture.Kind;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RedisFixtureTest {

    private static final RedisChoice NAMED = new RedisChoice(Kind.ENVIRONMENT, "named");
    private static final RedisChoice DOCKER = new RedisChoice(Kind.DOCKER, "Docker answers");

    @Test
    void theSharedServerIsOneAndAnswers() {
        RedisFixture fixture = RedisFixture.shared();

        assertThat(RedisFixture.shared()).isSameAs(fixture);
        assertThat(fixture.uri()).startsWith("redis://").contains(fixture.host() + ":" + fixture.port());
        try (RespClient client = fixture.client()) {
            assertThat(client.call("PING")).isEqualTo("PONG");
        }
    }

    @Test
    void aNamedServerIsUsedWithItsPasswordAndDatabaseAndThePasswordIsNotPrinted() {
        try (RedisServer server = RedisServer.start("--requirepass", "se/cret")) {
            String url = "redis://:se%2Fcret@127.0.0.1:" + server.port() + "/3";

            RedisFixture fixture =
                    RedisFixture.open(NAMED, Map.of(RedisChoice.URL, url), RedisFixtureTest::noContainer);

            assertThat(fixture.kind()).isEqualTo(Kind.ENVIRONMENT);
            assertThat(fixture.uri()).isEqualTo(url);
            assertThat(fixture)
                    .hasToString(
                            "CachePort tests use the Redis at 127.0.0.1:" + server.port() + "/3 (ENVIRONMENT: named)");
            try (RespClient client = fixture.client()) {
                assertThat(String.valueOf(client.call("CLIENT", "INFO"))).contains(" db=3 ");
            }
        }
    }

    @Test
    void aNamedServerThatDoesNotAnswerIsAnErrorAndNotReplaced() {
        int port = FreePort.find();
        Map<String, String> environment = Map.of(RedisChoice.URL, "redis://:secret@127.0.0.1:" + port);

        assertThatIllegalStateException()
                .isThrownBy(() -> RedisFixture.open(NAMED, environment, RedisFixtureTest::noContainer))
                .withMessageContaining(RedisChoice.URL)
                .withMessageContaining("127.0.0.1:" + port)
                .withMessageNotContaining("secret");
    }

    @Test
    void aContainerThatStartsIsUsed() {
        RedisFixture fixture = RedisFixture.open(DOCKER, Map.of(), () -> "redis://localhost:32999");

        assertThat(fixture.kind()).isEqualTo(Kind.DOCKER);
        assertThat(fixture.port()).isEqualTo(32999);
    }

    @Test
    void aContainerThatDoesNotStartLeavesTheBinary() {
        RedisFixture fixture = RedisFixture.open(DOCKER, Map.of(), RedisFixtureTest::noContainer);

        assertThat(fixture.kind()).isEqualTo(Kind.BINARY);
        assertThat(fixture.toString()).contains("image not found");
        try (RespClient client = fixture.client()) {
            assertThat(client.call("PING")).isEqualTo("PONG");
        }
    }

    private static String noContainer() {
        throw new IllegalStateException("image not found");
    }
}
