package io.cacheport.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RedisUrlTest {

    @Test
    void everyPartButTheHostMayBeLeftOut() {
        assertThat(RedisUrl.parse("redis://h")).isEqualTo(new RedisUrl("h", 6379, null, null, 0));
        assertThat(RedisUrl.parse("redis://h/")).isEqualTo(new RedisUrl("h", 6379, null, null, 0));
        assertThat(RedisUrl.parse("redis://h:1/2")).isEqualTo(new RedisUrl("h", 1, null, null, 2));
        assertThat(RedisUrl.parse("redis://:p%40:q@h:1")).isEqualTo(new RedisUrl("h", 1, null, "p@:q", 0));
        assertThat(RedisUrl.parse("redis://p@h")).isEqualTo(new RedisUrl("h", 6379, null, "p", 0));
        assertThat(RedisUrl.parse("redis://u:p@h")).isEqualTo(new RedisUrl("h", 6379, "u", "p", 0));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "secret", "rediss://:secret@h", "redis://", "redis://:secret@h:x", "redis://:secret@h/x"})
    void anythingElseIsRefusedWithoutRepeatingIt(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RedisUrl.parse(url))
                .withMessageStartingWith("not of the form redis://")
                .withMessageNotContaining("secret")
                .withNoCause();
    }
}
