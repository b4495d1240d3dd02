package io.cacheport.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.awaitility.Awaitility.await;

import io.cacheport.CacheException;
import io.cacheport.ErrorCause;
import io.cacheport.inmemory.InMemoryCacheAdapter;
import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import io.cacheport.tiered.Tiered;
import io.cacheport.tiered.TieredCache;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code rediss:}, with certificates made for the test. */
class RedisTlsTest {

    private static final Duration MINUTE = Duration.ofMinutes(1);
    private static final Duration SOON = Duration.ofSeconds(5);

    @TempDir
    private Path directory;

    /** A server with a TLS port beside its plain one. */
    private record TlsServer(RedisServer server, int port) implements AutoCloseable {

        static TlsServer start(RedisTestCertificate certificate) {
            int port;
            try (RedisServer finder = RedisServer.start()) {
                port = finder.port();
            }
            RedisServer server = RedisServer.start(
                    "--tls-port",
                    String.valueOf(port),
                    "--tls-cert-file",
                    certificate.certificate().toAbsolutePath().toString(),
                    "--tls-key-file",
                    certificate.key().toAbsolutePath().toString(),
                    "--tls-ca-cert-file",
                    certificate.certificate().toAbsolutePath().toString(),
                    "--tls-auth-clients",
                    "no");
            return new TlsServer(server, port);
        }

        String uri() {
            return "rediss://127.0.0.1:" + port;
        }

        @Override
        public void close() {
            server.close();
        }
    }

    private static RedisCacheAdapter open(String uri, @Nullable Path trusted) {
        RedisCacheBuilder builder = RedisCacheAdapter.builder(uri)
                .connectTimeout(Duration.ofSeconds(3)); // the first handshake of a JVM takes its time
        return trusted == null
                ? builder.build()
                : builder.trustedCertificates(trusted).build();
    }

    private static void neverServes(String uri, @Nullable Path trusted, RedisServer server) {
        try (RedisTestLog log = RedisTestLog.open();
                RespClient client = server.client()) {
            RedisTestCommands commands = RedisTestCommands.countFromNow(client);
            try (RedisCacheAdapter cache = open(uri, trusted)) {
                await().atMost(SOON)
                        .until(() -> !log.lines("WARN Redis cannot be reached").isEmpty());
                cache.set("k", "v", MINUTE);
                assertThat(cache.get("k", String.class)).isNull();
                assertThat(cache.isConnected()).isFalse();
                assertThatExceptionOfType(CacheException.class)
                        .isThrownBy(() -> cache.strict().get("k", String.class))
                        .satisfies(thrown -> assertThat(thrown.errorCause()).isEqualTo(ErrorCause.UNAVAILABLE));
            }
            assertThat(commands.counts()).isEmpty();
            assertThat(String.valueOf(client.call("INFO", "commandstats"))).doesNotContain("hello");
            assertThat(log.lines("WARN Redis cannot be reached"))
                    .singleElement()
                    .asString()
                    .contains("cause=", "exception=");
        }
    }

    @Test
    void aNearCacheListensOverItToo() throws Exception {
        RedisTestCertificate certificate = RedisTestCertificate.make(directory, "ip:127.0.0.1");
        try (TlsServer tls = TlsServer.start(certificate);
                TieredCache cache =
                        Tiered.near(InMemoryCacheAdapter.create()).far(open(tls.uri(), certificate.certificate()))) {
            await().atMost(SOON)
                    .until(() ->
                            cache.isConnected() && cache.feedState().proofAges().size() == 1);
            cache.set("k", "v", MINUTE);
            cache.get("k", String.class);

            assertThat(cache.get("k", String.class)).isEqualTo("v");
            assertThat(cache.nearStats().hits()).isEqualTo(1);
        }
    }

    @Test
    void trustedCertificatesAreAllItTakes() throws Exception {
        RedisTestCertificate certificate = RedisTestCertificate.make(directory, "ip:127.0.0.1,dns:localhost");
        try (TlsServer tls = TlsServer.start(certificate)) {
            for (String host : new String[] {"127.0.0.1", "localhost"}) {
                String uri = "rediss://" + host + ":" + tls.port();
                try (RedisCacheAdapter cache = open(uri, certificate.certificate());
                        RespClient client = tls.server().client()) {
                    await().atMost(SOON).until(cache::isConnected);
                    cache.strict().set("k", host, MINUTE);
                    assertThat(RedisTestJson.get(client, "cache:k")).isEqualTo("\"" + host + "\"");

                    tls.server().restart();

                    await().atMost(SOON).until(cache::isConnected);
                }
            }
            neverServes(tls.uri(), null, tls.server());
            Path other = RedisTestCertificate.make(directory, "ip:127.0.0.1").certificate();
            neverServes(tls.uri(), other, tls.server());
        }
    }

    @Test
    void aCertificateForAnotherHostIsRefused() throws Exception {
        RedisTestCertificate certificate = RedisTestCertificate.make(directory, "dns:elsewhere.example");
        try (TlsServer tls = TlsServer.start(certificate)) {
            neverServes(tls.uri(), certificate.certificate(), tls.server());
        }
    }

    @Test
    void aPlainPortIsNoSubstitute() throws Exception {
        Path certificate = RedisTestCertificate.make(directory, "ip:127.0.0.1").certificate();
        try (RedisServer plain = RedisServer.start()) {
            neverServes(plain.uri().replace("redis:", "rediss:"), certificate, plain);
        }
    }

    @Test
    void trustWithoutTlsIsAContradiction() throws Exception {
        Path certificate = Files.createFile(directory.resolve("any.pem"));

        for (String uri : new String[] {"redis://h", "redis-cluster://h"}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> open(uri, certificate))
                    .withMessageContaining("trustedCertificates " + certificate + " given for " + uri)
                    .withMessageContaining("write rediss://");
        }
    }
}
