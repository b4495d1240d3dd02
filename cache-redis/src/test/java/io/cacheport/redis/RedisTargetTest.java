package io.cacheport.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.cacheport.redis.RedisTarget.Node;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RedisTargetTest {

    private static final Node NODE = new Node("h", 6_379);

    @ParameterizedTest
    @MethodSource
    void goodForms(String uri, RedisTarget expected) {
        assertThat(RedisTarget.parse(uri)).isEqualTo(expected);
    }

    static Stream<Arguments> goodForms() {
        return Stream.of(
                Arguments.of("redis://h", plain(NODE)),
                Arguments.of("redis://h/", plain(NODE)),
                Arguments.of("redis://h:7000", plain(new Node("h", 7_000))),
                Arguments.of("redis://h:1", plain(new Node("h", 1))),
                Arguments.of("redis://h:65535", plain(new Node("h", 65_535))),
                Arguments.of("REDIS://h", plain(NODE)),
                Arguments.of("redis://cache.shop.internal:7000", plain(new Node("cache.shop.internal", 7_000))),
                Arguments.of("redis://10.0.0.1", plain(new Node("10.0.0.1", 6_379))),
                Arguments.of("redis://[::1]:7000", plain(new Node("[::1]", 7_000))),
                Arguments.of("redis://[fe80::1]", plain(new Node("[fe80::1]", 6_379))),
                Arguments.of("redis://h/3", target(NODE, null, null, 3, null)),
                Arguments.of("redis://:pw@h", target(NODE, null, "pw", 0, null)),
                Arguments.of("redis://me:pw@h:7000/3", target(new Node("h", 7_000), "me", "pw", 3, null)),
                Arguments.of("redis://:p%40%2F%3F%3A%25@h", target(NODE, null, "p@/?:%", 0, null)),
                Arguments.of("redis://:a+b@h", target(NODE, null, "a+b", 0, null)),
                Arguments.of("redis://:p@w@h", target(NODE, null, "p@w", 0, null)),
                Arguments.of("redis://m%C3%A9:p%C3%A9@h", target(NODE, "mé", "pé", 0, null)),
                Arguments.of("redis://me:a:b@h", target(NODE, "me", "a:b", 0, null)),
                Arguments.of("redis://h?prefix=shop:", target(NODE, null, null, 0, "shop:")),
                Arguments.of("redis://h?prefix=shop%3A", target(NODE, null, null, 0, "shop:")),
                Arguments.of("redis://h?prefix=", target(NODE, null, null, 0, "")),
                Arguments.of("redis://me:pw@h/3?prefix=s.", target(NODE, "me", "pw", 3, "s.")),
                Arguments.of("redis://h?", plain(NODE)),
                Arguments.of("rediss://h", new RedisTarget(List.of(NODE), null, null, 0, true, false, null, null)),
                Arguments.of("redis-cluster://h", cluster(false, NODE)),
                Arguments.of("redis-cluster://h/0", cluster(false, NODE)),
                Arguments.of(
                        "redis-cluster://h,i:7000, [::1]:7001",
                        cluster(false, NODE, new Node("i", 7_000), new Node("[::1]", 7_001))),
                Arguments.of("rediss-cluster://h,i", cluster(true, NODE, new Node("i", 6_379))),
                Arguments.of("redis-sentinel://h/mymaster", sentinel(false, 0, new Node("h", 26_379))),
                Arguments.of("redis-sentinel://h/mymaster/", sentinel(false, 0, new Node("h", 26_379))),
                Arguments.of(
                        "rediss-sentinel://h:1,i/mymaster/3",
                        sentinel(true, 3, new Node("h", 1), new Node("i", 26_379))),
                Arguments.of(
                        "redis-sentinel://me:pw@h:1/shop-1.a_b?prefix=x:",
                        new RedisTarget(List.of(new Node("h", 1)), "me", "pw", 0, false, false, "shop-1.a_b", "x:")));
    }

    private static RedisTarget plain(Node node) {
        return target(node, null, null, 0, null);
    }

    private static RedisTarget target(
            Node node, @Nullable String user, @Nullable String password, int database, @Nullable String prefix) {
        return new RedisTarget(List.of(node), user, password, database, false, false, null, prefix);
    }

    private static RedisTarget cluster(boolean tls, Node... nodes) {
        return new RedisTarget(List.of(nodes), null, null, 0, tls, true, null, null);
    }

    private static RedisTarget sentinel(boolean tls, int database, Node... nodes) {
        return new RedisTarget(List.of(nodes), null, null, database, tls, false, "mymaster", null);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "redis://                  | the host is missing",
                "redis:///3                | the host is missing",
                "redis://:7000             | the host is missing",
                "redis://me:pw@            | the host is missing",
                "redis://[::1              | the host is missing or not a host name",
                "redis://::1               | the host is missing or not a host name",
                "redis-cluster://h,        | the host is missing",
                "redis-cluster://,h        | the host is missing",
                "redis://h:                | not a port from 1 to 65535",
                "redis://h:0               | not a port from 1 to 65535",
                "redis://h:65536           | not a port from 1 to 65535",
                "redis://h:99999999999     | not a port from 1 to 65535",
                "redis://h:-1              | not a port from 1 to 65535",
                "redis://h:http            | not a port from 1 to 65535",
                "redis://[::1]:x           | not a port from 1 to 65535",
                "redis://h,i               | several hosts, which only redis-cluster://",
                "redis-cluster://h/3       | database 3, but a cluster has only database 0",
                "redis://h/three           | is not a database number",
                "redis://h/-1              | is not a database number",
                "redis://h/3/4             | is not a database number",
                "redis://h?timeout=3       | the only parameter after the question mark is prefix",
                "redis://h?prefix          | the only parameter after the question mark is prefix",
                "redis://h?prefix=a&x=b    | the only parameter after the question mark is prefix",
                "redis://h?prefix=a&prefix=b | prefix, once",
                "redis://me@h              | user:password, or :password",
                "redis://me:@h             | user:password, or :password",
                "redis://@h                | user:password, or :password",
                "redis://:a%zz@h           | a percent sign is not followed by two hexadecimal digits",
                "redis://:a%@h             | a percent sign is not followed by two hexadecimal digits",
                "redis://h?prefix=%4       | a percent sign is not followed by two hexadecimal digits",
                "http://h                  | write redis://",
                "h:6379                    | write redis://",
                "redis:h                   | write redis://",
                "redis-sentinel://h        | a slash and the master's name",
                "redis-sentinel://h/       | a slash and the master's name",
                "redis-sentinel://h//3     | a slash and the master's name",
                "redis-sentinel://h/a b    | a slash and the master's name",
                "redis-sentinel:///mymaster | the host is missing",
                "redis-sentinel://h/m/x    | is not a database number",
                "redis-sentinel://h/m/3/4  | is not a database number",
                "redis-cluster://h/mymaster | is not a database number",
                "redis://h,i/mymaster      | several hosts, which only redis-cluster:// and redis-sentinel://",
                "redis-sentinel-cluster://h/m | write redis://",
                "redis-cluster-sentinel://h/m | write redis://",
                "''                        | write redis://",
            })
    void badFormsNameTheirRule(String uri, String rule) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RedisTarget.parse(uri))
                .withMessageStartingWith("malformed Redis URI: ")
                .withMessageContaining(rule);
    }

    @Test
    @SuppressWarnings("NullAway") // what a caller without null checks does
    void noUriAtAll() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RedisTarget.parse(null))
                .withMessageContaining("uri is null");
    }

    /** Wherever a slip of the pen puts the password in the URI. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "redis://:s3cret@h",
                "redis://me:s3cret@h:7000/3?prefix=a",
                "rediss-cluster://me:s3cret@h,i",
                "redis://:s3cret",
                "redis://me:s3cret",
                "redis://s3cret@h",
                "redis://me:1234/s3cret@h",
                "redis://me:12?s3cret@h",
                "redis://:1/s3cret@h",
                "redis://me:s3cret@h@",
                "redis://me:s3cret@h:port",
                "redis://me:s3cret@",
                "redis://me:s3cret@/3",
                "redis://me:s3cret@h,i",
                "redis://me:s3cret@h/x",
                "redis://me:s3cret@h?x=y",
                "redis-cluster://me:s3cret@h/3",
                "redis://me:s3cret%zz@h",
                "redis://me:s3cret%@h",
                "redis://me:%s3cret@h",
                "redis:me:s3cret@h",
                "redis-sentinel://me:s3cret@h,i",
                "redis-sentinel://me:s3cret@h,i/mymaster",
                "redis-sentinel://me:s3cret@h/a b",
                "redis-sentinel://me:12/s3cret@h/mymaster",
                "redis-sentinel://me:s3cret@h/mymaster/x",
                "http://me:s3cret@h",
                "redis://me:s3cret\n@h",
                "redis://me:s3cret@h x",
            })
    void thePasswordIsNowhereToBeRead(String uri) {
        Throwable refusal = catchThrowable(() -> {
            RedisCacheBuilder builder = RedisCacheAdapter.builder(uri);
            assertThat(RedisTarget.parse(uri).toString()).doesNotContain("s3cret");
            builder.retries(-1).build(); // a later refusal quotes no URI either
        });

        assertThat(refusal).isInstanceOf(IllegalArgumentException.class);
        for (Throwable each = refusal; each != null; each = each.getCause()) {
            assertThat(each.toString()).doesNotContain("s3cret");
        }
    }

    @Test
    void aPasswordCutInTwoBySlash() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RedisTarget.parse("redis://:sec/ret@h"))
                .satisfies(refusal -> assertThat(refusal.toString()).doesNotContain("sec", "ret"));
    }

    @ParameterizedTest
    @CsvSource({
        "redis://:pw@h, redis://:***@h:6379",
        "redis://me:pw@h:7000/3, redis://me:***@h:7000/3",
        "rediss://h?prefix=a, rediss://h:6379",
        "redis-sentinel://me:pw@h/m/3?prefix=a, redis-sentinel://me:***@h:26379/m/3",
        "'rediss-cluster://h,[::1]:7000', 'rediss-cluster://h:6379,[::1]:7000'",
    })
    void textForLogs(String uri, String text) {
        assertThat(RedisTarget.parse(uri)).hasToString(text);
    }
}
