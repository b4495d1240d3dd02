package io.cacheport.config;

import java.nio.file.Path;

/**
 * Where the value of a setting is from; {@code toString} says it in a few words.
 *
 * @since 0.1
 */
public sealed interface Origin {

    /** Whether somebody set it, as opposed to a default. */
    default boolean isSet() {
        return this != BuiltIn.DEFAULT && this != BuiltIn.REFERENCE_DEFAULT;
    }

    /** What has no name. */
    enum BuiltIn implements Origin {
        /** Nobody set it. */
        DEFAULT("default"),
        /** Nobody set it, and the defaults of the reference were asked for. */
        REFERENCE_DEFAULT("reference default"),
        /** It was given to the builder. */
        CODE("code");

        private final String words;

        BuiltIn(String words) {
            this.words = words;
        }

        @Override
        public String toString() {
            return words;
        }
    }

    /** An environment variable. */
    record Environment(String variable) implements Origin {
        @Override
        public String toString() {
            return "environment " + variable;
        }
    }

    /** A line of a file, counted from 1. */
    record Line(Path file, int line) implements Origin {
        @Override
        public String toString() {
            return "file " + file + ":" + line;
        }
    }
}
