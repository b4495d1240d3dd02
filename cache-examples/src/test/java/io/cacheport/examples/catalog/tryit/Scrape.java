package io.cacheport.examples.catalog.tryit;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Prometheus would know after a scrape.
 *
 * @param series how many there are
 * @param labels of each name, each label with the values it has
 */
record Scrape(int series, Map<String, Map<String, Set<String>>> labels) {

    private static final Pattern SERIES = Pattern.compile("([a-zA-Z_:][\\w:]*)(?:\\{(.*)})? [^ ]+");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");

    static Scrape of(String text) {
        Map<String, Map<String, Set<String>>> labels = new HashMap<>();
        int series = 0;
        for (String line : text.lines().filter(l -> !l.startsWith("#")).toList()) {
            Matcher one = SERIES.matcher(line);
            if (!one.matches()) {
                throw new IllegalArgumentException("not a series: " + line);
            }
            series++;
            Map<String, Set<String>> of = labels.computeIfAbsent(one.group(1), name -> new HashMap<>());
            Matcher label = LABEL.matcher(one.group(2) == null ? "" : one.group(2));
            while (label.find()) {
                of.computeIfAbsent(label.group(1), name -> new TreeSet<>()).add(label.group(2));
            }
        }
        return new Scrape(series, labels);
    }
}
