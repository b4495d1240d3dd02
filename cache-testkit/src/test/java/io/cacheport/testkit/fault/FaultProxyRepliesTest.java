package io.cacheport.testkit.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import java.net.SocketException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What a proxy does to replies that come. */
class FaultProxyRepliesTest {

    private static final RedisServer SERVER = RedisServer.start();
    private static final Duration HOUR = Duration.ofHours(1);

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
    void latencyDelaysEachReplyAndNotOneAfterTheOther() throws Exception {
        proxy.latency(Duration.ofSeconds(1), Duration.ofMillis(500));
        try (RawClient client = new RawClient(proxy)) {
            long start = System.nanoTime();
            for (int i = 0; i < 10; i++) {
                String key = "latency" + i;
                client.send("SET " + key + " v GET"); // answered nil
                await().until(() -> direct.call("GETDEL", key) != null);
                client.send("ECHO " + i);
            }
            long lastSent = System.nanoTime();
            for (int i = 0; i < 10; i++) {
                assertThat(client.readUntil("\r\n" + i + "\r\n")).isEqualTo("$-1\r\n$1\r\n" + i + "\r\n");
            }
            assertThat(Duration.ofNanos(System.nanoTime() - lastSent)).isGreaterThanOrEqualTo(Duration.ofMillis(500));
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
        }
    }

    @Test
    void whatIsDelayedGoesOnHealing() throws Exception {
        proxy.latency(HOUR, Duration.ZERO);
        try (RawClient client = new RawClient(proxy)) {
            client.send("SET delayed v");
            await().until(() -> direct.call("GET", "delayed") != null);
            assertThat(client.isSilent()).isTrue();

            proxy.heal();

            assertThat(client.read(5)).isEqualTo("+OK\r\n");
        }
    }

    @Test
    void repliesTrickle() throws Exception {
        direct.call("SET", "trickle", "0123456789".repeat(10));
        proxy.trickle(10, Duration.ofMillis(20));
        try (RawClient client = new RawClient(proxy)) {
            long start = System.nanoTime();
            client.send("GET trickle");

            assertThat(client.read(108)).isEqualTo("$100\r\n" + "0123456789".repeat(10) + "\r\n");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isGreaterThan(Duration.ofMillis(200));
        }
    }

    @Test
    void whatTricklesGoesAtOnceOnHealing() throws Exception {
        proxy.trickle(2, HOUR);
        try (RawClient client = new RawClient(proxy)) {
            client.send("PING");
            assertThat(client.read(2)).isEqualTo("+P");
            assertThat(client.isSilent()).isTrue();

            proxy.heal();

            assertThat(client.read(5)).isEqualTo("ONG\r\n");
        }
    }

    @Test
    void aCutIsMadeAtThatByteAndOnce() throws Exception {
        String value = "y".repeat(8_000_000);
        direct.call("SET", "cut", value);
        try (RawClient victim = new RawClient(proxy);
                RespClient other = client()) {
            other.call("PING");
            proxy.cutAfter(7_000_010);
            victim.send("GET cut");

            assertThat(victim.read(7_000_010)).isEqualTo("$8000000\r\n" + "y".repeat(7_000_000));
            assertThatThrownBy(victim::next).isInstanceOf(SocketException.class).hasMessageContaining("reset");
            assertThat(other.call("GET", "cut")).isEqualTo(value);
            assertThat(proxy.open()).isEqualTo(1);
        }
    }

    @Test
    void bytesUntilACutAreCountedOverAllConnections() throws Exception {
        try (RawClient first = new RawClient(proxy);
                RawClient second = new RawClient(proxy)) {
            proxy.cutAfter(10);
            first.send("PING");
            assertThat(first.read(7)).isEqualTo("+PONG\r\n");
            second.send("PING");
            assertThat(second.read(3)).isEqualTo("+PO");
            assertThatThrownBy(second::next).hasMessageContaining("reset");
            first.send("PING");
            assertThat(first.read(7)).isEqualTo("+PONG\r\n");
        }
    }

    @Test
    void aCutAfterNoByteComesInsteadOfTheNextReply() throws Exception {
        proxy.cutAfter(0);
        try (RawClient client = new RawClient(proxy)) {
            client.send("SET zero v");

            assertThatThrownBy(client::next).hasMessageContaining("reset");
            assertThat(direct.call("GET", "zero")).isEqualTo("v");
        }
    }

    @Test
    void droppedRepliesAreMissing() throws Exception {
        direct.call("RPUSH", "drop", "a", "b");
        try (RawClient client = new RawClient(proxy)) {
            proxy.dropReply();
            proxy.dropReply();
            client.send("LRANGE drop 0 -1", "ECHO one", "ECHO two", "ECHO end");

            assertThat(client.readUntil("end\r\n")).isEqualTo("$3\r\ntwo\r\n$3\r\nend\r\n");
        }
    }

    @Test
    void aDoubledReplyAnswersTheNextCommandToo() {
        try (RespClient client = client()) {
            proxy.doubleReply();

            assertThat(client.call("ECHO", "one")).isEqualTo("one");
            assertThat(client.call("ECHO", "two")).isEqualTo("one");
            assertThat(client.call("ECHO", "three")).isEqualTo("two");
        }
    }

    @Test
    void aLongReplyIsDoubledWhole() {
        String value = "z".repeat(1_000_000);
        direct.call("SET", "double", value);
        try (RespClient client = client()) {
            proxy.dropReply();
            proxy.doubleReply();
            proxy.doubleReply();

            assertThat(client.pipeline(List.of(
                            new String[] {"PING"},
                            new String[] {"GET", "double"},
                            new String[] {"ECHO", "b"},
                            new String[] {"ECHO", "c"})))
                    .containsExactly(value, value, "b", "b");
        }
    }

    @Test
    void pushesDoNotCountAsReplies() throws Exception {
        try (RawClient client = new RawClient(proxy)) {
            client.send("HELLO 3", "CLIENT TRACKING ON", "GET tracked", "ECHO ready");
            client.readUntil("ready\r\n");
            proxy.dropReply();
            direct.call("SET", "tracked", "v");
            assertThat(client.readUntil("tracked\r\n")).isEqualTo(">2\r\n$10\r\ninvalidate\r\n*1\r\n$7\r\ntracked\r\n");

            client.send("HELLO 3", "ECHO end"); // a map of every kind of thing

            assertThat(client.readUntil("end\r\n")).isEqualTo("$3\r\nend\r\n");
        }
    }

    @Test
    void healingTakesBackWhatHasNotHappened() {
        try (RespClient client = client()) {
            proxy.cutAfter(3);
            proxy.dropReply();
            proxy.doubleReply();
            proxy.heal();

            assertThat(client.call("ECHO", "one")).isEqualTo("one");
            assertThat(client.call("ECHO", "two")).isEqualTo("two");
        }
    }
}
