package io.cacheport.redis.codec;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.cacheport.TypeRef;
import io.cacheport.redis.json.JsonCodec;
import io.cacheport.spi.Codec;
import io.cacheport.spi.Confidential;
import io.cacheport.spi.UnreadableValueException;
import java.util.Arrays;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is encrypted, and what becomes of everything else. */
class EncryptedCodecTest {

    private static final byte[] KEY = "cache:t1:letter".getBytes(UTF_8);
    private static final TypeRef<Letter> LETTER = TypeRef.of(Letter.class);
    private static final Letter VALUE = Letter.of(3);

    private final JsonCodec json = JsonCodec.create();
    private final EncryptionKeys old = EncryptionKeys.of("2026-05", bytes(1, 32));
    private final EncryptionKeys now = EncryptionKeys.of("2026-11", bytes(2, 32));
    private final Codec codec = json.encrypted(old);

    private static byte[] bytes(int seed, int length) {
        byte[] key = new byte[length];
        new Random(seed).nextBytes(key);
        return key;
    }

    @ParameterizedTest
    @ValueSource(ints = {16, 24, 32})
    void comesBackAndShowsNothing(int length) throws UnreadableValueException {
        Codec codec = json.encrypted(EncryptionKeys.of("k", bytes(1, length)));

        byte[] stored = codec.encode(KEY, VALUE);

        assertThat(new String(stored, ISO_8859_1)).doesNotContain("recipient", "Ada", "line");
        assertThat(stored).startsWith(0xF6, 0x01, 1, 'k');
        assertThat(codec.decode(KEY, stored, LETTER)).isEqualTo(VALUE);
    }

    @Test
    void nullIsAValue() throws UnreadableValueException {
        assertThat(codec.<@Nullable Letter>decode(KEY, codec.encode(KEY, null), LETTER))
                .isNull();
    }

    @Test
    void theSameValueIsNeverStoredTheSame() {
        assertThat(codec.encode(KEY, VALUE)).isNotEqualTo(codec.encode(KEY, VALUE));
    }

    @Test
    void everyBitAndEveryLengthMatters() {
        byte[] stored = codec.encode(KEY, VALUE);

        for (int bit = 0; bit < stored.length * Byte.SIZE; bit++) {
            byte[] damaged = stored.clone();
            damaged[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            assertUnreadable(codec, damaged);
        }
        for (int length = 0; length < stored.length; length++) {
            assertUnreadable(codec, Arrays.copyOf(stored, length));
        }
        assertUnreadable(codec, Arrays.copyOf(stored, stored.length + 1));
    }

    @ParameterizedTest
    @ValueSource(strings = {"cache:t2:letter", "cache:t1:lette", "other:t1:letter", "t1:letter", ""})
    void isBoundToItsKey(String elsewhere) {
        byte[] stored = codec.encode(KEY, VALUE);

        assertThatExceptionOfType(UnreadableValueException.class)
                .isThrownBy(() -> codec.decode(elsewhere.getBytes(UTF_8), stored, LETTER))
                .withMessageContaining("changed or of another key");
    }

    /** "k" with key "1x" and "k1" with key "x" have the same letters. */
    @Test
    void idAndKeyAreNotTakenForEachOther() {
        byte[] same = bytes(1, 16);
        Codec one = json.encrypted(EncryptionKeys.of("k", same).alsoReading("k1", same));
        byte[] stored = one.encode("1x".getBytes(UTF_8), VALUE);
        byte[] moved = new byte[stored.length + 1];
        System.arraycopy(stored, 0, moved, 0, 4);
        moved[2] = 2;
        moved[4] = '1';
        System.arraycopy(stored, 4, moved, 5, stored.length - 4);

        assertThatExceptionOfType(UnreadableValueException.class)
                .isThrownBy(() -> one.decode("x".getBytes(UTF_8), moved, LETTER));
    }

    @Test
    void theIdCannotBeExchangedThoughBothStandForTheSameKey() {
        byte[] same = bytes(1, 16);
        Codec both = json.encrypted(EncryptionKeys.of("a", same).alsoReading("b", same));
        byte[] stored = both.encode(KEY, VALUE);
        stored[3] = 'b';

        assertUnreadable(both, stored);
    }

    @Test
    void keysAreChangedWithoutAMiss() throws UnreadableValueException {
        Codec reads = json.encrypted(old.alsoReading("2026-11", bytes(2, 32)));
        Codec writes = json.encrypted(now.alsoReading("2026-05", bytes(1, 32)));

        assertThat(reads.decode(KEY, writes.encode(KEY, VALUE), LETTER)).isEqualTo(VALUE);
        assertThat(writes.decode(KEY, reads.encode(KEY, VALUE), LETTER)).isEqualTo(VALUE);
        assertThat(writes.decode(KEY, codec.encode(KEY, VALUE), LETTER)).isEqualTo(VALUE);
        assertUnreadable(json.encrypted(now), codec.encode(KEY, VALUE));
    }

    @Test
    void aKeyOfTheSameIdIsNotTakenForIt() {
        assertUnreadable(json.encrypted(EncryptionKeys.of("2026-05", bytes(3, 32))), codec.encode(KEY, VALUE));
    }

    @Test
    void whatIsNotEncryptedIsNotRead() {
        assertUnreadable(codec, json.encode(KEY, VALUE));
        assertUnreadable(codec, json.compressed(1).encode(KEY, VALUE));
        assertUnreadable(codec, new byte[0]);
        assertUnreadable(json, codec.encode(KEY, VALUE));
        assertUnreadable(json.compressed(), codec.encode(KEY, VALUE));
    }

    @Test
    void compressedFirst() throws UnreadableValueException {
        Codec both = json.compressed().encrypted(old);
        Letter letter = Letter.of(100);

        byte[] stored = both.encode(KEY, letter);

        assertThat(stored.length).isLessThan(json.encode(KEY, letter).length / 2);
        assertThat(stored).startsWith(0xF6);
        assertThat(both.decode(KEY, stored, LETTER)).isEqualTo(letter);
        assertThat(both.decode(KEY, codec.encode(KEY, letter), LETTER)).isEqualTo(letter);
        assertUnreadable(codec, stored);
    }

    @Test
    void saysWhatItDoesAndNothingOfAKey() {
        assertThat(json.compressed().encrypted(now)).hasToString("JSON, zstd from 1024 bytes, AES-GCM key 2026-11");
        assertThat(Confidential.is(codec)).isTrue();
        assertThat(Confidential.is(json.compressed())).isFalse();
    }

    @Test
    void failuresQuoteNothing() {
        byte[] plain = json.encode(KEY, VALUE);

        assertThatExceptionOfType(UnreadableValueException.class)
                .isThrownBy(() -> codec.decode(KEY, plain, LETTER))
                .withMessage("not a value of type " + LETTER + ": not encrypted");
    }

    private static void assertUnreadable(Codec codec, byte[] stored) {
        assertThatExceptionOfType(UnreadableValueException.class).isThrownBy(() -> codec.decode(KEY, stored, LETTER));
    }
}
