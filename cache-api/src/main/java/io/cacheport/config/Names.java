package io.cacheport.config;

import java.util.Collection;

/** Which known name is meant by an unknown one. */
final class Names {

    private static final int NEAR = 2;

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

    /** Whether it may be a slip of the pen. */
    static boolean isNear(String name, Collection<String> known) {
        return known.stream()
                .anyMatch(candidate ->
                        Math.abs(candidate.length() - name.length()) <= NEAR && distance(name, candidate) <= NEAR);
    }

    /** How many letters have to be put in, left out or changed. */
    private static int distance(String from, String to) {
        int[] above = new int[to.length() + 1];
        for (int j = 0; j <= to.length(); j++) {
            above[j] = j;
        }
        for (int i = 1; i <= from.length(); i++) {
            int[] row = new int[to.length() + 1];
            row[0] = i;
            for (int j = 1; j <= to.length(); j++) {
                int changed = above[j - 1] + (from.charAt(i - 1) == to.charAt(j - 1) ? 0 : 1);
                row[j] = Math.min(changed, Math.min(above[j], row[j - 1]) + 1);
            }
            above = row;
        }
        return above[to.length()];
    }
}
