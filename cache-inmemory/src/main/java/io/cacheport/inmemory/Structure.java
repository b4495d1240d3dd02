package io.cacheport.inmemory;

import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.ToIntFunction;

/**
 * What an entry keeps that is no value. All but a counter change in place, so they are touched only within {@link
 * Store#inStructure}, which is one step for each key.
 */
sealed interface Structure {

    /** What an element costs beyond its own bytes. */
    int ELEMENT_BYTES = 48;

    boolean isEmpty();

    /** Of its elements. */
    long bytes(ToIntFunction<Object> ofElement);

    /** A number, which is a value too for those who read it as one. */
    record Counter(long number) implements Structure {

        @Override
        public boolean isEmpty() {
            return false;
        }

        @Override
        public long bytes(ToIntFunction<Object> ofElement) {
            return Long.BYTES;
        }
    }

    /** What is held by field. */
    record Hash(Map<String, Object> byField) implements Structure {

        Hash() {
            this(new LinkedHashMap<>());
        }

        @Override
        public boolean isEmpty() {
            return byField.isEmpty();
        }

        @Override
        public long bytes(ToIntFunction<Object> ofElement) {
            long bytes = 0;
            for (Map.Entry<String, Object> one : byField.entrySet()) {
                bytes += ELEMENT_BYTES + bytesOf(one.getKey()) + ofElement.applyAsInt(one.getValue());
            }
            return bytes;
        }
    }

    /** What is held in order. */
    record Queue(Deque<Object> elements) implements Structure {

        Queue() {
            this(new ArrayDeque<>());
        }

        @Override
        public boolean isEmpty() {
            return elements.isEmpty();
        }

        @Override
        public long bytes(ToIntFunction<Object> ofElement) {
            long bytes = 0;
            for (Object element : elements) {
                bytes += ELEMENT_BYTES + ofElement.applyAsInt(element);
            }
            return bytes;
        }
    }

    /** Texts, each once. */
    record Members(Set<String> members) implements Structure {

        Members() {
            this(new LinkedHashSet<>());
        }

        @Override
        public boolean isEmpty() {
            return members.isEmpty();
        }

        @Override
        public long bytes(ToIntFunction<Object> ofElement) {
            long bytes = 0;
            for (String member : members) {
                bytes += ELEMENT_BYTES + bytesOf(member);
            }
            return bytes;
        }
    }

    private static int bytesOf(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }
}
