package io.cacheport.redis;

import java.util.Arrays;
import java.util.zip.CRC32C;

/**
 * Binds a value to the key it was stored under, so that a reply which reached the wrong caller is found out instead of
 * being handed to a stranger: a checksum of the key, written behind the value in white space. JSON ends where its value
 * ends, so every reader of the plain JSON reads it as before; and what others wrote without a mark is read as before.
 *
 * <p>CRC32C tells apart any two keys of one length that differ within four bytes, and misses one of 2^32 others.
 */
final class KeyMark {

    /** Two bits in each byte. */
    static final int LENGTH = 16;

    private static final byte[] DIGITS = {' ', '\t', '\n', '\r'};

    private KeyMark() {}

    static byte[] marked(byte[] value, byte[] redisKey) {
        byte[] stored = Arrays.copyOf(value, value.length + LENGTH);
        int sum = sumOf(redisKey);
        for (int i = value.length; i < stored.length; i++) {
            stored[i] = DIGITS[sum & 3];
            sum >>>= 2;
        }
        return stored;
    }

    /** Whether it ends in a mark, be it this key's or another's. */
    static boolean isMarked(byte[] stored) {
        if (stored.length < LENGTH) {
            return false;
        }
        for (int i = stored.length - LENGTH; i < stored.length; i++) {
            if (digit(stored[i]) < 0) {
                return false;
            }
        }
        return true;
    }

    /** Whether the mark of a marked value is this key's. */
    static boolean isOf(byte[] stored, byte[] redisKey) {
        int sum = 0;
        for (int i = stored.length - 1; i >= stored.length - LENGTH; i--) {
            sum = sum << 2 | digit(stored[i]);
        }
        return sum == sumOf(redisKey);
    }

    static byte[] unmarked(byte[] stored) {
        return Arrays.copyOf(stored, stored.length - LENGTH);
    }

    private static int digit(byte character) {
        return switch (character) {
            case ' ' -> 0;
            case '\t' -> 1;
            case '\n' -> 2;
            case '\r' -> 3;
            default -> -1;
        };
    }

    private static int sumOf(byte[] redisKey) {
        CRC32C sum = new CRC32C();
        sum.update(redisKey);
        return (int) sum.getValue();
    }
}
