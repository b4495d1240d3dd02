package io.cacheport.redis.codec;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.cacheport.TypeRef;
import io.cacheport.spi.UnreadableValueException;
import java.io.IOException;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.RecordComponent;
import java.lang.reflect.Type;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.tools.JavaCompiler;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** A class of the same name before and after a change, each of a loader of its own. */
class ForyChangedClassTest {

    private static final byte[] KEY = "cache:thing".getBytes(UTF_8);
    private static final ForyCodec CODEC = ForyCodec.create();
    private static final String BEFORE = """
            package changing;
            public record Thing(String id, int amount, java.util.List<Integer> parts, State state, Part part, Integer maybe) {
                public enum State { NEW, PAID }
                public record Part(String name, int size) {}
            }
            """;

    @TempDir
    static Path directory;

    private static Class<?> before;

    @BeforeAll
    static void compile() throws Exception {
        before = version("before", BEFORE);
    }

    static Stream<Arguments> changes() {
        return Stream.of(
                missed("a property more", "Integer maybe", "Integer maybe, String note"),
                missed("one less", ", Integer maybe", ""),
                missed("another name", "int amount", "int total"),
                missed("wider", "int amount", "long amount"),
                missed("boxed", "int amount", "Integer amount"),
                missed("text", "int amount", "String amount"),
                missed("wider elements", "List<Integer>", "List<Long>"),
                missed("elements that are text", "List<Integer>", "List<String>"),
                missed("a set", "List<Integer>", "Set<Integer>"),
                missed("a constant less", "{ NEW, PAID }", "{ NEW }"),
                missed("an inner property more", "int size", "int size, int weight"),
                missed("an inner one wider", "int size", "long size"),
                read("a constant between", "{ NEW, PAID }", "{ NEW, HELD, PAID }"),
                read("another order", "String id, int amount", "int amount, String id"));
    }

    private static Arguments missed(String name, String from, String to) {
        return Arguments.of(name, from, to, false);
    }

    private static Arguments read(String name, String from, String to) {
        return Arguments.of(name, from, to, true);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("changes")
    void isAMissUnlessItMeansTheSame(String name, String from, String to, boolean readable) throws Exception {
        String source = BEFORE.replace(from, to);
        assertThat(source).isNotEqualTo(BEFORE);
        Class<?> after = version(name, source);

        assertReads(before, after, readable);
        if (name.contains("constant")) { // a hash that differs, differs both ways
            assertReads(after, before, true);
        }
    }

    @Test
    void theSameClassOfAnotherLoaderIsRead() throws Exception {
        assertReads(before, version("again", BEFORE), true);
    }

    private void assertReads(Class<?> writer, Class<?> reader, boolean readable) throws ReflectiveOperationException {
        Object written = sample(writer);
        byte[] stored = CODEC.encode(KEY, written);
        try {
            Object value = Objects.requireNonNull(CODEC.decode(KEY, stored, TypeRef.of(reader)));
            assertThat(readable).as("%s was read as %s", written, value).isTrue();
            assertThat(value).isInstanceOf(reader);
            assertThat(texts(value)).isEqualTo(texts(written));
        } catch (UnreadableValueException miss) {
            assertThat(readable).as("%s: %s", written, miss.getMessage()).isFalse();
        }
    }

    private static Class<?> version(String name, String source) throws IOException, ClassNotFoundException {
        Path place = Files.createDirectories(directory.resolve(name.replace(' ', '-')));
        Path file = Files.writeString(place.resolve("Thing.java"), source);
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        int failed = compiler.run(null, null, null, "-proc:none", "-d", place.toString(), file.toString());
        assertThat(failed).isZero();
        return new URLClassLoader(new URL[] {place.toUri().toURL()}, ForyCodec.class.getClassLoader())
                .loadClass("changing.Thing");
    }

    private static Object sample(Class<?> type) throws ReflectiveOperationException {
        RecordComponent[] components = type.getRecordComponents();
        Object[] values = new Object[components.length];
        for (int i = 0; i < values.length; i++) {
            values[i] = sample(components[i].getGenericType());
        }
        Class<?>[] types =
                Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
        return type.getDeclaredConstructor(types).newInstance(values);
    }

    private static Object sample(Type type) throws ReflectiveOperationException {
        if (type == int.class || type == Integer.class) {
            return 77_777;
        }
        if (type == long.class || type == Long.class) {
            return 77_777L;
        }
        if (type == String.class) {
            return "77777";
        }
        if (type instanceof ParameterizedType parameterized) {
            Object element = sample(parameterized.getActualTypeArguments()[0]);
            return parameterized.getRawType() == Set.class ? Set.of(element) : List.of(element);
        }
        Class<?> one = (Class<?>) type;
        Object[] constants = one.getEnumConstants();
        return constants != null ? constants[constants.length - 1] : sample(one);
    }

    private static Map<String, String> texts(Object value) throws ReflectiveOperationException {
        Map<String, String> texts = new TreeMap<>();
        for (RecordComponent component : value.getClass().getRecordComponents()) {
            texts.put(
                    component.getName(), String.valueOf(component.getAccessor().invoke(value)));
        }
        return texts;
    }
}
