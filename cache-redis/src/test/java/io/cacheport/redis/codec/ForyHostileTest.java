package io.cacheport.redis.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.sun.management.ThreadMXBean;
import io.cacheport.TypeRef;
import io.cacheport.redis.codec.Parcel.Page;
import io.cacheport.spi.UnreadableValueException;
import java.io.Serializable;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.zip.CRC32C;
import org.apache.fory.Fory;
import org.apache.fory.resolver.SharedRegistry;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bytes made by someone who can write to the store, and who knows how to give them the right sum. */
class ForyHostileTest {

    private static final byte[] KEY = "cache:parcel".getBytes(UTF_8);
    private static final TypeRef<Parcel> PARCEL = TypeRef.of(Parcel.class);
    private static final TypeRef<Anything> ANYTHING = TypeRef.of(Anything.class);
    private static final int MUTATIONS = 15_000;
    private static final long MOST_ALLOCATED = 2L << 20;
    private static final ForyCodec CODEC = ForyCodec.create();

    private final SplittableRandom random = new SplittableRandom(72);

    /** As open as a class can be. */
    record Anything(Object value) {}

    /** A class that is there and was declared nowhere. */
    public static final class Gadget implements Serializable {

        private static final long serialVersionUID = 1L;
    }

    /** With a lambda that can be serialised, which Java makes by a method of this class. */
    record WithLambda(String text) {

        static Runnable lambda() {
            return (Runnable & Serializable) () -> {};
        }
    }

    @Test
    void whateverWasChangedIsAMissOrAValueAndCostsLittle() {
        Map<TypeRef<?>, Object> values = Map.of(
                PARCEL,
                Parcel.of(2),
                new TypeRef<Page<Parcel>>() {},
                new Page<>(List.of(Parcel.of(1)), 3),
                ANYTHING,
                new Anything(
                        new ArrayList<>(List.of(1, "a", new int[] {1, 2}, new TreeMap<>(Map.of("b", List.of(2L)))))));
        long most = 0;
        int read = 0;
        for (Map.Entry<TypeRef<?>, Object> one : values.entrySet()) {
            byte[] stored = CODEC.encode(KEY, one.getValue());
            for (int i = 0; i < MUTATIONS / values.size(); i++) {
                byte[] damaged = summed(i < stored.length ? Arrays.copyOf(stored, i) : damaged(stored));
                long before = allocated();
                boolean isRead = isRead(damaged, one.getKey());
                most = i > 500 ? Math.max(most, allocated() - before) : most;
                read += isRead ? 1 : 0;
            }
        }
        assertThat(most).as("bytes allocated for one").isLessThan(MOST_ALLOCATED);
        assertThat(read).as("still a value").isPositive();
    }

    /** A value that was read is used as well: a text that is none would show in its hash. */
    private boolean isRead(byte[] damaged, TypeRef<?> type) {
        try {
            Object value = CODEC.decode(KEY, damaged, type);
            int unused = Objects.hashCode(value) + String.valueOf(value).length();
            return true;
        } catch (UnreadableValueException miss) {
            return false;
        }
    }

    private byte[] damaged(byte[] stored) {
        byte[] bytes = stored.clone();
        for (int times = random.nextInt(1, 4); times > 0; times--) {
            int at = random.nextInt(ForyCodec.HEADER, bytes.length);
            switch (random.nextInt(5)) {
                case 0 -> bytes[at] ^= (byte) (1 << random.nextInt(8));
                case 1 -> bytes[at] = (byte) random.nextInt();
                case 2 -> hugeNumber(bytes, at);
                case 3 -> bytes = without(bytes, at);
                default -> bytes[at] = bytes[random.nextInt(ForyCodec.HEADER, bytes.length)];
            }
        }
        return bytes;
    }

    /** In the place of a length: almost 2^31. */
    private static void hugeNumber(byte[] bytes, int at) {
        for (int i = 0; i < 5 && at + i < bytes.length; i++) {
            bytes[at + i] = (byte) (i < 4 ? 0xFF : 0x07);
        }
    }

    private static byte[] without(byte[] bytes, int at) {
        byte[] shorter = Arrays.copyOf(bytes, bytes.length - 1);
        System.arraycopy(bytes, at + 1, shorter, at, shorter.length - at);
        return shorter.length > ForyCodec.HEADER ? shorter : bytes;
    }

    /** The length stands two bytes behind what says that it is a text, a list or an array; here it says more than there is. */
    @ParameterizedTest
    @ValueSource(strings = {"text", "list", "ints", "objects", "map"})
    void aLengthIsNotBelieved(String kind) {
        Object value = switch (kind) {
            case "text" -> "a".repeat(100);
            case "list" -> new ArrayList<>(List.of("a", "b"));
            case "ints" -> new int[100];
            case "objects" -> new Object[] {"a", "b"};
            default -> new TreeMap<>(Map.of("a", "b"));
        };
        byte[] stored = CODEC.encode(KEY, value);
        long most = 0;
        for (int round = 0; round < 2; round++) {
            for (int at = ForyCodec.HEADER; at < Math.min(stored.length, 20); at++) {
                byte[] huge = Arrays.copyOf(stored, stored.length + 8);
                System.arraycopy(stored, at, huge, at + 8, stored.length - at);
                hugeNumber(huge, at);
                long before = allocated();
                boolean unused = isRead(summed(huge), TypeRef.of(Object.class));
                most = round > 0 ? Math.max(most, allocated() - before) : most;
            }
        }
        assertThat(most).isLessThan(MOST_ALLOCATED);
    }

    @Test
    void nothingMayFollowTheValue() {
        byte[] stored = CODEC.encode(KEY, Parcel.of(1));

        assertUnreadable(summed(Arrays.copyOf(stored, stored.length + 1)), PARCEL);
        assertThat(isRead(summed(stored), PARCEL)).isTrue();
    }

    @Test
    void nestingIsLimited() {
        Object nested = new ArrayList<>();
        for (int depth = 0; depth < 2 * ForyCodec.MAX_DEPTH; depth++) {
            nested = new ArrayList<>(List.of(nested));
        }
        byte[] stored = CODEC.encode(KEY, nested);

        assertUnreadable(stored, new TypeRef<List<Object>>() {});
    }

    /** What Fory makes of these bytes without the reader's rules shows that they are what they are meant to be. */
    @Test
    void noClassIsMadeThatIsNotDeclaredAndNoMethodIsFound() {
        Fory open = ForySettings.builder(new SharedRegistry())
                .withName("open")
                .requireClassRegistration(false)
                .build();
        byte[] gadget = open.serialize(new Anything(new Gadget()));
        byte[] type = open.serialize(new Anything(Gadget.class));
        byte[] lambda = open.serialize(new Anything(WithLambda.lambda()));
        byte[] ofDeclared = open.serialize(new Both(new WithLambda("a"), WithLambda.lambda()));
        assertThat(((Anything) open.deserialize(gadget)).value()).isInstanceOf(Gadget.class);
        assertThat(((Anything) open.deserialize(type)).value()).isEqualTo(Gadget.class);
        assertThat(((Anything) open.deserialize(lambda)).value()).isInstanceOf(Runnable.class);
        assertThat(((Both) open.deserialize(ofDeclared)).value()).isInstanceOf(Runnable.class);

        assertUnreadable(summed(headed(gadget)), ANYTHING);
        assertUnreadable(summed(headed(type)), ANYTHING);
        assertUnreadable(summed(headed(lambda)), ANYTHING);
        assertUnreadable(summed(headed(ofDeclared)), TypeRef.of(Both.class));
        byte[] harmless = open.serialize(new Both(new WithLambda("a"), "b"));
        assertThat(isRead(summed(headed(harmless)), TypeRef.of(Both.class))).isTrue();
    }

    /** The class that has the lambda is declared. */
    record Both(WithLambda declared, Object value) {}

    private static byte[] headed(byte[] fory) {
        return ByteBuffer.allocate(ForyCodec.HEADER + fory.length)
                .position(ForyCodec.HEADER)
                .put(fory)
                .array();
    }

    /** With the beginning and the sum that it should have. */
    private static byte[] summed(byte[] bytes) {
        if (bytes.length < ForyCodec.HEADER) {
            return bytes;
        }
        CRC32C sum = new CRC32C();
        sum.update(bytes, ForyCodec.HEADER, bytes.length - ForyCodec.HEADER);
        ByteBuffer.wrap(bytes).put(ForyCodec.MAGIC).put(ForyCodec.VERSION).putInt((int) sum.getValue());
        return bytes;
    }

    private void assertUnreadable(byte[] stored, TypeRef<?> type) {
        assertThatExceptionOfType(UnreadableValueException.class).isThrownBy(() -> CODEC.decode(KEY, stored, type));
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }
}
