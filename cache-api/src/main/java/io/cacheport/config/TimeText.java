package io.cacheport.config;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Durations as they are written in settings: {@code 250ms}, {@code 30s}, {@code 5m}, {@code 1h}, {@code 1d}. */
final class TimeText {

    private static final Pattern WRITTEN = Pattern.compile("([0-9]{1,12})\\s*(ms|s|m|h|d)?");

    /** From the smallest to the largest. */
    enum Unit {
        MS(1),
        S(1_000),
        M(60_000),
        H(3_600_000),
        D(86_400_000);

        private final long millis;

        Unit(long millis) {
            this.millis = millis;
        }

        String symbol() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    private TimeText() {}

    static @Nullable Duration parse(String text, Unit plain) {
        Matcher written = WRITTEN.matcher(text);
        if (!written.matches()) {
            return null;
        }
        Unit unit = plain;
        for (Unit known : Unit.values()) {
            unit = known.symbol().equals(written.group(2)) ? known : unit;
        }
        return Duration.ofMillis(unit.millis).multipliedBy(Long.parseLong(written.group(1)));
    }

    /** In the largest unit that it is a whole number of. Parts of milliseconds give a text that {@link #parse} refuses. */
    static String of(Duration duration) {
        if (duration.isNegative() || duration.toNanosPart() % 1_000_000 != 0) {
            return duration.toString();
        }
        if (duration.isZero()) {
            return "0s";
        }
        Unit best = Unit.MS;
        for (Unit unit : Unit.values()) {
            best = duration.toMillis() % unit.millis == 0 ? unit : best;
        }
        return duration.toMillis() / best.millis + best.symbol();
    }
}
