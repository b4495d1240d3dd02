package io.cacheport.testkit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import io.cacheport.CacheStats;
import io.cacheport.TypeRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** P26, and P19 under concurrency. */
public interface SharingContract extends Contract {

    @Test
    default void p19_totalIsTheSumInEverySnapshot() throws Exception {
        cache().set("k", "v", MINUTE);
        AtomicBoolean done = new AtomicBoolean();
        Callable<Boolean> reader = () -> {
            while (!done.get()) {
                CacheStats stats = cache().getStats();
                assertThat(stats.hits() + stats.misses()).isEqualTo(stats.totalRequests());
                assertThat(stats.hitRate()).isBetween(0.0, 1.0);
            }
            return true;
        };
        ExecutorService observer = Executors.newSingleThreadExecutor();
        try {
            Future<Boolean> observed = observer.submit(reader);

            together(4, thread -> {
                for (int i = 0; i < 500; i++) {
                    cache().get(i % 3 == 0 ? "nothing" : "k", String.class);
                }
                return true;
            });

            done.set(true);
            assertThat(observed.get(10, TimeUnit.SECONDS)).isTrue();
        } finally {
            observer.shutdownNow();
        }
        assertThat(cache().getStats().hits()).isEqualTo(4 * 333);
        assertThat(cache().getStats().misses()).isEqualTo(4 * 167);
        assertThat(cache().getStats().totalRequests()).isEqualTo(2_000);
    }

    @Test
    default void p26_writersOfOneKeyLeaveOneWholeValue() throws Exception {
        together(4, thread -> {
            for (int i = 0; i < 100; i++) {
                cache().set("k", List.of(thread, thread, thread), MINUTE);
                assertThat(cache().get("k", new TypeRef<List<Integer>>() {}))
                        .hasSize(3)
                        .matches(seen -> Set.copyOf(seen).size() == 1);
            }
            return true;
        });

        assertThat(cache().getStats().keys()).isEqualTo(1);
    }

    @Test
    default void p26_oneOfManyDeletersRemovedIt() throws Exception {
        for (int round = 0; round < 20; round++) {
            cache().set("k", "v", MINUTE);

            List<Boolean> removed = together(4, thread -> cache().del("k"));

            assertThat(removed.stream().filter(one -> one)).hasSize(1);
        }
    }

    @Test
    default void p26_everyThreadFindsWhatItStored() throws Exception {
        together(8, thread -> {
            for (int i = 0; i < 100; i++) {
                String key = thread + ":" + i;
                cache().set(key, key, MINUTE);
                assertThat(cache().get(key, String.class)).isEqualTo(key);
            }
            return true;
        });

        assertThat(cache().getStats().keys()).isEqualTo(800);
        assertThat(cache().getStats().hits()).isEqualTo(800);
    }

    @Test
    default void p26_flushBesideWritersTouchesOnlyWhatMatches() throws Exception {
        together(4, thread -> {
            for (int i = 0; i < 25; i++) {
                if (thread == 0) {
                    cache().flush("gone:*");
                } else {
                    cache().set("gone:" + thread + ":" + i, i, MINUTE);
                    cache().set("kept:" + thread + ":" + i, i, MINUTE);
                    assertThat(cache().get("kept:" + thread + ":" + i, Integer.class))
                            .isEqualTo(i);
                }
            }
            return true;
        });
        cache().flush("gone:*");

        assertThat(cache().getStats().keys()).isEqualTo(75);
    }

    /** Work for one of several threads. */
    interface Work<R extends @Nullable Object> {
        R run(int thread) throws Exception;
    }

    /** Runs it on so many threads that start at once. */
    static <R> List<R> together(int threads, Work<R> work) throws Exception {
        CountDownLatch ready = new CountDownLatch(threads);
        ExecutorService pool = Executors.newFixedThreadPool(threads);
        try {
            List<Future<R>> running = new ArrayList<>();
            for (int i = 0; i < threads; i++) {
                int thread = i;
                running.add(pool.submit(() -> {
                    ready.countDown();
                    ready.await();
                    return work.run(thread);
                }));
            }
            List<R> results = new ArrayList<>();
            for (Future<R> one : running) {
                results.add(one.get(30, TimeUnit.SECONDS));
            }
            return results;
        } finally {
            pool.shutdownNow();
        }
    }
}
