package io.cacheport.spi;

import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.Set;

/**
 * The rule for keys (P24): not null, not blank, at most {@value #MAX_BYTES} bytes of UTF-8, no control characters, no
 * half of a surrogate pair.
 *
 * @since 0.1
 */
public final class CacheKeys {

    /** The longest key, in bytes of UTF-8. */
    public static final int MAX_BYTES = 1_024;

    private static final int SHOWN = 64;

    private CacheKeys() {}

    /**
     * Returns the key if it keeps the rule.
     *
     * @throws IllegalArgumentException naming the key, shortened and with control characters escaped, and the rule
     */
    public static String require(String key) {
        return requireText("key", key);
    }

    /** As {@link #require} for each, without doubles, in order. */
    public static Set<String> requireAll(Collection<String> keys) {
        return requireTexts("key", keys);
    }

    /** The rule for keys under another name, for each of several, without doubles, in order. */
    public static Set<String> requireTexts(String what, Collection<String> texts) {
        if (texts == null) {
            throw new IllegalArgumentException(what + "s is null: pass an empty collection to ask for nothing");
        }
        Set<String> distinct = new LinkedHashSet<>(Math.max(16, texts.size() * 2));
        for (String text : texts) {
            distinct.add(requireText(what, text));
        }
        return distinct;
    }

    /** The rule for globs is the rule for keys, under its own name. */
    public static String requireGlob(String glob) {
        return requireText("glob", glob);
    }

    /** The rule for keys under another name, such as a member of a set. */
    public static String requireText(String what, String text) {
        if (text == null) {
            throw new IllegalArgumentException(what + " is null");
        }
        int bytes = 0;
        boolean blank = true;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c)) {
                throw new IllegalArgumentException(
                        what + " \"" + shown(text) + "\" has a control character at index " + i);
            }
            blank &= Character.isWhitespace(c);
            if (c < 0x80) {
                bytes++;
            } else if (c < 0x800) {
                bytes += 2;
            } else if (!Character.isSurrogate(c)) {
                bytes += 3;
            } else if (Character.isHighSurrogate(c)
                    && i + 1 < text.length()
                    && Character.isLowSurrogate(text.charAt(i + 1))) {
                bytes += 4;
                i++;
            } else {
                throw new IllegalArgumentException(
                        what + " \"" + shown(text) + "\" has half a surrogate pair at index " + i);
            }
        }
        if (blank) {
            throw new IllegalArgumentException(what + " \"" + shown(text) + "\" is blank");
        }
        if (bytes > MAX_BYTES) {
            throw new IllegalArgumentException(what + " \"" + shown(text) + "\" has " + bytes
                    + " bytes of UTF-8, more than the " + MAX_BYTES + " allowed");
        }
        return text;
    }

    /** How a message shows a key: its first 64 characters, with control characters and surrogates escaped. */
    public static String shown(String text) {
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < Math.min(SHOWN, text.length()); i++) {
            char c = text.charAt(i);
            if (Character.isISOControl(c) || Character.isSurrogate(c)) {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return text.length() > SHOWN ? out.append("...").toString() : out.toString();
    }
}
