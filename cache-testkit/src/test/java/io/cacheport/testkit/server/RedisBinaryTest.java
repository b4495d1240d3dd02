package io.cacheport.testkit.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RedisBinaryTest {

    @ParameterizedTest
    @CsvSource({
        "Linux, amd64, linux-amd64",
        "Linux, x86_64, linux-amd64",
        "Linux, aarch64, linux-arm64",
        "Linux, i386, linux-386",
        "Mac OS X, x86_64, darwin-amd64",
        "Mac OS X, aarch64, darwin-arm64"
    })
    void aPlatformIsNamedAsInTheJar(String os, String arch, String platform) {
        assertThat(RedisBinary.platform(os, arch)).isEqualTo(platform);
    }

    @Test
    void itIsUnpackedOnce() {
        assertThat(RedisBinary.path()).isExecutable().isEqualTo(RedisBinary.path());
    }

    @Test
    void aPathThatIsNoExecutableIsAnErrorThatNamesIt() {
        System.setProperty(RedisBinary.OVERRIDE, "/nowhere/redis-server");
        try {
            assertThatIllegalStateException()
                    .isThrownBy(RedisBinary::path)
                    .withMessageContaining(RedisBinary.OVERRIDE)
                    .withMessageContaining("/nowhere/redis-server");
        } finally {
            System.clearProperty(RedisBinary.OVERRIDE);
        }
    }
}
