package io.cacheport.simulation;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * A change for the worse in one file of the engine or the in-memory store.
 *
 * @param name what is wrong then
 * @param type the class whose file it is in
 * @param edits lines of it, each of which is there once, and what they become
 */
record Mutant(String name, String type, List<Edit> edits) {

    record Edit(String line, String instead) {}

    static Mutant of(String name, String type, String line, String instead) {
        return new Mutant(name, type, List.of(new Edit(line, instead)));
    }

    Mutant and(String line, String instead) {
        return new Mutant(name, type, List.of(edits.get(0), new Edit(line, instead)));
    }

    /** The file, changed. */
    String source() {
        String source = original();
        for (Edit edit : edits) {
            int at = source.indexOf(edit.line());
            if (at < 0 || source.indexOf(edit.line(), at + 1) >= 0) {
                throw new AssertionError("mutant \"" + name + "\" finds " + (at < 0 ? "no" : "more than one")
                        + " such line in " + type + ": " + edit.line()
                        + "\nit has to be planted anew where the line's purpose is served now");
            }
            source = source.replace(edit.line(), edit.instead());
        }
        return source;
    }

    private String original() {
        String module = type.startsWith("io.cacheport.inmemory.") ? "cache-inmemory" : "cache-api";
        Path file = Path.of("..", module, "src", "main", "java").resolve(type.replace('.', '/') + ".java");
        try {
            return Files.readString(file);
        } catch (IOException missing) {
            throw new UncheckedIOException("mutant \"" + name + "\" finds no file of " + type, missing);
        }
    }

    @Override
    public String toString() {
        return name;
    }
}
