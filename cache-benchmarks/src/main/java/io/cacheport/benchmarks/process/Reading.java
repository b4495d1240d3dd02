package io.cacheport.benchmarks.process;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** What another JVM does with a key: reads it until it is near, says so, and reads on until the answer is another. */
final class Reading {

    static final String NEAR = "near";
    static final String ABSENT = "absent";

    /** How long each answer is waited for. */
    static final Duration PATIENCE = Duration.ofSeconds(5);

    /** Longer than whoever asked waits: a process that nobody listens to any more is not to go on reading. */
    private static final Duration LONGEST = PATIENCE.multipliedBy(2);

    private Reading() {}

    /** A read through the near cache. */
    interface Read {
        @Nullable
        Object of(String key) throws Exception;
    }

    /** When another value was read, on the clock of {@link System#nanoTime}. */
    static long awaitAnother(Read read, String key, Object copy) throws Exception {
        long until = System.nanoTime() + LONGEST.toNanos();
        while (copy.equals(read.of(key))) {
            if (System.nanoTime() - until > 0) {
                throw new IllegalStateException("nobody waits any more for another answer than " + copy);
            }
            Thread.onSpinWait();
        }
        return System.nanoTime();
    }
}
