package io.cacheport.redis.faults;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.management.ThreadMXBean;
import io.cacheport.TypeRef;
import io.cacheport.redis.json.JsonCodec;
import io.cacheport.spi.UnreadableValueException;
import java.lang.management.ManagementFactory;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/** Damages stored values a million times and decodes them; prints what came of it. For a JVM of its own. */
final class CorruptedValueFuzz {

    private static final int MUTATIONS = 1_000_000;
    private static final int WARM_UP = 50_000;
    private static final int NAIVE = 100_000;
    private static final byte[] KEY = {'k'};

    /** One of each kind of property. */
    record Everything(
            String text,
            int count,
            long big,
            double share,
            BigDecimal price,
            BigInteger huge,
            Instant at,
            LocalDate day,
            Duration took,
            DayOfWeek weekday,
            Optional<String> maybe,
            List<Order> orders,
            Map<String, Integer> sizes) {}

    private static final List<Object> VALUES = List.of(
            Order.sample(),
            new Everything(
                    "t",
                    1,
                    2L,
                    0.5,
                    new BigDecimal("12.50"),
                    BigInteger.TEN.pow(30),
                    Instant.EPOCH,
                    LocalDate.EPOCH,
                    Duration.ofMinutes(5),
                    DayOfWeek.MONDAY,
                    Optional.of("x"),
                    List.of(Order.sample()),
                    Map.of("a", 1)));
    private static final List<TypeRef<?>> TYPES =
            List.of(TypeRef.of(Order.class), TypeRef.of(Everything.class), new TypeRef<Map<String, Object>>() {});

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final JsonCodec codec = JsonCodec.create();
    private final List<byte[]> stored =
            VALUES.stream().map(value -> codec.encode(KEY, value)).toList();
    private final Mutations mutations = new Mutations();
    private long misses;
    private long values;
    private long changed;
    private long escaped;
    private long longestNanos;
    private long mostAllocated;

    private CorruptedValueFuzz() {}

    public static void main(String[] arguments) {
        CorruptedValueFuzz fuzz = new CorruptedValueFuzz();
        fuzz.run();
        fuzz.print();
        naive();
    }

    private void run() {
        for (int i = 0; i < MUTATIONS; i++) {
            int which = i % VALUES.size();
            byte[] damaged = mutations.of(stored.get(which), i / VALUES.size());
            // each as what it was, and now and then as anything
            TypeRef<?> type = i % 10 == 9 ? TYPES.get(2) : TYPES.get(which);
            decode(damaged, type, VALUES.get(which), i > WARM_UP);
        }
    }

    private void decode(byte[] damaged, TypeRef<?> type, Object original, boolean measured) {
        long allocated = threads.getCurrentThreadAllocatedBytes();
        long start = threads.getCurrentThreadCpuTime();
        try {
            Object value = codec.decode(KEY, damaged, type);
            values++;
            changed += value instanceof Map || Objects.equals(value, original) ? 0 : 1;
        } catch (UnreadableValueException miss) {
            misses++;
        } catch (Throwable anythingElse) {
            escaped++;
            anythingElse.printStackTrace();
        }
        if (measured) {
            longestNanos = Math.max(longestNanos, threads.getCurrentThreadCpuTime() - start);
            mostAllocated = Math.max(mostAllocated, threads.getCurrentThreadAllocatedBytes() - allocated);
        }
    }

    private void print() {
        System.out.println("mutations=" + (misses + values + escaped));
        System.out.println("misses=" + misses);
        System.out.println("values=" + values);
        System.out.println("changed=" + changed);
        System.out.println("escaped=" + escaped);
        System.out.println("longest.cpu.us=" + longestNanos / 1_000);
        System.out.println("most.allocated=" + mostAllocated);
    }

    private static void naive() {
        ObjectMapper mapper = new ObjectMapper();
        Mutations mutations = new Mutations();
        byte[] stored = JsonCodec.create().encode(KEY, Order.plain());
        long thrown = 0;
        long wrong = 0;
        for (int i = 0; i < NAIVE; i++) {
            try {
                wrong += Order.plain().equals(mapper.readValue(mutations.of(stored, i), Order.class)) ? 0 : 1;
            } catch (Throwable any) {
                thrown++;
            }
        }
        System.out.println("naive.thrown=" + thrown);
        System.out.println("naive.wrong=" + wrong);
    }
}
