package io.cacheport.examples.support;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/** The manner of examples that tell their story on the console. */
public final class Story {

    private static final long LOOK_AGAIN_NANOS = TimeUnit.MILLISECONDS.toNanos(5);

    private Story() {}

    /** Whether it comes true in that time; looks every five milliseconds, and no more once the thread is interrupted. */
    public static boolean comesTrue(Duration patience, BooleanSupplier what) {
        long start = System.nanoTime();
        while (!what.getAsBoolean()) {
            if (System.nanoTime() - start > patience.toNanos()
                    || Thread.currentThread().isInterrupted()) {
                return false;
            }
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
        }
        return true;
    }

    /**
     * Keeps the log out of the story, unless the environment variable {@code LOG_LEVEL} asks for it, such as {@code
     * LOG_LEVEL=info}. To be called before anything logs.
     */
    public static void quiet() {
        if (System.getenv("LOG_LEVEL") == null) {
            System.setProperty("LOG_LEVEL", "error");
        }
    }
}
