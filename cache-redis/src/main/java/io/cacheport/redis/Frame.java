package io.cacheport.redis;

import io.cacheport.lease.Stamp;
import io.cacheport.lease.Terms;
import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A value that is stored with more than a TTL: what is beside it stands in front of it, numbers with the most significant
 * byte first. The scripts know these places.
 *
 * <pre>
 *  0   4  C1 'L' 'P' 02
 *  4  16  whose refresh lease it is: zeros for nobody's, all ones for one that rests
 * 20   8  when that ends: once PTTL is no longer above this
 * 28  16  which act of storing it is from
 * 44   8  life: milliseconds from storing to the end of its expiry
 * 52   8  stale: of those, how many at the end it is stale
 * 60   8  version, 0 if none
 * 68   4  load time in milliseconds
 * 72   1  flags: 1 versioned, 2 tagged
 * 73   4  bytes of tags
 * 77      for each tag two bytes of length and the tag, two bytes of length and its stamp; then the value
 * </pre>
 *
 * <p>Time is told by Redis alone, in what remains of the expiry; no clock is stored, and none is compared with another.
 */
final class Frame {

    static final int HEADER = 77;

    private static final int VERSIONED = 1;
    private static final int TAGGED = 2;
    private static final Stamp NOBODY = new Stamp(0, 0);
    private static final Stamp RESTING = new Stamp(-1, -1);

    private final Stamp lease;
    private final long leasedUntil;
    private final Stamp stamp;
    private final long life;
    private final long stale;
    private final int loadTime;
    private final Map<String, String> tags;
    private final int bodyStart;

    private Frame(ByteBuffer from) {
        from.position(LeaseMark.HEAD);
        this.lease = new Stamp(from.getLong(), from.getLong());
        this.leasedUntil = from.getLong();
        this.stamp = new Stamp(from.getLong(), from.getLong());
        this.life = from.getLong();
        this.stale = from.getLong();
        from.getLong();
        this.loadTime = from.getInt();
        from.get();
        int tagBytes = from.getInt();
        this.bodyStart = HEADER + tagBytes;
        this.tags = new LinkedHashMap<>();
        while (from.position() < bodyStart) {
            tags.put(text(from), text(from));
        }
    }

    private static String text(ByteBuffer from) {
        byte[] text = new byte[from.getShort() & 0xFFFF];
        from.get(text);
        return new String(text, StandardCharsets.UTF_8);
    }

    static boolean is(byte[] stored) {
        return LeaseMark.kindOf(stored) == LeaseMark.FRAME;
    }

    /** What is stored, if it is one from its beginning to its value. */
    static @Nullable Frame of(byte[] stored) {
        try {
            Frame frame = is(stored) ? new Frame(ByteBuffer.wrap(stored)) : null;
            return frame == null || frame.bodyStart > stored.length || frame.bodyStart < HEADER ? null : frame;
        } catch (BufferUnderflowException broken) {
            return null;
        }
    }

    /** Whether what is stored is a value with all of these. */
    static boolean hasTags(byte[] stored, Collection<String> tags) {
        Frame frame = tags.isEmpty() ? null : of(stored);
        return tags.isEmpty() || (frame != null && frame.tags.keySet().containsAll(tags));
    }

    /** What is stored for the value on these terms. */
    static byte[] around(byte[] value, Terms terms, Stamp stamp) {
        try {
            byte[] tags = tags(terms.tags());
            ByteArrayOutputStream bytes = new ByteArrayOutputStream(HEADER + tags.length + value.length);
            DataOutputStream out = new DataOutputStream(bytes);
            out.write(LeaseMark.head(LeaseMark.FRAME));
            out.write(LeaseMark.bytes(NOBODY));
            out.writeLong(0);
            out.write(LeaseMark.bytes(stamp));
            out.write(times(terms));
            Long version = terms.version();
            out.writeLong(version == null ? 0 : version);
            out.writeInt(loadTime(terms));
            out.writeByte((version == null ? 0 : VERSIONED) | (tags.length == 0 ? 0 : TAGGED));
            out.writeInt(tags.length);
            out.write(tags);
            out.write(value);
            return bytes.toByteArray();
        } catch (IOException cannotBe) {
            throw new UncheckedIOException(cannotBe);
        }
    }

    /** Life and stale, as they stand there. */
    static byte[] times(Terms terms) {
        return ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(terms.life().toMillis())
                .putLong(terms.stale().toMillis())
                .array();
    }

    static byte[] loadTimeBytes(Terms terms) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(loadTime(terms)).array();
    }

    private static int loadTime(Terms terms) {
        return (int) Math.min(Integer.MAX_VALUE, terms.loadTime().toMillis());
    }

    private static byte[] tags(Map<String, String> tags) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        for (Map.Entry<String, String> tag : tags.entrySet()) {
            write(out, tag.getKey());
            write(out, tag.getValue());
        }
        return bytes.toByteArray();
    }

    private static void write(DataOutputStream out, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        out.writeShort(bytes.length);
        out.write(bytes);
    }

    Stamp stamp() {
        return stamp;
    }

    long life() {
        return life;
    }

    long stale() {
        return stale;
    }

    int loadTime() {
        return loadTime;
    }

    /** The stamps its tags had, by tag. */
    Map<String, String> tags() {
        return tags;
    }

    /** Where the value begins. */
    int bodyStart() {
        return bodyStart;
    }

    /** Whether somebody has its lease, or it rests, while so many milliseconds of its expiry remain. */
    boolean isLeased(long left) {
        return !lease.equals(NOBODY) && left > leasedUntil;
    }

    boolean isResting() {
        return lease.equals(RESTING);
    }
}
