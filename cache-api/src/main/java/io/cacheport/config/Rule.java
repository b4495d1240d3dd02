package io.cacheport.config;

import java.util.function.Function;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * How the values of a setting are written, and which there are. See {@link Rules}.
 *
 * @param allowed which, as it follows "allowed are"
 * @param parser reads a text, giving null for one that is not allowed
 * @param text the text of a value, which the parser reads back
 * @param shown what may be seen of a text
 * @param secret whether that is not all of it
 */
record Rule<T>(
        String allowed, Parser<T> parser, Function<T, String> text, UnaryOperator<String> shown, boolean secret) {

    @FunctionalInterface
    interface Parser<T> {
        @Nullable
        T parse(String text);
    }

    static <T> Rule<T> open(String allowed, Parser<T> parser, Function<T, String> text) {
        return new Rule<>(allowed, parser, text, UnaryOperator.identity(), false);
    }

    Rule<T> masked(UnaryOperator<String> shown) {
        return new Rule<>(allowed, parser, text, shown, true);
    }

    /** With some of the values refused. */
    Rule<T> only(String allowed, Predicate<T> keeps) {
        return new Rule<>(
                allowed,
                raw -> {
                    T value = parser.parse(raw);
                    return value != null && keeps.test(value) ? value : null;
                },
                text,
                shown,
                secret);
    }
}
