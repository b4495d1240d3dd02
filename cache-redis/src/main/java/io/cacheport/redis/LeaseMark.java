package io.cacheport.redis;

import io.cacheport.lease.Lease;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * What is stored under a leased key: four bytes that no JSON, nor any other UTF-8, begins with, and the lease's token. Not
 * JSON, so another program that reads the key at that moment finds something it cannot read, and nothing that it could
 * take for a value.
 */
final class LeaseMark {

    private static final byte[] MAGIC = {(byte) 0xC1, 'L', 'P', 1};

    /** So many bytes tell whether something is one. */
    static final int HEAD = 4;

    private static final int LENGTH = MAGIC.length + 2 * Long.BYTES;

    private LeaseMark() {}

    static byte[] of(Lease lease) {
        return ByteBuffer.allocate(LENGTH)
                .put(MAGIC)
                .putLong(lease.process())
                .putLong(lease.number())
                .array();
    }

    /** How it begins. */
    static byte[] magic() {
        return MAGIC.clone();
    }

    /** Whether it is one, or the beginning of one. The first byte decides for every value. */
    static boolean is(byte[] stored) {
        return stored.length >= HEAD && stored[0] == MAGIC[0] && Arrays.equals(stored, 0, HEAD, MAGIC, 0, HEAD);
    }
}
