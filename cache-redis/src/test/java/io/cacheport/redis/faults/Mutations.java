package io.cacheport.redis.faults;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/** Damage to bytes: first each truncation and each flipped bit in turn, then anything at random, the same in each run. */
final class Mutations {

    private static final List<byte[]> WORDS = java.util.stream.Stream.of(
                    "null",
                    "{",
                    "[",
                    "}",
                    "]",
                    "\"",
                    "\\",
                    "\\u0000",
                    "\\ud800",
                    "1e999999999",
                    "-",
                    "NaN",
                    "1e-999999999",
                    "99999999999999999999",
                    "\0",
                    "\u00ff",
                    "true",
                    ":",
                    ",",
                    "[[[[[[[[[[[[[[[[",
                    "{\"a\":{\"a\":{\"a\":")
            .map(word -> word.getBytes(UTF_8))
            .toList();

    private final SplittableRandom random = new SplittableRandom(72);

    byte[] of(byte[] original, int step) {
        if (step < original.length) {
            return Arrays.copyOf(original, step);
        }
        int bit = step - original.length;
        if (bit < original.length * 8) {
            byte[] flipped = original.clone();
            flipped[bit / 8] ^= (byte) (1 << bit % 8);
            return flipped;
        }
        byte[] damaged = original;
        for (int times = random.nextInt(1, 5); times > 0; times--) {
            damaged = once(damaged);
        }
        return damaged;
    }

    private byte[] once(byte[] bytes) {
        int from = random.nextInt(bytes.length + 1);
        int to = Math.min(bytes.length, from + random.nextInt(1, 12));
        byte[] part = Arrays.copyOfRange(bytes, from, to);
        return switch (random.nextInt(6)) {
            case 0 -> replaced(bytes, from, to, new byte[0]);
            case 1 -> replaced(bytes, from, from, WORDS.get(random.nextInt(WORDS.size())));
            case 2 -> replaced(bytes, from, to, WORDS.get(random.nextInt(WORDS.size())));
            case 3 -> replaced(bytes, from, from, part); // twice
            case 4 -> replaced(bytes, from, from, many(random.nextInt(256), random.nextInt(2_000)));
            default -> replaced(bytes, from, Math.min(bytes.length, from + 1), many(random.nextInt(256), 1));
        };
    }

    private static byte[] many(int value, int count) {
        byte[] run = new byte[count];
        Arrays.fill(run, (byte) value);
        return run;
    }

    private static byte[] replaced(byte[] bytes, int from, int to, byte[] with) {
        byte[] out = new byte[bytes.length - (to - from) + with.length];
        System.arraycopy(bytes, 0, out, 0, from);
        System.arraycopy(with, 0, out, from, with.length);
        System.arraycopy(bytes, to, out, from + with.length, bytes.length - to);
        return out;
    }
}
