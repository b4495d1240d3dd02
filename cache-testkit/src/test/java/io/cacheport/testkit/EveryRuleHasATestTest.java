package io.cacheport.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheport.testkit.contract.EventContract;
import io.cacheport.testkit.contract.LeaseContract;
import io.cacheport.testkit.contract.LockContract;
import io.cacheport.testkit.contract.RateLimitContract;
import io.cacheport.testkit.contract.SessionContract;
import io.cacheport.testkit.contract.StructureContract;
import io.cacheport.testkit.contract.WriteBuffersContract;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;

/** The kit against all numbered rules: the port's, cache-aside's, and those of every capability. */
class EveryRuleHasATestTest {

    private static final Pattern RULE = Pattern.compile("([palskwque])(\\d+)_");

    private static final List<Method> TESTS = Stream.concat(
                    Arrays.stream(CacheServiceContract.class.getInterfaces()),
                    Stream.of(
                            LeaseContract.class,
                            StructureContract.class,
                            LockContract.class,
                            WriteBuffersContract.class,
                            RateLimitContract.class,
                            SessionContract.class,
                            EventContract.class))
            .flatMap(part -> Arrays.stream(part.getDeclaredMethods()))
            .filter(method ->
                    method.isAnnotationPresent(Test.class) || method.isAnnotationPresent(ParameterizedTest.class))
            .toList();

    @Test
    void eachTestNamesItsRule() {
        assertThat(TESTS)
                .isNotEmpty()
                .allMatch(test -> RULE.matcher(test.getName()).lookingAt());
    }

    @Test
    void eachRuleHasATest() {
        Set<String> rules = Stream.of(
                        IntStream.rangeClosed(1, 27).mapToObj(i -> "p" + i),
                        IntStream.rangeClosed(1, 14).mapToObj(i -> "a" + i),
                        IntStream.rangeClosed(1, 9).mapToObj(i -> "l" + i),
                        IntStream.rangeClosed(1, 12).mapToObj(i -> "s" + i),
                        IntStream.rangeClosed(1, 15).mapToObj(i -> "k" + i),
                        IntStream.rangeClosed(1, 8).mapToObj(i -> "w" + i),
                        IntStream.rangeClosed(1, 6).mapToObj(i -> "q" + i),
                        IntStream.rangeClosed(1, 7).mapToObj(i -> "u" + i),
                        IntStream.rangeClosed(1, 11).mapToObj(i -> "e" + i))
                .flatMap(each -> each)
                .collect(Collectors.toCollection(TreeSet::new));

        Set<String> tested = TESTS.stream()
                .flatMap(test -> RULE.matcher(test.getName()).results())
                .map(rule -> rule.group(1) + rule.group(2))
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(tested).isEqualTo(rules);
    }

    @Test
    void thereAreMoreThanAHundredAndTwenty() {
        assertThat(TESTS).hasSizeGreaterThan(120);
    }
}
