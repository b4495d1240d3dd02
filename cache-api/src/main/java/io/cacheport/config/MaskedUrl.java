package io.cacheport.config;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What may be seen of a cache URI. Only one that is right in every part shows its parts: in one that is not, a password may
 * stand anywhere, as after a slash in it that was not encoded.
 */
final class MaskedUrl {

    private static final String NODE = "(?:\\[[0-9a-fA-F:.]+]|[A-Za-z0-9._-]+)(?::[0-9]{1,5})?";
    private static final Pattern RIGHT = Pattern.compile("([a-z][a-z0-9+.-]*://)(?:([A-Za-z0-9._-]*)(:)?[^/?@]*@)?("
            + NODE + "(?:," + NODE + ")*(?:/[A-Za-z0-9._-]*)?(?:/[0-9]{1,5})?(?:\\?prefix=[A-Za-z0-9._:%-]*)?)");
    private static final Pattern IN_MEMORY = Pattern.compile("memory:[a-z]*");

    private MaskedUrl() {}

    static String of(String url) {
        if (IN_MEMORY.matcher(url).matches()) {
            return url;
        }
        Matcher right = RIGHT.matcher(url);
        if (!right.matches()) {
            return Rules.MASK;
        }
        boolean login = right.group(2) != null;
        String user = right.group(3) == null ? "" : right.group(2) + ":"; // without a colon it may be a password
        return right.group(1) + (login ? user + Rules.MASK + "@" : "") + right.group(4);
    }
}
