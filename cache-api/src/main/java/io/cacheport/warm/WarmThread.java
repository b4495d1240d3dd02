package io.cacheport.warm;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** A daemon thread that ends within two seconds of being told: it has one to come to an end, and is then interrupted. */
final class WarmThread {

    private static final long PATIENCE_MILLIS = TimeUnit.SECONDS.toMillis(1) - 50;

    private final Thread thread;
    private final CountDownLatch ended = new CountDownLatch(1);

    WarmThread(String name, Runnable task) {
        thread = new Thread(
                () -> {
                    try {
                        task.run();
                    } finally {
                        ended.countDown();
                    }
                },
                "cacheport-warm-" + name);
        thread.setDaemon(true);
    }

    void start() {
        thread.start();
    }

    /** For a task that has been told to stop. */
    void end() {
        if (thread == Thread.currentThread()) {
            return;
        }
        try {
            if (!ended.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS)) {
                thread.interrupt();
                boolean inTime = ended.await(PATIENCE_MILLIS, TimeUnit.MILLISECONDS);
                assert inTime || thread.isDaemon(); // a loader that does not hear of interrupts is left behind
            }
        } catch (InterruptedException told) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }
}
