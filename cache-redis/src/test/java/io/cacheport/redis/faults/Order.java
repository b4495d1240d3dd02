package io.cacheport.redis.faults;

import java.util.List;

/** A value as services have them. */
record Order(String id, int amount, List<String> lines) {

    /** One whose text can be found in a log. */
    static Order sample() {
        return of(LogWatch.VALUE);
    }

    /** The same without a canary, for the naive cache. */
    static Order plain() {
        return of("plain");
    }

    private static Order of(String text) {
        return new Order(text, 4_200, List.of("one " + text, "two \"" + text + "\" é 😀"));
    }
}
