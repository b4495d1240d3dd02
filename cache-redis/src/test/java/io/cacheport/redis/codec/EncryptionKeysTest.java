package io.cacheport.redis.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.cacheport.TypeRef;
import io.cacheport.redis.json.JsonCodec;
import io.cacheport.spi.Codec;
import io.cacheport.spi.UnreadableValueException;
import java.util.Arrays;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Which keys there can be. */
class EncryptionKeysTest {

    private static final byte[] CACHE_KEY = "k".getBytes(UTF_8);

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a:b", "ä", "a\n"})
    void idsAreShortAndPlain(String id) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EncryptionKeys.of(id, new byte[16]))
                .withMessage("key id \"" + id + "\" is not 1 to 64 letters, digits, dots, underscores or hyphens");
        assertThatIllegalArgumentException().isThrownBy(() -> EncryptionKeys.of("x".repeat(65), new byte[16]));
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 8, 15, 17, 33, 64})
    void keysHaveTheLengthOfAes(int length) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EncryptionKeys.of("a", new byte[length]))
                .withMessage("key \"a\" of " + length + " bytes: AES keys have 16, 24 or 32");
    }

    @Test
    void anIdStandsForOneKey() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EncryptionKeys.of("a", new byte[16]).alsoReading("a", new byte[32]))
                .withMessage("key id \"a\" is given twice");
    }

    @Test
    void theCurrentOneStaysWhateverElseIsRead() {
        EncryptionKeys keys = EncryptionKeys.of("new", new byte[16]).alsoReading("old", new byte[32]);

        assertThat(keys.currentId()).isEqualTo("new");
        assertThat(keys.ids()).containsExactly("new", "old");
        assertThat(keys).hasToString("EncryptionKeys[new, old]");
    }

    @Test
    void bytesAreCopiedAndNotChanged() throws UnreadableValueException {
        byte[] key = new byte[32];
        Codec codec = JsonCodec.create().encrypted(EncryptionKeys.of("a", key));
        byte[] stored = codec.encode(CACHE_KEY, "x");

        Arrays.fill(key, (byte) 1);

        assertThat(codec.decode(CACHE_KEY, stored, TypeRef.of(String.class))).isEqualTo("x");
    }

    @Test
    void aSecretKeyWillDoIfItIsOfAes() throws UnreadableValueException {
        byte[] bytes = new byte[16];
        Codec one = JsonCodec.create().encrypted(EncryptionKeys.of("a", new SecretKeySpec(bytes, "AES")));
        Codec other = JsonCodec.create().encrypted(EncryptionKeys.of("a", bytes));

        assertThat(other.decode(CACHE_KEY, one.encode(CACHE_KEY, 7), TypeRef.of(Integer.class)))
                .isEqualTo(7);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> EncryptionKeys.of("a", new SecretKeySpec(bytes, "HmacSHA256")))
                .withMessage("key is no AES key that can be had as bytes");
    }
}
