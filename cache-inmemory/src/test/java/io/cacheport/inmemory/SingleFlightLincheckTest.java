package io.cacheport.inmemory;

import static io.cacheport.aside.CacheAside.withCache;

import io.cacheport.TypeRef;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;
import org.jetbrains.lincheck.datastructures.IntGen;
import org.jetbrains.lincheck.datastructures.Operation;
import org.jetbrains.lincheck.datastructures.Param;
import org.jetbrains.lincheck.datastructures.Validate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Claims that reading through the cache is linearizable where a write is a change of the source and then a {@code del}: as
 * if there were no cache. This is A12, and more than it: no reader sees the new value and a later one the old. Also claimed,
 * as checked at the end of each run: no two loads of the key at once (A2), even where a {@code del} in the middle of the
 * first lets go of its lease.
 *
 * <p>Model checked only. On a busy machine a look in the cache may take more than 20 ms, after which another caller looks for
 * itself, so that under stress the second claim would fail now and then, as it may (A2).
 */
@Tag("lincheck")
@Param(name = "value", gen = IntGen.class, conf = "1:5")
public class SingleFlightLincheckTest {

    private static final TypeRef<Integer> TYPE = TypeRef.of(Integer.class);
    private static final Duration LONG = Duration.ofHours(1);

    private final InMemoryCacheAdapter cache = LincheckRuns.adapter(() -> 1);
    private final AtomicInteger source = new AtomicInteger();
    private final AtomicInteger running = new AtomicInteger();
    private final AtomicInteger most = new AtomicInteger();

    @Test
    void modelChecked() {
        LincheckRuns.modelChecking(40).sequentialSpecification(Spec.class).check(SingleFlightLincheckTest.class);
    }

    @Operation
    public int read() {
        return withCache(cache, "k", LONG, TYPE, this::load);
    }

    private Integer load() {
        most.accumulateAndGet(running.incrementAndGet(), Math::max);
        int loaded = source.get();
        running.decrementAndGet();
        return loaded;
    }

    @Operation
    public void write(@Param(name = "value") int value) {
        source.set(value);
        cache.del("k");
    }

    @Validate
    public void oneLoadAtATime() {
        if (most.get() > 1) {
            throw new IllegalStateException(most + " loads at once");
        }
    }

    /** The source without a cache, used by one thread. */
    public static class Spec {
        private int value;

        public int read() {
            return value;
        }

        public void write(int written) {
            value = written;
        }

        @Override
        public boolean equals(@Nullable Object other) {
            return other instanceof Spec that && value == that.value;
        }

        @Override
        public int hashCode() {
            return value;
        }
    }
}
