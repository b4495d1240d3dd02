package io.cacheport.config;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * Reads a properties file, in UTF-8 and with the syntax of {@link Properties}, one property at a time for the sake of line
 * numbers. Other programs' properties may stand in it.
 */
final class FileLayer {

    private static final Map<String, Setting<?>> KNOWN =
            Settings.all().stream().collect(Collectors.toUnmodifiableMap(Setting::property, setting -> setting));

    private final Path file;
    private final List<String> problems;
    private final Layer layer = new Layer();
    private final Map<String, Integer> lines = new HashMap<>();

    private FileLayer(Path file, List<String> problems) {
        this.file = file;
        this.problems = problems;
    }

    static Layer read(Path file, List<String> problems) {
        FileLayer reading = new FileLayer(file, problems);
        try (BufferedReader in = Files.newBufferedReader(file)) {
            reading.lines(in);
        } catch (IOException unreadable) {
            problems.add("the settings file " + file + " cannot be read as UTF-8: "
                    + unreadable.getClass().getSimpleName());
        }
        return reading.layer;
    }

    private void lines(BufferedReader in) throws IOException {
        int number = 0;
        int first = 1;
        StringBuilder property = new StringBuilder();
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            number++;
            if (property.isEmpty()) {
                first = number;
                line = number == 1 && line.startsWith("\ufeff") ? line.substring(1) : line;
            }
            property.append(line).append('\n');
            if (isComment(property) || !isContinued(line)) {
                property(property.toString(), first);
                property.setLength(0);
            }
        }
        property(property.toString(), first);
    }

    private static boolean isComment(CharSequence property) {
        String start = property.toString().stripLeading();
        return start.startsWith("#") || start.startsWith("!");
    }

    /** Whether it ends in an odd number of backslashes. */
    private static boolean isContinued(String line) {
        int backslashes = 0;
        while (backslashes < line.length() && line.charAt(line.length() - 1 - backslashes) == '\\') {
            backslashes++;
        }
        return backslashes % 2 == 1;
    }

    private void property(String text, int line) throws IOException {
        Properties one = new Properties();
        try {
            one.load(new StringReader(text));
        } catch (IllegalArgumentException malformed) {
            problems.add(file + ":" + line + " has a \\u that four hexadecimal digits do not follow");
            return;
        }
        for (String name : one.stringPropertyNames()) {
            property(name, one.getProperty(name), line);
        }
    }

    private void property(String name, String value, int line) {
        String place = name + " (" + file + ":" + line + ")";
        Setting<?> setting = KNOWN.get(name);
        if (setting == null) {
            if (name.startsWith("cacheport.") || Names.isNear(name, KNOWN.keySet())) {
                problems.add(place + " is no setting; the nearest is " + Names.nearest(name, KNOWN.keySet()));
            }
            return;
        }
        Integer before = lines.putIfAbsent(name, line);
        if (before != null) {
            problems.add(place + " is set in line " + before + " already");
        } else if (setting == StoreSettings.SETTINGS_FILE) {
            problems.add(place + " stands in a settings file, which names no other");
        } else if (!value.isBlank()) {
            layer.put(Placed.read(setting, value, place, new Origin.Line(file, line), problems));
        }
    }
}
