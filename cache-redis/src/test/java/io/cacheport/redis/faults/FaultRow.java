package io.cacheport.redis.faults;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * The rows of the fault matrix that a test shows, or all tests of a class; run by {@code mvn -Pfull verify} only. See
 * {@link FaultRowAlways} for those of every build.
 */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@Tag("full")
@ExtendWith(FaultExtension.class)
@interface FaultRow {

    /** Their numbers. */
    int[] value();
}
