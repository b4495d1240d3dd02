package io.cacheport.key;

import java.util.SplittableRandom;

/** Names as nobody would choose them, at random and again from the same seed. */
final class NastyText {

    private static final String[] PARTS = {
        ":",
        "/",
        "%",
        "%%",
        "%3A",
        "%3a",
        "%2A",
        "%h",
        "%u",
        "%uD83D",
        "*",
        "?",
        "[",
        "]",
        "[a-z]",
        "[^x]",
        "\\",
        "\\*",
        "{",
        "}",
        "{x}",
        "a",
        "b",
        "t1",
        "t",
        "v2",
        "-",
        ".",
        "_",
        "^",
        " ",
        "\u3000",
        "\n",
        "\r\n",
        "\0",
        "\t",
        "\u001b[0m",
        "\u007f",
        "\u0085",
        "\u2028",
        "\u2029",
        "\u200b",
        "\u202e",
        "\ufeff",
        "\uffff",
        "é",
        "e\u0301",
        "Å",
        "\u212b",
        "ß",
        "İ",
        "日本",
        "％",
        "：",
        "😀",
        "\ud83d",
        "\ude00",
        "\ude00\ud83d",
        "𝒂",
        "null",
        "0",
        "-1",
        "1.0",
        "cacheport:tag:",
        "$",
        "'",
        "\""
    };

    private final SplittableRandom random;

    NastyText(long seed) {
        this.random = new SplittableRandom(seed);
    }

    String next() {
        StringBuilder text = new StringBuilder();
        for (int parts = random.nextInt(5); parts > 0; parts--) {
            text.append(PARTS[random.nextInt(PARTS.length)]);
        }
        if (random.nextInt(20) == 0) {
            text.append(PARTS[random.nextInt(PARTS.length)].repeat(random.nextInt(1, 300)));
        }
        return text.toString();
    }
}
