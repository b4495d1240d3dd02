package io.cacheport.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.lettuce.core.RedisCredentials;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

@SuppressWarnings("NullAway") // what callers without null checks do
class RedisBuilderTest {

    private static final String URI = "redis://me:s3cret@127.0.0.1:1/2";

    @ParameterizedTest
    @MethodSource
    void aBadValueIsNamedWithItsRule(UnaryOperator<RedisCacheBuilder> setting, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> setting.apply(RedisCacheAdapter.builder(URI)).build())
                .withMessageContaining(message)
                .satisfies(refusal -> assertThat(refusal.toString()).doesNotContain("s3cret"));
    }

    static Stream<Arguments> aBadValueIsNamedWithItsRule() {
        String prefixRule = " is not 0 to 64 letters, digits, dots, underscores, colons or hyphens";
        return Stream.of(
                bad(builder -> builder.keyPrefix(null), "keyPrefix \"null\"" + prefixRule),
                bad(builder -> builder.keyPrefix("a b"), "keyPrefix \"a b\"" + prefixRule),
                bad(builder -> builder.keyPrefix("a".repeat(65)), "a\"" + prefixRule),
                bad(builder -> builder.commandTimeout(null), "commandTimeout null is not from 1 ms to 1 h"),
                bad(builder -> builder.commandTimeout(Duration.ZERO), "commandTimeout PT0S is not from 1 ms to 1 h"),
                bad(builder -> builder.commandTimeout(Duration.ofMillis(-1)), "commandTimeout PT-0.001S is not"),
                bad(builder -> builder.commandTimeout(Duration.ofDays(200_000)), "commandTimeout PT4800000H is not"),
                bad(builder -> builder.connectTimeout(Duration.ofDays(30)), "connectTimeout PT720H is not"),
                bad(builder -> builder.connectTimeout(Duration.ofNanos(1)), "connectTimeout PT0.000000001S is not"),
                bad(builder -> builder.connectTimeout(null), "connectTimeout null is not from 1 ms to 1 h"),
                bad(builder -> builder.connectTimeout(Duration.ZERO), "connectTimeout PT0S is not from 1 ms to 1 h"),
                bad(builder -> builder.connectTimeout(Duration.ofDays(-1)), "connectTimeout PT-24H is not"),
                bad(builder -> builder.retries(-1), "retries -1 is not from 0 to 10"),
                bad(builder -> builder.retries(11), "retries 11 is not from 0 to 10"),
                bad(builder -> builder.maximumValueBytes(0), "maximumValueBytes 0 is not positive"),
                bad(builder -> builder.maximumValueBytes(-1), "maximumValueBytes -1 is not positive"),
                bad(builder -> builder.codec(null), "codec is null"),
                bad(builder -> builder.protocol(null), "protocol is null"),
                bad(builder -> builder.credentials(null), "credentials is null"),
                bad(
                        builder -> builder.credentials(() -> RedisCredentials.just("me", "s3cret")),
                        "credentials given for redis://me:***@127.0.0.1:1/2, whose URI has a password too"),
                bad(builder -> builder.sentinelPassword(""), "sentinelPassword is empty"),
                bad(
                        builder -> builder.sentinelPassword("s3cret"),
                        "sentinelPassword given for redis://me:***@127.0.0.1:1/2, which names no sentinels"),
                bad(
                        RedisCacheBuilder::replicaReads,
                        "replicaReads given for redis://me:***@127.0.0.1:1/2, which is not a cluster"),
                bad(
                        builder -> builder.trustedCertificates(Path.of("ca.pem")),
                        "trustedCertificates ca.pem given for redis://me:***@127.0.0.1:1/2, which does not use TLS"));
    }

    private static Arguments bad(UnaryOperator<RedisCacheBuilder> setting, String message) {
        return Arguments.of(setting, message);
    }

    @Test
    void certificatesThatCannotBeReadAreRefusedLeavingNoThread(@TempDir Path directory) throws IOException {
        Set<Thread> before = Thread.getAllStackTraces().keySet();
        Path garbage = Files.writeString(directory.resolve("garbage.pem"), "no certificate");

        for (Path file : new Path[] {directory.resolve("absent.pem"), garbage, directory}) {
            RedisCacheBuilder builder =
                    RedisCacheAdapter.builder("rediss://:s3cret@127.0.0.1:1").trustedCertificates(file);
            assertThatIllegalArgumentException()
                    .isThrownBy(builder::build)
                    .withMessageContaining("trustedCertificates " + file)
                    .satisfies(refusal -> assertThat(refusal.toString()).doesNotContain("s3cret"));
        }

        assertThat(RedisTestThreads.ofLettuceSince(before)).isEmpty();
    }

    @Test
    void theTextOfAnAdapterHasWhatHelpsAndNoPassword() {
        try (RedisCacheAdapter cache = RedisCacheAdapter.builder(URI)
                .keyPrefix("shop:")
                .commandTimeout(Duration.ofMillis(100))
                .connectTimeout(Duration.ofMillis(100))
                .build()) {
            assertThat(Map.of(
                            "plain", cache.toString(), "strict", cache.strict().toString()))
                    .containsEntry(
                            "plain",
                            "RedisCacheAdapter[redis://me:***@127.0.0.1:1/2, prefix \"shop:\", timeout 100 ms]")
                    .containsEntry(
                            "strict",
                            "RedisCacheAdapter[redis://me:***@127.0.0.1:1/2, prefix \"shop:\", timeout 100 ms, strict]");
        }
    }
}
