package io.cacheport.redis.faults;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/** As {@link FaultRow}, and run by every build: for few rows, quick ones. */
@Target({ElementType.TYPE, ElementType.METHOD})
@Retention(RetentionPolicy.RUNTIME)
@ExtendWith(FaultExtension.class)
@interface FaultRowAlways {

    /** Their numbers. */
    int[] value();
}
