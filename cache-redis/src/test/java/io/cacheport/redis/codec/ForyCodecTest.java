package io.cacheport.redis.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.cacheport.TypeRef;
import io.cacheport.ValueEncodingException;
import io.cacheport.redis.codec.Parcel.Box;
import io.cacheport.redis.codec.Parcel.Item;
import io.cacheport.redis.codec.Parcel.Page;
import io.cacheport.redis.codec.Parcel.Size;
import io.cacheport.redis.codec.Parcel.Wrapping;
import io.cacheport.redis.json.JsonCodec;
import io.cacheport.spi.Codec;
import io.cacheport.spi.UnreadableValueException;
import java.io.Serializable;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** What comes back, and what is not written or not read. */
class ForyCodecTest {

    private static final byte[] KEY = "cache:parcel".getBytes(UTF_8);
    private static final ForyCodec CODEC = ForyCodec.create();

    /** A class as a service may have one: no record, with a superclass. */
    static class Note {

        private @Nullable String text;

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Note note && Objects.equals(text, note.text);
        }

        @Override
        public int hashCode() {
            return Objects.hashCode(text);
        }
    }

    static final class LongNote extends Note {

        private final List<Item> items = new ArrayList<>();
        private @Nullable LongNote next;

        static LongNote of(String text) {
            LongNote note = new LongNote();
            ((Note) note).text = text;
            note.items.add(new Item(text, 1));
            return note;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return super.equals(other)
                    && other instanceof LongNote note
                    && items.equals(note.items)
                    && Objects.equals(next, note.next);
        }

        @Override
        public int hashCode() {
            return super.hashCode();
        }
    }

    static final class OwnList extends ArrayList<String> {

        private static final long serialVersionUID = 1L;
    }

    record Anything(Object value) {}

    static Stream<Arguments> values() {
        return Stream.of(
                of(Parcel.of(3), new TypeRef<Parcel>() {}),
                of(Parcel.of(500), new TypeRef<Parcel>() {}),
                of(new Page<>(List.of(Parcel.of(1)), 2), new TypeRef<Page<Parcel>>() {}),
                of(List.of(Parcel.of(1), Parcel.of(2)), new TypeRef<List<Parcel>>() {}),
                of(new Box(1), new TypeRef<Wrapping>() {}),
                of(ZoneId.of("Asia/Tokyo"), new TypeRef<ZoneId>() {}),
                of(LongNote.of("a"), new TypeRef<LongNote>() {}),
                of(Arrays.asList("a", null), new TypeRef<List<String>>() {}),
                of(new ArrayList<>(List.of(1)).subList(0, 1), new TypeRef<List<Integer>>() {}),
                of(Set.of(1, 2, 3), new TypeRef<Set<? extends Number>>() {}),
                of(Map.of("a", List.of(1L)), new TypeRef<Map<String, List<Long>>>() {}),
                of(new TreeMap<>(Map.of(LocalDate.EPOCH, 1)), new TypeRef<Map<LocalDate, Integer>>() {}),
                of(new EnumMap<>(Map.of(Size.SMALL, new Box(1))), new TypeRef<Map<Size, Box>>() {}),
                of(Optional.of(new Box(1)), new TypeRef<Optional<Box>>() {}),
                of(new Anything(new ArrayList<>(List.of(1, "a", LocalDate.EPOCH))), new TypeRef<Anything>() {}),
                of("h\u00e9 \u65e5\u672c \ud83d\ude00 \u0000", new TypeRef<String>() {}),
                of("x".repeat(1_000_000), new TypeRef<String>() {}));
    }

    private static <T> Arguments of(T value, TypeRef<T> type) {
        return Arguments.of(value, type);
    }

    @ParameterizedTest
    @MethodSource("values")
    void comesBackEqual(Object value, TypeRef<Object> type) throws UnreadableValueException {
        byte[] stored = CODEC.encode(KEY, value);

        assertThat(stored).startsWith(0xF7, 0x01);
        assertThat(CODEC.decode(KEY, stored, type)).isEqualTo(value);
    }

    @Test
    void nullIsAValueAndArraysComeBack() throws UnreadableValueException {
        assertThat(CODEC.decode(KEY, CODEC.encode(KEY, null), TypeRef.of(Parcel.class)))
                .isNull();
        Box[] boxes = {new Box(1), new Box(2)};
        assertThat(CODEC.decode(KEY, CODEC.encode(KEY, boxes), TypeRef.of(Box[].class)))
                .containsExactly(boxes);
        byte[] bytes = {0, -1, 127};
        assertThat(CODEC.decode(KEY, CODEC.encode(KEY, bytes), TypeRef.of(byte[].class)))
                .containsExactly(bytes);
    }

    @Test
    void aPartOfTheBytesIsReadWhereItIs() throws UnreadableValueException {
        JsonCodec json = JsonCodec.create();
        TypeRef<Letter> type = TypeRef.of(Letter.class);
        for (Codec codec : List.of(CODEC, CODEC.compressed(1), json, json.compressed(1))) {
            byte[] stored = codec.encode(KEY, Letter.of(100));
            byte[] around = new byte[stored.length + 30];
            Arrays.fill(around, (byte) 0xF7);
            System.arraycopy(stored, 0, around, 10, stored.length);

            assertThat(codec.decode(KEY, around, 10, stored.length, type))
                    .as("%s", codec)
                    .isEqualTo(Letter.of(100));
            assertThatExceptionOfType(UnreadableValueException.class)
                    .isThrownBy(() -> codec.decode(KEY, around, 10, stored.length + 1, type));
            assertThatExceptionOfType(UnreadableValueException.class)
                    .isThrownBy(() -> codec.decode(KEY, around, 10, stored.length - 1, type));
        }
    }

    @Test
    void anotherTypeIsAMissAndSoIsAnotherElement() {
        byte[] item = CODEC.encode(KEY, new Item("a", 1));
        byte[] texts = CODEC.encode(KEY, List.of("a"));

        assertUnreadable(item, TypeRef.of(Box.class));
        assertUnreadable(item, TypeRef.of(Parcel.class));
        assertUnreadable(item, TypeRef.of(String.class));
        assertUnreadable(texts, new TypeRef<List<Integer>>() {});
        assertUnreadable(texts, new TypeRef<Set<String>>() {});
        assertUnreadable(CODEC.encode(KEY, Map.of("a", List.of("b"))), new TypeRef<Map<String, List<Integer>>>() {});
        assertUnreadable(CODEC.encode(KEY, Map.of("a", 1)), new TypeRef<Map<Integer, Integer>>() {});
        assertUnreadable(CODEC.encode(KEY, Optional.of("a")), new TypeRef<Optional<Integer>>() {});
    }

    @Test
    void onlyDeclaredClassesAreMade() {
        assertUnreadable(CODEC.encode(KEY, new Anything(new Box(1))), TypeRef.of(Anything.class));
        assertUnreadable(CODEC.encode(KEY, Map.of("a", new Box(1))), new TypeRef<Map<String, Object>>() {});
        assertUnreadable(CODEC.encode(KEY, List.of(new Box(1))), new TypeRef<List<Object>>() {});
    }

    @Test
    void jsonAndFormsOfALaterTimeAreMissesToItAndItToJson() {
        byte[] stored = CODEC.encode(KEY, new Box(1));
        byte[] later = stored.clone();
        later[1]++;

        assertUnreadable(JsonCodec.create().encode(KEY, new Box(1)), TypeRef.of(Box.class));
        assertUnreadable(later, TypeRef.of(Box.class));
        assertThatExceptionOfType(UnreadableValueException.class)
                .isThrownBy(() -> JsonCodec.create().decode(KEY, stored, TypeRef.of(Box.class)));
    }

    @Test
    void whatCouldNotBeReadIsNotWritten() {
        LongNote cycle = LongNote.of("secret");
        cycle.next = cycle;

        assertRefused(new OwnList(), "OwnList is a collection that is none of the JDK's usual ones");
        assertRefused(new Anything(new OwnList()), "OwnList is a collection");
        assertRefused(String.class, "a value of java.lang.Class cannot be encoded by Fory");
        assertRefused(new Object(), "a value of java.lang.Object cannot be encoded by Fory");
        assertRefused(new Anything(new Object()), "Anything cannot be encoded by Fory");
        assertRefused(new ArrayDeque<>(List.of("a")).descendingIterator(), "cannot be encoded by Fory");
        assertRefused((Runnable & Serializable) () -> {}, "is made while the program runs");
        assertRefused(new Thread("secret"), "a value of java.lang.Thread cannot be encoded by Fory: InsecureException");
        assertRefused(cycle, "LongNote cannot be encoded by Fory");
    }

    @Test
    void failuresDoNotSpoilWhatComesAfter() throws UnreadableValueException {
        byte[] stored = CODEC.encode(KEY, Parcel.of(30));

        for (int length = 0; length < stored.length; length++) {
            assertUnreadable(Arrays.copyOf(stored, length), TypeRef.of(Parcel.class));
        }

        assertRefused(new Anything(List.of(new Box(1), new OwnList())), "OwnList");
        assertThat(CODEC.decode(KEY, CODEC.encode(KEY, Parcel.of(30)), TypeRef.of(Parcel.class)))
                .isEqualTo(Parcel.of(30));
    }

    @Test
    void aChangedBitIsAMiss() {
        byte[] stored = CODEC.encode(KEY, new Item("a", 1));

        for (int bit = 0; bit < stored.length * Byte.SIZE; bit++) {
            byte[] damaged = stored.clone();
            damaged[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            assertUnreadable(damaged, TypeRef.of(Item.class));
        }
    }

    @Test
    void isCompressedAndEncryptedByAWord() throws UnreadableValueException {
        Codec both = CODEC.compressed(200).encrypted(EncryptionKeys.of("k1", new byte[16]));

        byte[] stored = both.encode(KEY, Parcel.of(100));

        assertThat(stored).hasSizeLessThan(CODEC.encode(KEY, Parcel.of(100)).length);
        assertThat(both.decode(KEY, stored, TypeRef.of(Parcel.class))).isEqualTo(Parcel.of(100));
        assertThat(both).hasToString("Fory, zstd from 200 bytes, AES-GCM key k1");
        assertThat(CODEC.compressed()).hasToString("Fory, zstd from 1024 bytes");
        assertThat(CODEC.encrypted(EncryptionKeys.of("k1", new byte[16]))).hasToString("Fory, AES-GCM key k1");
    }

    @Test
    void manyThreadsDoNotDisturbEachOther() throws Exception {
        ExecutorService pool = Executors.newFixedThreadPool(32);
        try {
            List<Future<Integer>> done = IntStream.range(0, 32)
                    .mapToObj(thread -> pool.submit(() -> {
                        Parcel parcel = Parcel.of(thread);
                        for (int round = 0; round < 50; round++) {
                            byte[] stored = CODEC.encode(KEY, parcel);
                            assertThat(CODEC.decode(KEY, stored, TypeRef.of(Parcel.class)))
                                    .isEqualTo(parcel);
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

    private static void assertRefused(Object value, String why) {
        assertThatExceptionOfType(ValueEncodingException.class)
                .isThrownBy(() -> CODEC.encode(KEY, value))
                .withMessageContaining(why)
                .withMessageNotContaining("secret");
    }

    private static void assertUnreadable(byte[] stored, TypeRef<?> type) {
        assertThatExceptionOfType(UnreadableValueException.class).isThrownBy(() -> CODEC.decode(KEY, stored, type));
    }
}
