package io.cacheport.redis;

import io.cacheport.lease.Lease;
import io.cacheport.lease.Stamp;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What is stored in the place of a value: four bytes that no JSON, nor any other UTF-8, begins with, of which the last says
 * what it is, and what belongs to it. Not JSON, so another program that reads the key at that moment finds something it
 * cannot read, and nothing that it could take for a value. A {@link Frame} begins so too.
 */
final class LeaseMark {

    /** Somebody may fill the key: 16 bytes of the lease's stamp. */
    static final int LEASE = 1;

    /** A value and what is stored beside it. */
    static final int FRAME = 2;

    /** The key is being written: 16 bytes for each who does. */
    static final int WRITING = 3;

    /** A load has failed: the class of what was thrown. */
    static final int FAILURE = 4;

    /** So many bytes tell whether something is one. */
    static final int HEAD = 4;

    static final int STAMP = 2 * Long.BYTES;

    private static final byte[] MAGIC = {(byte) 0xC1, 'L', 'P'};

    private LeaseMark() {}

    /** How a key begins whose lease that is. */
    static byte[] of(Lease lease) {
        return stamped(lease.ofValue() ? FRAME : LEASE, lease.stamp());
    }

    static byte[] writing(Stamp write) {
        return stamped(WRITING, write);
    }

    static byte[] failure(String failure) {
        byte[] text = failure.getBytes(StandardCharsets.UTF_8);
        return ByteBuffer.allocate(HEAD + text.length)
                .put(head(FAILURE))
                .put(text)
                .array();
    }

    static String failureOf(byte[] stored) {
        return new String(stored, HEAD, stored.length - HEAD, StandardCharsets.UTF_8);
    }

    private static byte[] stamped(int kind, Stamp stamp) {
        return ByteBuffer.allocate(HEAD + STAMP)
                .put(head(kind))
                .put(bytes(stamp))
                .array();
    }

    static byte[] bytes(Stamp stamp) {
        return ByteBuffer.allocate(STAMP)
                .putLong(stamp.process())
                .putLong(stamp.number())
                .array();
    }

    /** How one of that kind begins. */
    static byte[] head(int kind) {
        byte[] head = Arrays.copyOf(MAGIC, HEAD);
        head[HEAD - 1] = (byte) kind;
        return head;
    }

    /** Which kind it is, or the beginning of; 0 for a plain value. The first byte decides for every one of those. */
    static int kindOf(byte[] stored) {
        return stored.length >= HEAD && stored[0] == MAGIC[0] && stored[1] == MAGIC[1] && stored[2] == MAGIC[2]
                ? stored[HEAD - 1]
                : 0;
    }

    /** Whether it is in the place of a value. */
    static boolean is(byte[] stored) {
        int kind = kindOf(stored);
        return kind == LEASE || kind == WRITING || kind == FAILURE;
    }
}
