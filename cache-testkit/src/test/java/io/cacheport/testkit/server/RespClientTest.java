package io.cacheport.testkit.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RespClientTest {

    private static RedisServer server;

    private RespClient client;

    @BeforeAll
    static void startServer() {
        server = RedisServer.start();
    }

    @AfterAll
    static void closeServer() {
        server.close();
    }

    @BeforeEach
    void connect() {
        client = server.client();
        client.call("FLUSHALL");
    }

    @AfterEach
    void close() {
        client.close();
        client.close();
    }

    @Test
    void aReplyHasTheTypeOfItsKind() {
        assertThat(client.call("SET", "k", "v")).isEqualTo("OK");
        assertThat(client.call("GET", "k")).isEqualTo("v");
        assertThat(client.call("GET", "absent")).isNull();
        assertThat(client.call("INCR", "n")).isEqualTo(1L);
        assertThat(client.call("MGET", "k", "absent")).isEqualTo(Arrays.asList("v", null));
        assertThat(client.call("KEYS", "none*")).isEqualTo(List.of());
        assertThat(client.call("BLPOP", "none", "0.01")).isNull();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "naïve ☃ 日本 🙂", "two\r\nlines", "$5\r\nhello\r\n", "\0"})
    void textComesBackAsItWas(String text) {
        client.call("SET", text, text);

        assertThat(client.call("GET", text)).isEqualTo(text);
        assertThat(client.call("KEYS", "*")).isEqualTo(List.of(text));
    }

    @Test
    void bytesComeBackAsTheyWere() {
        byte[] notText = {0, -1, '\r', '\n', -128, 127};

        client.call("SET".getBytes(UTF_8), notText, notText);

        assertThat(client.call("GET".getBytes(UTF_8), notText)).isEqualTo(notText);
    }

    @Test
    void aLongValueArrivesWhole() {
        String text = "0123456789".repeat(300_000);

        client.call("SET", "long", text);

        assertThat(client.call("GET", "long")).isEqualTo(text);
    }

    @Test
    void anErrorIsThrownWithTheServersTextAndTheConnectionGoesOn() {
        client.call("SET", "k", "v");

        assertThatThrownBy(() -> client.call("LPUSH", "k", "x"))
                .isInstanceOf(RespException.class)
                .hasMessageStartingWith("WRONGTYPE ");
        assertThat(client.call("GET", "k")).isEqualTo("v");
    }

    @Test
    void aPipelineAnswersInOrderAndAnErrorIsOneOfTheReplies() {
        List<String[]> commands = List.of(
                new String[] {"SET", "k", "v"}, new String[] {"INCR", "k"}, new String[] {"GET", "k"}, new String[] {
                    "GET", "absent"
                });

        List<Object> replies = client.pipeline(commands);

        assertThat(replies).hasSize(4);
        assertThat(replies.get(0)).isEqualTo("OK");
        assertThat(replies.get(1)).isInstanceOf(RespException.class).hasToString(notAnInteger());
        assertThat(replies.subList(2, 4)).containsExactly("v", null);
    }

    @Test
    void anErrorInsideAnArrayIsAnElement() {
        client.call("SET", "k", "v");
        client.call("MULTI");
        client.call("INCR", "k");
        client.call("GET", "k");

        assertThat(client.call("EXEC"))
                .asInstanceOf(InstanceOfAssertFactories.LIST)
                .satisfiesExactly(
                        first -> assertThat(first).hasToString(notAnInteger()),
                        second -> assertThat(second).isEqualTo("v"));
    }

    @Test
    void aLongPipelineDoesNotLockUp() {
        List<String[]> commands = Collections.nCopies(20_000, new String[] {"INCR", "n"});

        List<Object> replies = client.pipeline(commands);

        assertThat(replies).hasSize(20_000).endsWith(20_000L);
        assertThat(client.pipeline(List.of())).isEmpty();
    }

    @Test
    void nobodyListeningIsSaidWithTheAddress() {
        int port = FreePort.find();

        assertThatThrownBy(() -> RespClient.connect("127.0.0.1", port))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("127.0.0.1:" + port);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "+OK", "$5\r\nab", "$2\r\nabcd", "HTTP/1.1 400\r\n", "\r\n", "_\r\n"})
    void aReplyCutOffOrNotOfRedisIsAFailureAndClosesTheConnection(String reply) throws IOException {
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                RespClient other = RespClient.connect("127.0.0.1", listener.getLocalPort())) {
            try (Socket accepted = listener.accept()) {
                accepted.getOutputStream().write(reply.getBytes(UTF_8));
                accepted.shutdownOutput();

                assertThatThrownBy(() -> other.call("PING")).isInstanceOf(UncheckedIOException.class);
                assertThatThrownBy(() -> other.call("PING"))
                        .isInstanceOf(UncheckedIOException.class)
                        .hasMessageContaining("closed");
            }
        }
    }

    private static String notAnInteger() {
        return RespException.class.getName() + ": ERR value is not an integer or out of range";
    }
}
