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
            if (!isDigit(stored[i])) {
                return false;
            }
        }
        return true;
    }

    /**
     * Whether it ends in this key's mark. Compared with what it should be rather than read: the digits are random, so every
     * branch on one would be guessed wrong, and this is on the way of each hit.
     */
    static boolean isOf(byte[] stored, byte[] redisKey) {
        int start = stored.length - LENGTH;
        if (start < 0) {
            return false;
        }
        int sum = sumOf(redisKey);
        int differing = 0;
        for (int i = start; i < stored.length; i++) {
            differing |= stored[i] ^ DIGITS[sum & 3];
            sum >>>= 2;
        }
        return differing == 0;
    }

    private static boolean isDigit(byte character) {
        return character == ' ' || character == '\t' || character == '\n' || character == '\r';
    }

    private static int sumOf(byte[] redisKey) {
        CRC32C sum = new CRC32C();
        sum.update(redisKey);
        return (int) sum.getValue();
    }
}
