package io.cacheport.redis.codec;

import java.util.List;
import java.util.stream.IntStream;

/** A value of some length. */
record Letter(String recipient, int pages, List<String> lines) {

    static Letter of(int lines) {
        return new Letter(
                "Ada",
                lines,
                IntStream.range(0, lines)
                        .mapToObj(line -> "line " + line * 7_919 % 10_007 + " of the letter")
                        .toList());
    }
}
