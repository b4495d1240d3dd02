package io.cacheport.redis.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

import io.cacheport.CacheException;
import io.cacheport.redis.RedisCacheAdapter;
import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** TLS that cannot be: a certificate that is over, one for another host, a port that speaks plainly. */
@FaultRow(15)
class TlsFailureTest {

    private static final String HERE = "ip:127.0.0.1,dns:localhost";
    private static final Duration BOOT = Duration.ofMillis(2_500);
    private static final Duration WHILE = Duration.ofSeconds(3);

    @TempDir
    private Path directory;

    @Test
    void isNeverReplacedByPlainText() throws Exception {
        Row row = FaultMatrix.row(15, "TLS failures");
        Issued valid = Issued.of(directory, HERE, 1);
        works(valid);
        fails(row, "expired", Issued.of(directory, HERE, 10));
        fails(row, "wrong host", Issued.of(directory, "dns:elsewhere.example", 1));
        try (RedisServer plain = RedisServer.start()) {
            fails(row, "plain port", plain, plain.port(), valid.authority());
        }
        row.ours("the cache opens and misses, every call gets its value by its loader; with requireAtStartup: "
                + "CacheException; never plain text");
        row.figure("each: one WARN, cause=unavailable or timeout with the exception's class", "1, a clear one");
    }

    /** It is the certificate's fault, not the test's. */
    private static void works(Issued certificate) {
        int port = freePort();
        try (RedisServer server = start(certificate, port);
                RedisCacheAdapter cache = Profile.builder("rediss://127.0.0.1:" + port)
                        .trustedCertificates(certificate.authority())
                        .connectTimeout(Duration.ofSeconds(5)) // the first handshake of a JVM takes its time
                        .build()) {
            assertThat(server.isAlive()).isTrue();
            await().atMost(Duration.ofSeconds(10)).until(cache::isConnected);
        }
    }

    private static int freePort() {
        try (RedisServer finder = RedisServer.start()) {
            return finder.port();
        }
    }

    private static RedisServer start(Issued certificate, int port) {
        return RedisServer.start(
                "--tls-port",
                String.valueOf(port),
                "--tls-cert-file",
                certificate.certificate().toAbsolutePath().toString(),
                "--tls-key-file",
                certificate.key().toAbsolutePath().toString(),
                "--tls-ca-cert-file",
                certificate.authority().toAbsolutePath().toString(),
                "--tls-auth-clients",
                "no");
    }

    private static void fails(Row row, String what, Issued certificate) throws Exception {
        int port = freePort();
        try (RedisServer server = start(certificate, port)) {
            fails(row, what, server, port, certificate.authority());
        }
    }

    private static void fails(Row row, String what, RedisServer server, int port, Path trusted) throws Exception {
        String uri = "rediss://127.0.0.1:" + port;
        String naively = Naive.attempt(BOOT, () -> NaiveCache.connect(uri)); // trusts what the JVM trusts
        assertThat(naively).matches("RedisConnectionException|hung over .*");
        row.naive(what + ": " + naively + " from connect");

        LogWatch.forgetWarnings();
        long start = System.nanoTime();
        try (RespClient client = server.client();
                RedisCacheAdapter cache =
                        Profile.builder(uri).trustedCertificates(trusted).build()) {
            Duration built = Duration.ofNanos(System.nanoTime() - start);
            row.figure(what + ": opened after " + Row.ms(built.toNanos()), "2 s, and 0.5 s to make the adapter");
            assertThat(built).isLessThanOrEqualTo(BOOT);
            assertThat(Load.through(cache).read(LogWatch.KEY + ":15", () -> LogWatch.VALUE))
                    .isEqualTo(LogWatch.VALUE);
            await().atMost(WHILE.plusSeconds(1)).pollDelay(WHILE).until(() -> !cache.isConnected());
            assertThat(LogWatch.warnings().stream().filter(line -> line.contains("cannot be reached")))
                    .singleElement()
                    .asString()
                    .containsPattern("cause=(unavailable|timeout) exception=");
            assertThat(String.valueOf(client.call("INFO", "commandstats"))).doesNotContain("hello", "cmdstat_get");
        }
        assertThatExceptionOfType(CacheException.class) // unavailable, or timeout where nothing answers
                .isThrownBy(() -> Profile.builder(uri)
                        .trustedCertificates(trusted)
                        .requireAtStartup()
                        .build());
    }
}
