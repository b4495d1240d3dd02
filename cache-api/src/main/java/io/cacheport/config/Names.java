package io.cacheport.config;

import java.util.Collection;

/** Which known name is meant by an unknown one. */
final class Names {

    private static final int NEAR = 3;

    private Names() {}

    static String nearest(String name, Collection<String> known) {
        String best = "";
        int least = Integer.MAX_VALUE;
        for (String candidate : known) {
            int distance = distance(name, candidate);
            if (distance < least) {
                least = distance;
                best = candidate;
            }
        }
        return best;
    }

    /** Whether it may be a slip of the pen: one letter is another, or left out, or three are missing. */
    static boolean isNear(String name, Collection<String> known) {
        return known.stream()
                .anyMatch(candidate ->
                        Math.abs(candidate.length() - name.length()) <= NEAR && distance(name, candidate) <= NEAR);
    }

    /**
     * One for each letter to put in, two for each to leave out: words are left out of names more often than made up, so that
     * the nearest to {@code CACHE_LOCK_TTL} is {@code CACHE_LOCK_DEFAULT_TTL} and not {@code CACHE_NEAR_TTL}.
     */
    private static int distance(String from, String to) {
        int[] above = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int[] row = new int[to.length() + 1];
            row[0] = 2 * i;
            for (int j = 1; j <= to.length(); j++) {
                row[j] = from.charAt(i - 1) == to.charAt(j - 1) ? above[j - 1] : Math.min(above[j] + 2, row[j - 1] + 1);
            }
            above = row;
        }
        return above[to.length()];
    }
}
