package io.cacheport.redis.codec;

import java.util.Deque;
import java.util.concurrent.ConcurrentLinkedDeque;
import java.util.concurrent.Semaphore;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What is used by one thread at a time, and costs milliseconds to make where its use costs microseconds: so a thread waits for
 * one rather than making more than a few for each processor. The one used last is used first.
 */
final class ForyPool<T> {

    private static final int MOST = 4 * Runtime.getRuntime().availableProcessors();

    private final Semaphore places = new Semaphore(MOST);
    private final Deque<T> idle = new ConcurrentLinkedDeque<>();
    private final Supplier<T> making;

    ForyPool(Supplier<T> making) {
        this.making = making;
    }

    /** What the use gives; if it throws, what it used is given up. */
    <R> R use(Function<T, R> use) {
        places.acquireUninterruptibly();
        try {
            T taken = idle.pollFirst();
            T one = taken == null ? making.get() : taken;
            R result = use.apply(one);
            idle.addFirst(one);
            return result;
        } finally {
            places.release();
        }
    }
}
