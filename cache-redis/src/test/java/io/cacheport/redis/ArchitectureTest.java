package io.cacheport.redis;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** The direction of dependencies: caller, engine, port, adapter. Each rule is also shown a class that breaks it. */
class ArchitectureTest {

    private static final String[] API = {
        "io.cacheport",
        "io.cacheport.admin",
        "io.cacheport.aside",
        "io.cacheport.behind",
        "io.cacheport.config",
        "io.cacheport.events",
        "io.cacheport.guard",
        "io.cacheport.health",
        "io.cacheport.key",
        "io.cacheport.lease",
        "io.cacheport.limit",
        "io.cacheport.lock",
        "io.cacheport.metrics",
        "io.cacheport.session",
        "io.cacheport.spi",
        "io.cacheport.stats",
        "io.cacheport.structure",
        "io.cacheport.tiered",
        "io.cacheport.warm"
    };

    private static final JavaClasses MAIN = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages("io.cacheport");

    static Stream<Arguments> rules() {
        return Stream.of(
                rule(
                        "the api knows no adapter and no client library",
                        noClasses()
                                .that(resideInAnyPackage(API))
                                .should()
                                .dependOnClassesThat(resideInAnyPackage(
                                        "io.cacheport.inmemory..",
                                        "io.cacheport.redis..",
                                        "io.cacheport.testkit..",
                                        "com.github.benmanes..",
                                        "io.lettuce..",
                                        "io.netty..",
                                        "com.fasterxml.."))),
                rule(
                        "the port knows neither the engine nor the meters",
                        noClasses()
                                .that(resideInAPackage("io.cacheport"))
                                .should()
                                .dependOnClassesThat(resideInAnyPackage("io.cacheport.aside", "io.cacheport.metrics"))),
                rule(
                        "only the meters know Micrometer",
                        noClasses()
                                .that(resideInAnyPackage("io.cacheport..")
                                        .and(resideInAPackage("io.cacheport.metrics")
                                                .negate()))
                                .should()
                                .dependOnClassesThat(resideInAPackage("io.micrometer.."))),
                rule(
                        "the in-memory adapter knows nothing of Redis",
                        noClasses()
                                .that(resideInAPackage("io.cacheport.inmemory.."))
                                .should()
                                .dependOnClassesThat(
                                        resideInAnyPackage("io.cacheport.redis..", "io.lettuce..", "com.fasterxml.."))),
                rule(
                        "the Redis adapter knows nothing of the in-memory one",
                        noClasses()
                                .that(resideInAPackage("io.cacheport.redis.."))
                                .should()
                                .dependOnClassesThat(
                                        resideInAnyPackage("io.cacheport.inmemory..", "com.github.benmanes.."))),
                rule(
                        "the testkit knows no adapter",
                        noClasses()
                                .that(resideInAPackage("io.cacheport.testkit.."))
                                .should()
                                .dependOnClassesThat(
                                        resideInAnyPackage("io.cacheport.inmemory..", "io.cacheport.redis.."))),
                rule(
                        "nothing sleeps, reads the wall clock or uses the common pool",
                        noClasses()
                                .should()
                                .callMethodWhere(target(owner(resideInAPackage("java..")))
                                        .and(target(nameMatching("sleep|currentTimeMillis|commonPool"))))),
                rule(
                        "no bytes choose a class",
                        noClasses()
                                .should()
                                .dependOnClassesThat(nameMatching("java\\.io\\.ObjectInputStream"))
                                .orShould()
                                .callMethodWhere(target(nameMatching(
                                        "activateDefaultTyping.*|enableDefaultTyping.*|setDefaultTyping")))));
    }

    private static Arguments rule(String name, ArchRule rule) {
        return Arguments.of(name, rule);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void holds(String name, ArchRule rule) {
        rule.check(MAIN);
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rules")
    void canFail(String name, ArchRule rule) {
        JavaClasses violators = new ClassFileImporter()
                .importClasses(
                        io.cacheport.ArchitectureViolator.class,
                        io.cacheport.redis.ArchitectureViolator.class,
                        io.cacheport.inmemory.ArchitectureViolator.class,
                        io.cacheport.testkit.ArchitectureViolator.class);

        assertThat(rule.evaluate(violators).hasViolation()).isTrue();
    }

    @Test
    void seesAllModules() {
        assertThat(MAIN.stream().map(JavaClass::getPackageName))
                .hasSizeGreaterThan(80)
                .contains("io.cacheport", "io.cacheport.aside", "io.cacheport.inmemory", "io.cacheport.redis.json")
                .contains("io.cacheport.redis.codec")
                .contains("io.cacheport.testkit.contract");
    }
}
