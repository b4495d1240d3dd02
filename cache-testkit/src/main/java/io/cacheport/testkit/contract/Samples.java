package io.cacheport.testkit.contract;

import io.cacheport.TypeRef;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.provider.Arguments;

/** Values of every kind a service stores. */
final class Samples {

    private static final String LONG = "0123456789".repeat(1_000);

    private Samples() {}

    /** A record with a bit of everything. */
    public record Order(
            long id,
            String customer,
            BigDecimal total,
            Instant placedAt,
            DayOfWeek deliveredOn,
            List<Line> lines,
            Map<String, Integer> counts,
            @Nullable String note) {}

    /** A record inside a record. */
    public record Line(String article, int quantity, boolean gift) {}

    /** A generic record. */
    public record Page<T>(List<T> items, int number) {}

    static final Order ORDER = new Order(
            42,
            "Zoë",
            new BigDecimal("19.90"),
            Instant.parse("2026-02-03T04:05:06.789Z"),
            DayOfWeek.FRIDAY,
            List.of(new Line("tea", 2, false), new Line("cup", 1, true)),
            Map.of("parcels", 1),
            null);

    static Stream<Arguments> all() {
        return Stream.of(
                of("text", "hello", new TypeRef<String>() {}),
                of("empty text", "", new TypeRef<String>() {}),
                of("unicode", "ünï—日本\uD83D\uDE00 \"quoted\" \\ \n\t\u0000", new TypeRef<String>() {}),
                of("text that looks like JSON", "{\"a\":[1,null]}", new TypeRef<String>() {}),
                of("text null", "null", new TypeRef<String>() {}),
                of("long text", LONG, new TypeRef<String>() {}),
                of("int", 42, new TypeRef<Integer>() {}),
                of("largest long", Long.MAX_VALUE, new TypeRef<Long>() {}),
                of("smallest long", Long.MIN_VALUE, new TypeRef<Long>() {}),
                of("double", 0.1 + 0.2, new TypeRef<Double>() {}),
                of("negative zero", -0.0, new TypeRef<Double>() {}),
                of("smallest double", Double.MIN_VALUE, new TypeRef<Double>() {}),
                of("not a number", Double.NaN, new TypeRef<Double>() {}),
                of("infinity", Double.POSITIVE_INFINITY, new TypeRef<Double>() {}),
                of(
                        "big decimal keeps its scale",
                        new BigDecimal("1234567890.1234567890"),
                        new TypeRef<BigDecimal>() {}),
                of("big integer", BigInteger.TWO.pow(200), new TypeRef<BigInteger>() {}),
                of("true", true, new TypeRef<Boolean>() {}),
                of("char", 'x', new TypeRef<Character>() {}),
                of("enum", DayOfWeek.MONDAY, new TypeRef<DayOfWeek>() {}),
                of("uuid", new UUID(1, 2), new TypeRef<UUID>() {}),
                of("instant with nanoseconds", Instant.ofEpochSecond(1, 123_456_789), new TypeRef<Instant>() {}),
                of("date", LocalDate.of(2024, 2, 29), new TypeRef<LocalDate>() {}),
                of("time", LocalTime.of(23, 59, 59, 999), new TypeRef<LocalTime>() {}),
                of("date and time", LocalDateTime.of(2026, 1, 1, 0, 0), new TypeRef<LocalDateTime>() {}),
                of(
                        "offset",
                        OffsetDateTime.of(2026, 1, 1, 0, 0, 0, 1, ZoneOffset.ofHoursMinutes(5, 30)),
                        new TypeRef<OffsetDateTime>() {}),
                of(
                        "zone",
                        ZonedDateTime.of(2026, 7, 1, 12, 0, 0, 0, ZoneId.of("Europe/Berlin")),
                        new TypeRef<ZonedDateTime>() {}),
                of("duration", Duration.ofNanos(1_234_567_890_123L), new TypeRef<Duration>() {}),
                of("record", ORDER, new TypeRef<Order>() {}),
                of("generic record", new Page<>(List.of(ORDER), 3), new TypeRef<Page<Order>>() {}),
                of("list of records", List.of(ORDER, ORDER), new TypeRef<List<Order>>() {}),
                of("empty list", List.of(), new TypeRef<List<Order>>() {}),
                of("list with nulls", Arrays.asList("a", null), new TypeRef<List<String>>() {}),
                of("set", Set.of(1, 2, 3), new TypeRef<Set<Integer>>() {}),
                of("map", Map.of("a", List.of(1L)), new TypeRef<Map<String, List<Long>>>() {}),
                of("empty map", Map.of(), new TypeRef<Map<String, String>>() {}),
                of("map by date", Map.of(LocalDate.EPOCH, 1), new TypeRef<Map<LocalDate, Integer>>() {}),
                of("ordered map", ordered(), new TypeRef<Map<String, Integer>>() {}),
                of("optional", Optional.of("there"), new TypeRef<Optional<String>>() {}),
                of("empty optional", Optional.empty(), new TypeRef<Optional<String>>() {}),
                of(
                        "nested lists",
                        List.of(List.of(), List.of(List.of("deep"))),
                        new TypeRef<List<List<List<String>>>>() {}));
    }

    private static Map<String, Integer> ordered() {
        Map<String, Integer> ordered = new LinkedHashMap<>();
        ordered.put("z", 1);
        ordered.put("a", 2);
        return ordered;
    }

    private static <T> Arguments of(String name, T value, TypeRef<T> type) {
        return Arguments.of(name, value, type);
    }
}
