package io.cacheport.testkit.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import java.io.UncheckedIOException;
import java.net.ConnectException;
import java.net.SocketException;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class FaultProxyTest {

    private static final RedisServer SERVER = RedisServer.start();
    private static final Duration SHORT = Duration.ofMillis(200);

    private final FaultProxy proxy = FaultProxy.to(SERVER);
    private final RespClient direct = SERVER.client();

    @AfterEach
    void stop() {
        direct.close();
        proxy.close();
        await("no thread of it left")
                .until(() -> Thread.getAllStackTraces().keySet().stream()
                        .noneMatch(thread -> thread.getName().startsWith("fault-proxy")));
    }

    @AfterAll
    static void stopServer() {
        SERVER.close();
    }

    private RespClient client() {
        return RespClient.connect(proxy.host(), proxy.port());
    }

    @Test
    void itPassesOnWhatComes() {
        String value = "x".repeat(3_000_000);
        try (RespClient client = client();
                RespClient other = client()) {
            assertThat(client.call("SET", "big", value)).isEqualTo("OK");
            assertThat(other.call("GET", "big")).isEqualTo(value);
            assertThat(proxy.accepted()).isEqualTo(2);
            assertThat(proxy.open()).isEqualTo(2);
        }
        await().until(() -> proxy.open() == 0);
        assertThat(proxy.accepted()).isEqualTo(2);
        assertThat(proxy.uri()).isEqualTo("redis://127.0.0.1:" + proxy.port());
        assertThat(proxy).hasToString(proxy.uri() + " to 127.0.0.1:" + SERVER.port());
    }

    @Test
    void aBlackholeSwallowsRequests() throws Exception {
        try (RawClient client = new RawClient(proxy)) {
            client.send("SET swallowed before");
            client.read(5);
            proxy.blackhole();
            client.send("SET swallowed after");

            await().until(() -> proxy.swallowed() == "SET swallowed after\r\n".length());
            assertThat(client.isSilent()).isTrue();
            assertThat(direct.call("GET", "swallowed")).isEqualTo("before");
        }
    }

    @Test
    void aBlackholeSwallowsWhatIsStillUnderWay() throws Exception {
        direct.call("SET", "underway", "u".repeat(1_000));
        proxy.trickle(1, Duration.ofMillis(20));
        try (RawClient client = new RawClient(proxy)) {
            client.send("GET underway");
            client.read(10);
            proxy.blackhole();

            await().until(client::isSilent);
        }
    }

    @Test
    void aBlackholeSwallowsReplies() throws Exception {
        try (RawClient client = new RawClient(proxy)) {
            client.send("BLPOP queue 0");
            await().until(() -> String.valueOf(direct.call("INFO", "clients")).contains("blocked_clients:1"));
            proxy.blackhole();
            direct.call("RPUSH", "queue", "item");

            assertThat(direct.call("LLEN", "queue")).isEqualTo(0L);
            assertThat(client.isSilent()).isTrue();

            proxy.heal();
            client.send("ECHO works");

            assertThat(client.readUntil("works\r\n")).endsWith("$5\r\nworks\r\n");
        }
    }

    @Test
    void aBlackholeTakesNewConnectionsAndDoesNotTellThatTheServerIsGone() throws Exception {
        try (RedisServer server = RedisServer.start();
                FaultProxy way = FaultProxy.to(server);
                RawClient before = new RawClient(way)) {
            before.send("PING");
            before.read(7);
            way.blackhole();
            server.kill();
            try (RawClient since = new RawClient(way)) {
                since.send("PING");
                await().until(() -> way.swallowed() == "PING\r\n".length());

                assertThat(before.isSilent()).isTrue();
                assertThat(since.isSilent()).isTrue();
                assertThat(way.open()).isEqualTo(2);

                way.heal();

                assertThat(before.next()).isEqualTo(-1);
                assertThat(since.next()).isEqualTo(-1);
            }
        }
    }

    @Test
    void afterABlackholeIsHealedNewConnectionsWork() {
        proxy.blackhole();
        proxy.heal();
        try (RespClient client = client()) {
            assertThat(client.call("PING")).isEqualTo("PONG");
        }
        assertThat(proxy.swallowed()).isZero();
    }

    @Test
    void aResetEndsWhatIsOpenOnBothSides() throws Exception {
        try (RawClient client = new RawClient(proxy)) {
            client.send("CLIENT SETNAME victim");
            client.read(5);
            proxy.reset();

            assertThat(proxy.open()).isZero();
            assertThatThrownBy(client::next).isInstanceOf(SocketException.class).hasMessageContaining("reset");
            await().until(() -> !String.valueOf(direct.call("CLIENT", "LIST")).contains("name=victim"));
        }
        try (RespClient client = client()) {
            assertThat(client.call("PING")).isEqualTo("PONG");
        }
    }

    @Test
    void refusingEndsWhatIsOpenAndWhatIsNew() throws Exception {
        try (RawClient client = new RawClient(proxy)) {
            client.send("PING");
            client.read(7);
            proxy.refuse();

            assertThatThrownBy(client::next).isInstanceOf(SocketException.class).hasMessageContaining("reset");
            assertThatThrownBy(this::client).hasCauseInstanceOf(ConnectException.class);
            proxy.refuse();
            proxy.accept();
            proxy.accept();
            assertWorks();
            for (int i = 0; i < 50; i++) { // what is left of the old socket may be in the way of the new one
                proxy.refuse();
                assertThatThrownBy(this::client).hasCauseInstanceOf(ConnectException.class);
                proxy.heal();
                assertWorks();
            }
        }
    }

    private void assertWorks() {
        try (RespClient client = client()) {
            assertThat(client.call("PING")).isEqualTo("PONG");
        }
    }

    @Test
    void withoutTheServerTheConnectionIsClosed() throws Exception {
        try (RedisServer server = RedisServer.start();
                FaultProxy way = FaultProxy.to(server.host(), server.port());
                RawClient before = new RawClient(way)) {
            before.send("PING");
            before.read(7);
            server.kill();
            assertThat(before.next()).isEqualTo(-1);
            try (RawClient since = new RawClient(way)) {
                assertThat(since.next()).isEqualTo(-1);
            }
            server.restart();
            try (RespClient again = RespClient.connect(way.host(), way.port())) {
                assertThat(again.call("PING")).isEqualTo("PONG");
            }
        }
    }

    @Test
    void closedItStaysClosed() {
        proxy.close();
        proxy.close();

        assertThatThrownBy(this::client).isInstanceOf(UncheckedIOException.class);
        assertThatIllegalStateException().isThrownBy(proxy::accept);
        assertThatIllegalStateException().isThrownBy(proxy::heal);
    }

    @Test
    void nonsenseIsRefused() {
        Duration negative = Duration.ofMillis(-1);
        assertThatIllegalArgumentException().isThrownBy(() -> proxy.latency(negative, SHORT));
        assertThatIllegalArgumentException().isThrownBy(() -> proxy.latency(SHORT, negative));
        assertThatIllegalArgumentException().isThrownBy(() -> proxy.trickle(0, SHORT));
        assertThatIllegalArgumentException().isThrownBy(() -> proxy.trickle(1, negative));
        assertThatIllegalArgumentException().isThrownBy(() -> proxy.cutAfter(-1));
    }
}
