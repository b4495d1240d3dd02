package io.cacheport.key;

import io.cacheport.spi.CacheKeys;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A family of keys that begin alike, {@code prefix:v2:segment:segment}, made of segments and taken apart again.
 *
 * <pre>{@code
 * KeySpace catalog = KeySpace.of("catalog");
 * KeySpace tenant = catalog.tenant(tenantId);
 * tenant.key("package", 7);      // catalog:t1:package:7
 * tenant.pattern("package");     // catalog:t1:package:*
 * tenant.parse(key).orElseThrow().segments();
 * }</pre>
 *
 * <p><b>Encoding.</b> Each segment has the text that {@link KeyText} gives it. In it a percent sign and two hexadecimal digits,
 * or {@code %u} and four, stand for each of: the separator, {@code % * ? [ ] \ { }}, control characters, U+2028, U+2029 and
 * halves of surrogate pairs. All else stands as it is, letters of every script in the form they were given. So different
 * segments, or another number of them, are different keys; no segment means anything in a glob, or chooses a slot of a Redis
 * Cluster. A segment may be empty.
 *
 * <p><b>Long keys.</b> A key of more than {@link #maxLength} bytes of UTF-8 keeps as many whole leading segments as leave room
 * for 45 bytes, in which the SHA-256 of the whole key stands for the rest. So the fixed part is always kept, and with it
 * whatever a {@link #pattern} may name.
 *
 * <p>A space holds the spaces within it: {@code of("catalog").key("t1", 7)} is {@code of("catalog").in("t1").key(7)}, and a
 * version counts as a segment. Two spaces with different prefixes share no key, whatever their separators. The keys of a
 * {@link io.cacheport.aside.Cache} named {@code user} begin like those of {@code KeySpace.of("user")}, which {@link #owns}
 * them; what the view puts after its name and tenant is not encoded.
 *
 * <p>Immutable; each method that changes something gives a changed copy. No I/O.
 *
 * @since 0.1
 */
public final class KeySpace {

    private static final String SEPARATORS = ":/|#~@,;=+&!$";
    private static final int LEAST_MAX_LENGTH = 64;

    private final String prefix;
    private final int version;
    private final char separator;
    private final int maxLength;
    private final List<String> within;
    private final String head;

    private KeySpace(String prefix, int version, char separator, int maxLength, List<String> within) {
        this.prefix = prefix;
        this.version = version;
        this.separator = separator;
        this.maxLength = maxLength;
        this.within = within;
        StringBuilder fixed = new StringBuilder(prefix).append(separator);
        if (version > 0) {
            fixed.append('v').append(version).append(separator);
        }
        within.forEach(
                segment -> fixed.append(Segments.encode(segment, separator)).append(separator));
        this.head = fixed.toString();
        requireRoom("the fixed part", head);
    }

    /**
     * Keys that begin with {@code prefix:}, of at most 250 bytes.
     *
     * @param prefix 1 to 64 letters, digits, dots, underscores or hyphens, all ASCII
     */
    public static KeySpace of(String prefix) {
        return new KeySpace(KeyText.requireName("prefix", prefix), 0, ':', 250, List.of());
    }

    /**
     * Puts {@code v2}, say, after the prefix: to be raised when what is stored changes, so that the old is not read.
     *
     * @param version at least 1
     */
    public KeySpace version(int version) {
        if (version < 1) {
            throw new IllegalArgumentException("version " + version + " is less than 1");
        }
        return new KeySpace(prefix, version, separator, maxLength, within);
    }

    /**
     * Puts another character than a colon between the segments.
     *
     * @param separator one of {@code : / | # ~ @ , ; = + & ! $}, which no prefix has
     */
    public KeySpace separator(char separator) {
        if (SEPARATORS.indexOf(separator) < 0) {
            throw new IllegalArgumentException("separator \"" + CacheKeys.shown(String.valueOf(separator))
                    + "\" is none of " + String.join(" ", SEPARATORS.split("")));
        }
        return new KeySpace(prefix, version, separator, maxLength, within);
    }

    /**
     * Lets keys be so long before they end in a hash. An adapter's own prefix comes on top.
     *
     * @param bytes of UTF-8, which is characters where they are ASCII: 64 to {@value CacheKeys#MAX_BYTES}, and 45 more than
     *     the fixed part
     */
    public KeySpace maxLength(int bytes) {
        if (bytes < LEAST_MAX_LENGTH || bytes > CacheKeys.MAX_BYTES) {
            throw new IllegalArgumentException("maximum length " + bytes + " is not between " + LEAST_MAX_LENGTH
                    + " and " + CacheKeys.MAX_BYTES + " bytes");
        }
        return new KeySpace(prefix, version, separator, bytes, within);
    }

    /**
     * The keys of this space that begin with these segments, as a space of its own.
     *
     * @throws IllegalArgumentException if they leave no room for a hash, or by the rules of {@link KeyText}
     */
    public KeySpace in(Object... segments) {
        List<String> more = new ArrayList<>(within);
        for (Object segment : required(segments)) {
            more.add(KeyText.of(segment));
        }
        return new KeySpace(prefix, version, separator, maxLength, List.copyOf(more));
    }

    /**
     * The keys of one tenant: {@link #in} for a segment that must not be left out.
     *
     * @throws IllegalArgumentException if its text is blank too
     */
    public KeySpace tenant(Object tenant) {
        if (KeyText.of(tenant).isBlank()) {
            throw new IllegalArgumentException("tenant \"" + CacheKeys.shown(KeyText.of(tenant)) + "\" of key space "
                    + this + " is blank: its keys would be nobody's");
        }
        return in(tenant);
    }

    /**
     * The key of these segments.
     *
     * @param segments one or more
     * @throws IllegalArgumentException for none, and by the rules of {@link KeyText}
     */
    public String key(Object... segments) {
        if (required(segments).length == 0) {
            throw new IllegalArgumentException("no segments: a key of key space " + this + " has one or more");
        }
        String key = joined(segments);
        return Segments.shorten(key.substring(0, key.length() - 1), separator, maxLength);
    }

    /**
     * The glob of all keys that begin with these segments and have more, hashed ones too; without segments, of all keys.
     *
     * @throws IllegalArgumentException if the segments are so long that a hashed key would not keep them
     */
    public String pattern(Object... segments) {
        String start = joined(required(segments));
        requireRoom("what the pattern begins with", start);
        return start + "*";
    }

    /** Whether the key begins as this space's do, whatever it goes on with. */
    public boolean owns(@Nullable String key) {
        return key != null && key.startsWith(head);
    }

    /** What the key was made of; empty if {@link #key} of this space cannot have made it. */
    public Optional<ParsedKey> parse(@Nullable String key) {
        if (key == null || !owns(key) || Segments.bytes(key) > maxLength) {
            return Optional.empty();
        }
        List<String> segments = new ArrayList<>();
        int from = head.length();
        for (int end; (end = key.indexOf(separator, from)) >= 0; from = end + 1) {
            segments.add(key.substring(from, end));
        }
        String last = key.substring(from);
        boolean hashed = Segments.isHash(last);
        if (!hashed) {
            segments.add(last);
        }
        for (int i = 0; i < segments.size(); i++) {
            String text = Segments.decode(segments.get(i), separator);
            if (text == null) {
                return Optional.empty();
            }
            segments.set(i, text);
        }
        return Optional.of(new ParsedKey(segments, hashed));
    }

    /** With a separator behind each. */
    private String joined(Object... segments) {
        StringBuilder joined = new StringBuilder(head);
        for (Object segment : segments) {
            joined.append(Segments.encode(KeyText.of(segment), separator)).append(separator);
        }
        return joined.toString();
    }

    private void requireRoom(String what, String start) {
        int most = maxLength - Segments.HASH_BYTES;
        int bytes = Segments.bytes(start);
        if (bytes > most) {
            throw new IllegalArgumentException(what + " \"" + CacheKeys.shown(start) + "\" has " + bytes
                    + " bytes, more than the " + most + " that a hashed key keeps of " + maxLength);
        }
    }

    private static Object[] required(Object @Nullable [] segments) {
        if (segments == null) {
            throw new IllegalArgumentException("segments is null");
        }
        return segments;
    }

    /** What all its keys begin with: nothing in it means anything in a glob. */
    String head() {
        return head;
    }

    char separator() {
        return separator;
    }

    int maxLength() {
        return maxLength;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof KeySpace that && head.equals(that.head) && maxLength == that.maxLength;
    }

    @Override
    public int hashCode() {
        return head.hashCode() * 31 + maxLength;
    }

    /** What its keys begin with. */
    @Override
    public String toString() {
        return head.substring(0, head.length() - 1);
    }
}
