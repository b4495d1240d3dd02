package io.cacheport.redis.faults;

import static org.junit.platform.commons.support.AnnotationSupport.findAnnotation;

import java.lang.reflect.AnnotatedElement;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.junit.jupiter.api.extension.TestWatcher;

/**
 * Tells the matrix how each test ended, watches the log meanwhile, and has the document written when the last test of
 * this JVM is over. A test that lets a canary into the log fails.
 */
final class FaultExtension
        implements BeforeAllCallback, AfterAllCallback, BeforeEachCallback, AfterEachCallback, TestWatcher {

    @Override
    public void beforeAll(ExtensionContext context) {
        LogWatch.open();
        begin(context);
    }

    @Override
    public void beforeEach(ExtensionContext context) {
        LogWatch.open();
        LogWatch.forgetWarnings();
        begin(context).forEach(Row::begun);
    }

    /** A row is in the matrix, and red, from here until a test of it has passed: a set-up that throws is no test. */
    private static List<Row> begin(ExtensionContext context) {
        // what is in the root's store is closed when all tests are over
        context.getRoot()
                .getStore(Namespace.create(FaultExtension.class))
                .getOrComputeIfAbsent(Document.class, key -> new Document(), Document.class);
        return rows(context);
    }

    @Override
    public void afterEach(ExtensionContext context) {
        closeLog();
    }

    @Override
    public void afterAll(ExtensionContext context) {
        closeLog();
    }

    private static void closeLog() {
        List<String> leaks = LogWatch.newLeaks();
        LogWatch.close();
        if (!leaks.isEmpty()) {
            throw new AssertionError("a key, value or password got into the log: " + leaks);
        }
    }

    @Override
    public void testSuccessful(ExtensionContext context) {
        rows(context).forEach(row -> row.ended(true));
    }

    @Override
    public void testFailed(ExtensionContext context, Throwable cause) {
        rows(context).forEach(row -> row.ended(false));
    }

    /** Nothing here may be skipped. */
    @Override
    public void testAborted(ExtensionContext context, Throwable cause) {
        rows(context).forEach(row -> row.ended(false));
    }

    /** Those of the method, else those of its class. */
    private static List<Row> rows(ExtensionContext context) {
        return Stream.of(
                        context.getTestMethod().flatMap(FaultExtension::numbers),
                        context.getTestClass().flatMap(FaultExtension::numbers))
                .flatMap(Optional::stream)
                .findFirst()
                .map(numbers -> IntStream.of(numbers).mapToObj(FaultMatrix::row).toList())
                .orElse(List.of());
    }

    private static Optional<int[]> numbers(AnnotatedElement element) {
        return findAnnotation(element, FaultRow.class)
                .map(FaultRow::value)
                .or(() -> findAnnotation(element, FaultRowAlways.class).map(FaultRowAlways::value));
    }
}
