package io.cacheport.key;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import org.jspecify.annotations.Nullable;

/**
 * The encoding of segments, and the hash of keys that are too long. A percent sign and two hexadecimal digits, or {@code %u}
 * and four, stand for a character; {@code %h} begins a hash. Which characters are encoded is fixed here and asked of no
 * Unicode table, since those differ between JVMs that share keys.
 */
final class Segments {

    /** In bytes: {@code %h} and the digest. */
    static final int HASH_BYTES = 45;

    private static final String HASH_MARK = "%h";
    private static final String SPECIAL = "%*?[]\\{}";
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private Segments() {}

    /** Different texts have different encodings, which hold neither the separator nor anything special in a glob. */
    static String encode(String text, char separator) {
        int plain = 0;
        while (plain < text.length() && !isEncoded(text, plain, separator)) {
            plain++;
        }
        if (plain == text.length()) {
            return text;
        }
        StringBuilder out = new StringBuilder(text.length() + 16).append(text, 0, plain);
        for (int i = plain; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!isEncoded(text, i, separator)) {
                out.append(c);
                continue;
            }
            out.append('%');
            if (c > 0xff) {
                out.append('u').append(HEX[c >> 12]).append(HEX[c >> 8 & 15]);
            }
            out.append(HEX[c >> 4 & 15]).append(HEX[c & 15]);
        }
        return out.toString();
    }

    private static boolean isEncoded(String text, int at, char separator) {
        char c = text.charAt(at);
        if (c == separator || SPECIAL.indexOf(c) >= 0 || Character.isISOControl(c) || c == '\u2028' || c == '\u2029') {
            return true;
        }
        if (Character.isHighSurrogate(c)) {
            return at + 1 == text.length() || !Character.isLowSurrogate(text.charAt(at + 1));
        }
        return Character.isLowSurrogate(c) && (at == 0 || !Character.isHighSurrogate(text.charAt(at - 1)));
    }

    /** The text that is encoded like this; null if none is. */
    static @Nullable String decode(String encoded, char separator) {
        StringBuilder out = new StringBuilder(encoded.length());
        for (int i = 0; i < encoded.length(); i++) {
            char c = encoded.charAt(i);
            if (c == '%') {
                boolean isLong = encoded.startsWith("u", i + 1);
                int from = i + (isLong ? 2 : 1);
                int to = from + (isLong ? 4 : 2);
                int decoded = to <= encoded.length() ? hex(encoded, from, to) : -1;
                if (decoded < 0) {
                    return null;
                }
                c = (char) decoded;
                i = to - 1;
            }
            out.append(c);
        }
        String text = out.toString();
        return encode(text, separator).equals(encoded) ? text : null;
    }

    private static int hex(String text, int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            int digit = Character.digit(text.charAt(i), 16);
            if (digit < 0) {
                return -1;
            }
            value = value << 4 | digit;
        }
        return value;
    }

    /**
     * The text, if it has no more bytes of UTF-8 than that; otherwise as many whole leading segments as leave room for the
     * hash of all of it, and that.
     */
    static String shorten(String text, char separator, int maxBytes) {
        if (text.length() <= maxBytes / 3 || bytes(text) <= maxBytes) {
            return text;
        }
        int kept = 0;
        int bytes = 0;
        for (int i = 0; i < text.length() && bytes <= maxBytes - HASH_BYTES; i++) {
            kept = i > 0 && text.charAt(i - 1) == separator ? i : kept;
            bytes += bytes(text.charAt(i));
        }
        return text.substring(0, kept) + HASH_MARK + digest(text);
    }

    /** Whether it is what {@link #shorten} leaves of a tail. */
    static boolean isHash(String segment) {
        if (segment.length() != HASH_BYTES || !segment.startsWith(HASH_MARK)) {
            return false;
        }
        String digest = segment.substring(HASH_MARK.length());
        try {
            return text(Base64.getUrlDecoder().decode(digest)).equals(digest);
        } catch (IllegalArgumentException notOne) {
            return false;
        }
    }

    private static String digest(String text) {
        try {
            return text(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException none) {
            throw new IllegalStateException("every Java platform has SHA-256", none);
        }
    }

    private static String text(byte[] digest) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(digest);
    }

    /** How many of UTF-8. */
    static int bytes(String text) {
        int bytes = 0;
        for (int i = 0; i < text.length(); i++) {
            bytes += bytes(text.charAt(i));
        }
        return bytes;
    }

    /** Surrogates come in pairs here, of four bytes. */
    private static int bytes(char c) {
        if (c < 0x80) {
            return 1;
        }
        return c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
    }
}
