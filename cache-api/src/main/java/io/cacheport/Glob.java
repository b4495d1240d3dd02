package io.cacheport;

import io.cacheport.spi.CacheKeys;
import java.nio.charset.StandardCharsets;

/**
 * A pattern in Redis' glob grammar, matched as Redis does: on the bytes of the key's UTF-8, case-sensitive. {@code *} is
 * any run of bytes, {@code ?} any one byte (so a letter outside ASCII needs two or more), {@code [abc]}, {@code [a-c]}
 * and {@code [^x]} one byte of a class, and a backslash makes the next byte stand for itself. An unterminated class ends
 * with the pattern; a trailing backslash stands for itself.
 *
 * <p>The class syntax, its odd corners included, follows {@code stringmatchlen} in Redis 7's {@code util.c}; ranges
 * compare signed bytes, as a server on x86 does, so a range with ends outside ASCII is best avoided. Time is at most
 * proportional to pattern times key. Immutable.
 *
 * @since 0.1
 */
public final class Glob {

    private final String text;
    private final byte[] pattern;

    private Glob(String text) {
        this.text = text;
        this.pattern = text.getBytes(StandardCharsets.UTF_8);
    }

    /**
     * The pattern.
     *
     * @throws IllegalArgumentException by the rule for keys: null, blank, too long, control characters
     */
    public static Glob of(String glob) {
        return new Glob(CacheKeys.requireGlob(glob));
    }

    /** The text with every character that means something in a glob made to stand for itself. */
    public static String escape(String literal) {
        StringBuilder out = new StringBuilder(literal.length() + 8);
        for (int i = 0; i < literal.length(); i++) {
            char c = literal.charAt(i);
            if (c == '*' || c == '?' || c == '[' || c == ']' || c == '\\' || c == '^' || c == '-') {
                out.append('\\');
            }
            out.append(c);
        }
        return out.toString();
    }

    /** What every matching key begins with: the pattern up to its first star, question mark or class. May be empty. */
    public String literalPrefix() {
        StringBuilder literal = new StringBuilder();
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '*' || c == '?' || c == '[') {
                break;
            }
            if (c == '\\' && i + 1 < text.length()) {
                i++;
            }
            literal.append(text.charAt(i));
        }
        return literal.toString();
    }

    /** Whether the whole key matches. */
    public boolean matches(String key) {
        return matches(key.getBytes(StandardCharsets.UTF_8));
    }

    /**
     * Whether the whole key, given as UTF-8, matches. Only the last star seen needs to be tried again at a later place:
     * an earlier one could not reach anything the last cannot.
     */
    public boolean matches(byte[] key) {
        int p = 0;
        int k = 0;
        int afterStar = -1;
        int retryAt = 0;
        while (k < key.length) {
            int next;
            if (p < pattern.length && pattern[p] == '*') {
                afterStar = ++p;
                retryAt = k;
            } else if (p < pattern.length && (next = matchOne(p, key[k])) >= 0) {
                p = next;
                k++;
            } else if (afterStar >= 0) {
                p = afterStar;
                k = ++retryAt;
            } else {
                return false;
            }
        }
        while (p < pattern.length && pattern[p] == '*') {
            p++;
        }
        return p == pattern.length;
    }

    /** Where the pattern goes on after the element at {@code p} matched this byte, or -1. */
    private int matchOne(int p, byte b) {
        return switch (pattern[p]) {
            case '?' -> p + 1;
            case '[' -> matchClass(p + 1, b);
            case '\\' -> {
                int literal = p + 1 < pattern.length ? p + 1 : p;
                yield pattern[literal] == b ? literal + 1 : -1;
            }
            default -> pattern[p] == b ? p + 1 : -1;
        };
    }

    private int matchClass(int start, byte b) {
        int p = start;
        boolean negated = p < pattern.length && pattern[p] == '^';
        if (negated) {
            p++;
        }
        boolean found = false;
        while (p < pattern.length && pattern[p] != ']') {
            int left = pattern.length - p;
            if (left >= 2 && pattern[p] == '\\') {
                p++;
                found |= pattern[p] == b;
            } else if (left >= 3 && pattern[p + 1] == '-') {
                int low = Math.min(pattern[p], pattern[p + 2]);
                int high = Math.max(pattern[p], pattern[p + 2]);
                found |= low <= b && b <= high;
                p += 2;
            } else {
                found |= pattern[p] == b;
            }
            p++;
        }
        if (found == negated) {
            return -1;
        }
        return Math.min(p + 1, pattern.length); // past the closing bracket, if there is one
    }

    @Override
    public String toString() {
        return text;
    }
}
