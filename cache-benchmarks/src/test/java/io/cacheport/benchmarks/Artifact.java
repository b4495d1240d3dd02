package io.cacheport.benchmarks;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * What a published module is, and what it brings along.
 *
 * @param bytes of its jar
 * @param dependencies the rows of a Markdown table, sorted
 */
record Artifact(String name, int classes, long bytes, List<String> dependencies) {

    /** A line reads {@code org.slf4j:slf4j-api:jar:2.0.20:compile (optional) -- module org.slf4j}. */
    private static final Pattern DEPENDENCY =
            Pattern.compile("\\s*([^:\\s]+:[^:\\s]+):[^:\\s]+:[^\\s]+:(compile|runtime)( \\(optional\\))?.*");

    /**
     * The module that the class is of. What is on the class path is its jar, or its classes where none is built, and then
     * they are packed here.
     */
    static Artifact of(String name, Class<?> itsClass) throws IOException, URISyntaxException {
        Path place = Path.of(
                itsClass.getProtectionDomain().getCodeSource().getLocation().toURI());
        List<String> dependencies = dependencies(Path.of("..", name, "target", "dependencies.txt"));
        if (Files.isDirectory(place)) {
            return ofClasses(name, place, dependencies);
        }
        try (JarFile jar = new JarFile(place.toFile())) {
            int classes = Math.toIntExact(
                    jar.stream().filter(entry -> isClass(entry.getName())).count());
            return new Artifact(name, classes, Files.size(place), dependencies);
        }
    }

    private static Artifact ofClasses(String name, Path directory, List<String> dependencies) throws IOException {
        int classes = 0;
        ByteArrayOutputStream packed = new ByteArrayOutputStream();
        try (Stream<Path> walk = Files.walk(directory);
                ZipOutputStream zip = new ZipOutputStream(packed)) {
            for (Path file : walk.filter(Files::isRegularFile).toList()) {
                zip.putNextEntry(new ZipEntry(directory.relativize(file).toString()));
                Files.copy(file, zip);
                zip.closeEntry();
                classes += isClass(file.toString()) ? 1 : 0;
            }
        }
        return new Artifact(name, classes, packed.size(), dependencies);
    }

    private static boolean isClass(String file) {
        return file.endsWith(".class");
    }

    private static List<String> dependencies(Path list) throws IOException {
        return Files.readAllLines(list).stream()
                .map(DEPENDENCY::matcher)
                .filter(Matcher::matches)
                .map(line -> "| `" + line.group(1) + "` | " + line.group(2) + " | "
                        + (line.group(3) == null ? "" : "optional") + " |")
                .sorted()
                .toList();
    }

    /** As a test is to be named. */
    @Override
    public String toString() {
        return name;
    }
}
