package io.cacheport.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RedisServerTest {

    private static final Duration SHORT = Duration.ofMillis(200);

    @Test
    void itAnswersAsSoonAsItIsStarted() {
        try (RedisServer server = RedisServer.start();
                RespClient client = server.client()) {
            assertThat(client.call("PING")).isEqualTo("PONG");
            assertThat(server.uri()).isEqualTo("redis://127.0.0.1:" + server.port());
            assertThat(server.isAlive()).isTrue();
            assertThat(processExists(server.pid())).isTrue();
        }
    }

    @Test
    void optionsOfTheCallerComeOnTopOfTheDefaults() {
        try (RedisServer server = RedisServer.start("--maxmemory", "10mb", "--appendonly", "yes");
                RespClient client = server.client()) {
            assertThat(client.call("CONFIG", "GET", "maxmemory")).isEqualTo(List.of("maxmemory", "10485760"));
            assertThat(client.call("CONFIG", "GET", "appendonly")).isEqualTo(List.of("appendonly", "yes"));
            assertThat(client.call("CONFIG", "GET", "save")).isEqualTo(List.of("save", ""));
        }
    }

    @Test
    void aServerWithAPasswordIsReadyToo() {
        try (RedisServer server = RedisServer.start("--requirepass", "secret");
                RespClient client = server.client()) {
            assertThatThrownBy(() -> client.call("PING")).hasMessageStartingWith("NOAUTH");
            assertThat(client.call("AUTH", "secret")).isEqualTo("OK");
        }
    }

    @Test
    void manyServersRunSideBySide() {
        List<RedisServer> servers = new ArrayList<>();
        try {
            for (int i = 0; i < 5; i++) {
                servers.add(RedisServer.start());
            }
            assertThat(servers).extracting(RedisServer::port).doesNotHaveDuplicates();
            assertThat(servers).allMatch(RedisServer::isAlive);
        } finally {
            servers.forEach(RedisServer::close);
        }
    }

    @Test
    void aBadOptionIsAnErrorWithTheServersOwnWords() {
        assertThatIllegalStateException()
                .isThrownBy(() -> RedisServer.start("--no-such-option", "1"))
                .withMessageContaining("ended with 1")
                .withMessageContaining("no-such-option");
    }

    @Test
    void aPortTakenIsAnErrorThatNamesItEvenIfAnotherRedisAnswersThere() {
        try (RedisServer server = RedisServer.start()) {
            assertThatIllegalStateException()
                    .isThrownBy(() -> RedisServer.start(server.port()))
                    .withMessageContaining("Failed listening on port " + server.port());
        }
    }

    @Test
    void aKilledServerIsGoneAndComesBackOnItsPortEmpty() {
        try (RedisServer server = RedisServer.start("--maxmemory", "10mb")) {
            long firstPid = server.pid();
            try (RespClient client = server.client()) {
                client.call("SET", "k", "v");
                server.kill();

                assertThatThrownBy(() -> client.call("GET", "k")).isInstanceOf(UncheckedIOException.class);
            }
            assertThat(server.isAlive()).isFalse();
            assertThat(processExists(firstPid)).isFalse();
            assertThatThrownBy(server::client).isInstanceOf(UncheckedIOException.class);

            int port = server.port();
            server.restart();

            assertThat(server.port()).isEqualTo(port);
            assertThat(server.pid()).isNotEqualTo(firstPid);
            try (RespClient client = server.client()) {
                assertThat(client.call("GET", "k")).isNull();
                assertThat(client.call("CONFIG", "GET", "maxmemory")).isEqualTo(List.of("maxmemory", "10485760"));
            }
        }
    }

    @Test
    void aRestartOfARunningServerReplacesIt() {
        try (RedisServer server = RedisServer.start()) {
            long firstPid = server.pid();

            server.restart();

            assertThat(processExists(firstPid)).isFalse();
            assertThat(server.isAlive()).isTrue();
        }
    }

    @Test
    void whatAnOptionMadeItKeepSurvivesAKill() {
        try (RedisServer server = RedisServer.start("--appendonly", "yes", "--appendfsync", "always")) {
            try (RespClient client = server.client()) {
                client.call("SET", "k", "v");
            }
            server.kill();
            server.restart();
            try (RespClient client = server.client()) {
                assertThat(client.call("GET", "k")).isEqualTo("v");
            }
        }
    }

    @Test
    void aPausedServerAcceptsAndDoesNotAnswerUntilItIsResumed() {
        try (RedisServer server = RedisServer.start();
                RespClient before = server.client()) {
            before.call("SET", "k", "v");
            server.pause();

            assertThat(server.isAlive()).isTrue();
            try (RespClient impatient = RespClient.connect(server.host(), server.port(), SHORT)) {
                assertThatThrownBy(() -> impatient.call("GET", "k")).hasCauseInstanceOf(SocketTimeoutException.class);
            }

            server.resume();

            assertThat(before.call("GET", "k")).isEqualTo("v");
        }
    }

    @Test
    void closeLeavesNoProcessAndNoDirectoryAndMayBeRepeated() {
        RedisServer server = RedisServer.start("--appendonly", "yes");
        Path dir = server.dir();
        assertThat(dir).isNotEmptyDirectory();

        server.close();
        server.close();

        assertThat(processExists(server.pid())).isFalse();
        assertThat(dir).doesNotExist();
    }

    @Test
    void aPausedServerCanBeClosed() {
        RedisServer server = RedisServer.start();
        server.pause();

        server.close();

        assertThat(processExists(server.pid())).isFalse();
    }

    @Test
    void aClosedServerCanBeRestarted() {
        RedisServer server = RedisServer.start();
        server.close();
        try (server) {
            server.restart();
            try (RespClient client = server.client()) {
                assertThat(client.call("PING")).isEqualTo("PONG");
            }
        }
        assertThat(server.dir()).doesNotExist();
    }

    @Test
    void aSignalToADeadServerIsAnError() {
        RedisServer server = RedisServer.start();
        server.close();

        assertThatIllegalStateException().isThrownBy(server::pause).withMessageContaining("SIGSTOP");
    }

    private static boolean processExists(long pid) {
        return ProcessHandle.of(pid).map(ProcessHandle::isAlive).orElse(false);
    }
}
