package io.cacheport.redis.codec;

import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * Native contexts to be used again, by one thread at a time: making one costs more than compressing a small value. A thread
 * never waits for one; those that find no place afterwards are closed.
 */
final class ContextPool<C> {

    /** Work for a context, which is given up if it throws. */
    interface Use<C, R> {
        R with(C context);
    }

    private final BlockingQueue<C> idle;
    private final Supplier<C> making;
    private final Consumer<C> closing;

    ContextPool(int most, Supplier<C> making, Consumer<C> closing) {
        this.idle = new ArrayBlockingQueue<>(most);
        this.making = making;
        this.closing = closing;
    }

    <R> R use(Use<C, R> use) {
        C taken = idle.poll();
        C context = taken == null ? making.get() : taken;
        boolean sound = false;
        try {
            R result = use.with(context);
            sound = true;
            return result;
        } finally {
            if (!sound || !idle.offer(context)) {
                closing.accept(context);
            }
        }
    }
}
