package io.cacheport.config;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The kinds of values that settings have. */
final class Rules {

    static final String MASK = "***";

    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,18}");
    private static final Pattern SCHEME = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]*:.*");

    private Rules() {}

    static Rule<Long> longFrom(long least, long most) {
        return Rule.open(
                "whole numbers from " + least + " to " + most, raw -> number(raw, least, most), String::valueOf);
    }

    static Rule<Integer> intFrom(int least, int most) {
        return Rule.open(
                "whole numbers from " + least + " to " + most,
                raw -> {
                    Long value = number(raw, least, most);
                    return value == null ? null : value.intValue();
                },
                String::valueOf);
    }

    private static @Nullable Long number(String raw, long least, long most) {
        if (!DIGITS.matcher(raw).matches()) {
            return null;
        }
        long value = Long.parseLong(raw);
        return value < least || value > most ? null : value;
    }

    /** A port. A Kubernetes service called {@code redis} sets {@code REDIS_PORT} to {@code tcp://10.0.0.7:6379}. */
    static Rule<Integer> port() {
        Rule<Integer> plain = intFrom(1, 65_535);
        return Rule.open(
                plain.allowed(), raw -> plain.parser().parse(raw.replaceFirst("^tcp://[^/:]+:", "")), plain.text());
    }

    /** Written as a whole number with a unit, or without one in that given here. */
    static Rule<Duration> duration(TimeText.Unit plain, Duration least, Duration most) {
        return Rule.open(
                "durations from " + TimeText.of(least) + " to " + TimeText.of(most) + ", in " + plain.symbol()
                        + " or with a unit (ms, s, m, h, d)",
                raw -> {
                    Duration value = TimeText.parse(raw, plain);
                    return value == null || value.compareTo(least) < 0 || value.compareTo(most) > 0 ? null : value;
                },
                TimeText::of);
    }

    static Rule<Boolean> truth() {
        return Rule.open(
                "true and false",
                raw -> switch (raw.toLowerCase(Locale.ROOT)) {
                    case "true" -> true;
                    case "false" -> false;
                    default -> null;
                },
                String::valueOf);
    }

    static <E extends Enum<E>> Rule<E> oneOf(List<E> values) {
        return Rule.open(
                values.stream().map(Rules::nameOf).collect(Collectors.joining(" and ")),
                raw -> values.stream()
                        .filter(value -> nameOf(value).equalsIgnoreCase(raw))
                        .findFirst()
                        .orElse(null),
                Rules::nameOf);
    }

    private static String nameOf(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT);
    }

    static Rule<String> text(String allowed, String regex) {
        Pattern pattern = Pattern.compile(regex);
        return Rule.open(allowed, raw -> pattern.matcher(raw).matches() ? raw : null, value -> value);
    }

    /** Hosts. One that is not right may be a URL with a password. */
    static Rule<String> hosts(String allowed, String regex) {
        Rule<String> plain = text(allowed, regex);
        return new Rule<>(allowed, plain.parser(), plain.text(), raw -> raw.contains("@") ? MASK : raw, false);
    }

    static Rule<Path> file() {
        return Rule.open(
                "paths of files",
                raw -> {
                    try {
                        return raw.isEmpty() ? null : Path.of(raw);
                    } catch (InvalidPathException none) {
                        return null;
                    }
                },
                Path::toString);
    }

    /** The adapter that answers to the scheme checks the rest when it connects. */
    static Rule<String> url() {
        return Rule.open(
                        "URIs with a scheme, such as memory:, redis://host:port and redis-cluster://host:port,host:port",
                        raw -> SCHEME.matcher(raw).matches() ? raw : null,
                        value -> value)
                .masked(MaskedUrl::of);
    }

    static Rule<String> secret() {
        return Rule.<String>open("all but blank texts", raw -> raw.isBlank() ? null : raw, value -> value)
                .masked(raw -> MASK);
    }

    /** Written {@code v2}. */
    static Rule<Integer> version(int most) {
        return Rule.open(
                "v1 to v" + most,
                raw -> {
                    Long value = raw.startsWith("v") ? number(raw.substring(1), 1, most) : null;
                    return value == null ? null : value.intValue();
                },
                value -> "v" + value);
    }
}
