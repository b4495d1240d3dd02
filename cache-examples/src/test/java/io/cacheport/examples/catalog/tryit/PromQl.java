package io.cacheport.examples.catalog.tryit;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** As much of PromQL as it takes to find what an expression is about. */
final class PromQl {

    private static final String NAME = "[a-zA-Z_:][\\w:]*";
    private static final Pattern SELECTOR = Pattern.compile("(" + NAME + ")\\s*\\{([^}]*)}");
    private static final Pattern MATCHER = Pattern.compile("(\\w+)\\s*(=~|!~|!=|=)\\s*\"([^\"]*)\"");
    private static final Pattern GROUPING =
            Pattern.compile("\\b(by|without|on|ignoring|group_left|group_right)\\s*\\(([^)]*)\\)");
    private static final Pattern NOT_NAMES = Pattern.compile("\"[^\"]*\"|\\{[^}]*}|\\[[^]]*]");
    private static final Pattern IDENTIFIER = Pattern.compile("(?<![\\w.:$])" + NAME + "(?!\\s*\\()(?![\\w:])");
    private static final Set<String> KEYWORDS =
            Set.of("and", "or", "unless", "bool", "offset", "group_left", "group_right", "inf", "nan");

    private PromQl() {}

    /** The names of the metrics. */
    static Set<String> names(String expression) {
        String bare = NOT_NAMES.matcher(expression).replaceAll(" ");
        bare = GROUPING.matcher(bare).replaceAll(" ");
        Set<String> names = new TreeSet<>();
        IDENTIFIER.matcher(bare).results().map(found -> found.group()).forEach(names::add);
        names.removeAll(KEYWORDS);
        return names;
    }

    /** What in the expression a scrape does not have: names, labels of a name, and values that labels must be equal to. */
    static Set<String> unknown(String expression, Scrape scrape) {
        Set<String> unknown = new TreeSet<>();
        names(expression).stream()
                .filter(name -> !scrape.labels().containsKey(name))
                .forEach(unknown::add);
        Matcher selector = SELECTOR.matcher(expression);
        while (selector.find()) {
            Map<String, Set<String>> labels = scrape.labels().getOrDefault(selector.group(1), Map.of());
            Matcher matcher = MATCHER.matcher(selector.group(2));
            while (matcher.find()) {
                Set<String> values = labels.getOrDefault(matcher.group(1), Set.of());
                boolean exact = matcher.group(2).equals("=");
                if (values.isEmpty() || (exact && !values.contains(matcher.group(3)))) {
                    unknown.add(selector.group(1) + "{" + matcher.group() + "}");
                }
            }
        }
        Set<String> all = new TreeSet<>();
        names(expression)
                .forEach(name ->
                        all.addAll(scrape.labels().getOrDefault(name, Map.of()).keySet()));
        groupings(expression).filter(label -> !all.contains(label)).forEach(label -> unknown.add("by (" + label + ")"));
        return unknown;
    }

    private static Stream<String> groupings(String expression) {
        return GROUPING.matcher(expression)
                .results()
                .flatMap(found -> List.of(found.group(2).split(",")).stream()
                        .map(String::strip)
                        .filter(label -> !label.isEmpty()));
    }
}
