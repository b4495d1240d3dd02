package io.cacheport.redis.codec;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A value with one of each kind of property. */
record Parcel(
        UUID id,
        @Nullable String note,
        int count,
        long weight,
        double share,
        @Nullable Integer boxed,
        char letter,
        boolean fragile,
        BigDecimal price,
        BigInteger huge,
        Instant sentAt,
        LocalDate dueOn,
        Duration took,
        ZonedDateTime promisedAt,
        ZoneId zone,
        DayOfWeek weekday,
        Set<Size> sizes,
        Optional<Item> gift,
        List<Item> items,
        Map<String, List<Item>> byShelf,
        Wrapping wrapping,
        List<Wrapping> wrappings) {

    /** With a body, so that each constant has a class of its own. */
    enum Size {
        SMALL {
            @Override
            int litres() {
                return 1;
            }
        },
        LARGE {
            @Override
            int litres() {
                return 10;
            }
        };

        abstract int litres();
    }

    record Item(String article, int quantity) {}

    /** What is round a parcel. */
    sealed interface Wrapping permits Box, Paper {}

    record Box(int litres) implements Wrapping {}

    record Paper(String colour) implements Wrapping {}

    /** A generic record. */
    record Page<T>(List<T> items, int number) {}

    static Parcel of(int items) {
        List<Item> all = java.util.stream.IntStream.range(0, items)
                .mapToObj(i -> new Item("article number " + i, i))
                .toList();
        return new Parcel(
                new UUID(1, 2),
                null,
                -1,
                Long.MIN_VALUE,
                0.1,
                7,
                '\u00eb',
                true,
                new BigDecimal("19.90"),
                BigInteger.TEN.pow(30),
                Instant.ofEpochSecond(1, 123_456_789),
                LocalDate.of(2024, 2, 29),
                Duration.ofNanos(1_234_567_890_123L),
                ZonedDateTime.of(2026, 7, 1, 12, 0, 0, 0, ZoneId.of("Europe/Berlin")),
                ZoneId.of("Asia/Tokyo"),
                DayOfWeek.FRIDAY,
                EnumSet.of(Size.LARGE),
                Optional.of(new Item("bow", 1)),
                all,
                new TreeMap<>(Map.of("a", all)),
                new Box(3),
                List.of(new Paper("\u7ea2"), new Box(4)));
    }
}
