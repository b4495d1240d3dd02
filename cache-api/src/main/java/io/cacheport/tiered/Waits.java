package io.cacheport.tiered;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Who waits for something to happen to a key. */
final class Waits {

    private final Map<String, CountDownLatch> latches = new ConcurrentHashMap<>();

    /** To be had before the store is asked, so that nothing is missed. */
    CountDownLatch of(String key) {
        return latches.computeIfAbsent(key, any -> new CountDownLatch(1));
    }

    /** Until it opens, or the time is over, or interrupted. */
    void await(CountDownLatch latch, long nanos) {
        try {
            boolean unused = latch.await(nanos, TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
        }
    }

    /** It is not waited for any more; others that still do wait until their time is over. */
    void forget(String key, CountDownLatch latch) {
        latches.remove(key, latch);
    }

    void changed(String key) {
        CountDownLatch latch = latches.isEmpty() ? null : latches.remove(key);
        if (latch != null) {
            latch.countDown();
        }
    }

    void changedAll() {
        latches.keySet().forEach(this::changed);
    }
}
