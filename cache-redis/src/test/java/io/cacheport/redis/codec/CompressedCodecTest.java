package io.cacheport.redis.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import com.github.luben.zstd.Zstd;
import com.sun.management.ThreadMXBean;
import io.cacheport.TypeRef;
import io.cacheport.redis.json.JsonCodec;
import io.cacheport.spi.Codec;
import io.cacheport.spi.UnreadableValueException;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is compressed, and what becomes of bytes that only look so. */
class CompressedCodecTest {

    private static final byte[] KEY = "cache:letter".getBytes(UTF_8);
    private static final TypeRef<Letter> LETTER = TypeRef.of(Letter.class);
    private static final TypeRef<String> TEXT = TypeRef.of(String.class);
    private static final byte MAGIC = (byte) 0xF5;

    private final JsonCodec json = JsonCodec.create();
    private final CompressedCodec codec = json.compressed();

    @Test
    void aLongValueBecomesShorterAndComesBack() throws UnreadableValueException {
        Letter letter = Letter.of(100);

        byte[] stored = codec.encode(KEY, letter);

        assertThat(stored.length).isLessThan(json.encode(KEY, letter).length / 2);
        assertThat(stored).startsWith(0xF5, 0x01);
        assertThat(codec.decode(KEY, stored, LETTER)).isEqualTo(letter);
    }

    @ParameterizedTest
    @ValueSource(ints = {1_023, 1_024})
    void theThresholdIsInBytesOfJson(int bytes) {
        String text = "ab".repeat(bytes).substring(0, bytes - 2);

        byte[] stored = codec.encode(KEY, text);

        assertThat(stored[0]).isEqualTo(bytes < CompressedCodec.DEFAULT_THRESHOLD ? (byte) '"' : MAGIC);
    }

    @Test
    void whatDoesNotGetSmallerStaysAsItIs() throws UnreadableValueException {
        byte[] random = new byte[3_000];
        new Random(1).nextBytes(random);
        Codec bytes = new Bytes();

        assertThat(CompressedCodec.of(bytes).encode(KEY, random)).isEqualTo(random);
    }

    @Test
    void othersReadEachOther() throws UnreadableValueException {
        Letter letter = Letter.of(100);

        assertThat(codec.decode(KEY, json.encode(KEY, letter), LETTER)).isEqualTo(letter);
        assertThat(json.compressed(1).decode(KEY, codec.encode(KEY, letter), LETTER))
                .isEqualTo(letter);
        assertUnreadable(json, codec.encode(KEY, letter));
    }

    @Test
    void aCodecWhoseBytesBeginLikeOursIsNotMistaken() throws UnreadableValueException {
        byte[] alike = {MAGIC, 1, 0, 0, 0, 1};
        Codec bytes = CompressedCodec.of(new Bytes());

        byte[] stored = bytes.encode(KEY, alike);

        assertThat(stored.length).isGreaterThan(alike.length);
        assertThat(bytes.decode(KEY, stored, TypeRef.of(byte[].class))).isEqualTo(alike);
    }

    @Test
    void aChangedBitOrLengthIsAMissOrMakesNoDifference() {
        Letter letter = Letter.of(100);
        byte[] stored = codec.encode(KEY, letter);
        int same = 0;

        for (int bit = 0; bit < stored.length * Byte.SIZE; bit++) {
            byte[] damaged = stored.clone();
            damaged[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            try {
                assertThat(codec.decode(KEY, damaged, LETTER)).isEqualTo(letter);
                same++;
            } catch (UnreadableValueException miss) {
                assertThat(miss).hasMessageNotContaining("line");
            }
        }
        assertThat(same)
                .as("bits that mean nothing, of the window's size or of padding")
                .isLessThan(stored.length / 10);
        for (int length = 0; length < stored.length; length++) {
            assertUnreadable(codec, Arrays.copyOf(stored, length));
        }
        assertUnreadable(codec, Arrays.copyOf(stored, stored.length + 1));
        assertUnreadable(codec, new byte[] {MAGIC});
    }

    @Test
    void whatSaysItIsTooLongIsNotExpanded() {
        byte[] zeros = Zstd.compress(new byte[1 << 26]);
        List<byte[]> tooLong = List.of(
                claiming(1 << 26, zeros), // above the limit
                claiming(1 << 23, Arrays.copyOf(zeros, 1_000)), // above the ratio
                claiming(-1, zeros),
                claiming(0, zeros));
        long before = allocated();

        tooLong.forEach(stored -> assertUnreadable(codec, stored));

        assertThat(allocated() - before).isLessThan(1 << 20);
    }

    @Test
    void whatSaysItIsShorterThanItIsIsNotExpandedFurther() {
        byte[] lying = claiming(1_000, Zstd.compress(new byte[1 << 26]));
        long before = allocated();

        assertUnreadable(codec, lying);

        assertThat(allocated() - before).isLessThan(1 << 20);
    }

    @Test
    void theLimitAndTheRatioBindTheWriterToo() throws UnreadableValueException {
        String uniform = "a".repeat(100_000); // would be above the ratio
        Letter letter = Letter.of(100);

        assertThat(codec.encode(KEY, uniform)).isEqualTo(json.encode(KEY, uniform));
        assertThat(codec.maximumBytes(1_500).encode(KEY, letter)).isEqualTo(json.encode(KEY, letter));
        assertUnreadable(codec.maximumBytes(1_500), codec.encode(KEY, letter));
    }

    @Test
    void manyThreadsDoNotDisturbEachOther() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(32);
        try {
            List<Future<Integer>> done = IntStream.range(0, 32)
                    .mapToObj(thread -> pool.submit(() -> {
                        for (int round = 0; round < 200; round++) {
                            Letter letter = Letter.of(30 + thread);
                            assertThat(codec.decode(KEY, codec.encode(KEY, letter), LETTER))
                                    .isEqualTo(letter);
                        }
                        return thread;
                    }))
                    .toList();
            for (Future<Integer> one : done) {
                assertThat(one.get()).isNotNegative();
            }
        } finally {
            pool.shutdownNow();
        }
    }

    @Test
    void refusesWhatMakesNoSense() {
        EncryptionKeys keys = EncryptionKeys.of("k1", new byte[16]);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CompressedCodec.of(json.encrypted(keys)))
                .withMessage(
                        "codec (JSON, AES-GCM key k1) encrypts, and what is encrypted does not get smaller: compress first,"
                                + " then encrypt");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> CompressedCodec.of(codec))
                .withMessageContaining("compresses already");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> json.compressed(0))
                .withMessage("threshold 0 is not positive");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> codec.maximumBytes(-1))
                .withMessage("maximumBytes -1 is not positive");
    }

    @Test
    void saysWhatItDoes() {
        assertThat(json.compressed(2_000)).hasToString("JSON, zstd from 2000 bytes");
    }

    private static byte[] claiming(int length, byte[] zstd) {
        CRC32C sum = new CRC32C();
        sum.update(new byte[Math.max(0, length)]);
        return ByteBuffer.allocate(10 + zstd.length)
                .put(MAGIC)
                .put((byte) 1)
                .putInt(length)
                .putInt((int) sum.getValue())
                .put(zstd)
                .array();
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    private static void assertUnreadable(Codec codec, byte[] stored) {
        assertThatExceptionOfType(UnreadableValueException.class).isThrownBy(() -> codec.decode(KEY, stored, TEXT));
        assertThatExceptionOfType(UnreadableValueException.class).isThrownBy(() -> codec.decode(KEY, stored, LETTER));
    }

    /** Of values that are bytes. */
    private static final class Bytes implements Codec {

        @Override
        public byte[] encode(byte[] key, @Nullable Object value) {
            return value instanceof byte[] bytes ? bytes : new byte[1];
        }

        @Override
        @SuppressWarnings("unchecked") // the tests ask for bytes
        public <T> T decode(byte[] key, byte[] bytes, TypeRef<T> type) {
            return (T) bytes;
        }
    }
}
