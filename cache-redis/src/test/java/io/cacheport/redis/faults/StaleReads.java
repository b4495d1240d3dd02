package io.cacheport.redis.faults;

import static io.cacheport.aside.CacheAside.withCache;

import io.cacheport.CacheException;
import io.cacheport.redis.RedisCacheAdapter;
import io.cacheport.testkit.server.RedisServer;
import io.cacheport.testkit.server.RespClient;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import java.util.concurrent.locks.LockSupport;

/**
 * Readers and writers of a few keys over several caches of one Redis, checked as they go. The source holds a version of
 * each key. A writer raises it, removes the key, and once the removal is acknowledged raises the key's floor. A reader
 * notes the floor, reads, and must not get a version below it.
 *
 * @param reads how often a value was read
 * @param hits of them, without a load
 * @param removals that were acknowledged
 * @param kills how often all connections were killed
 * @param stale reads of a version below the floor
 */
record StaleReads(long reads, long hits, long removals, int kills, long stale) {

    private static final int KEYS = 20;
    private static final int THREADS = 6;
    private static final double WRITES = 0.05;
    private static final int CALLS_BETWEEN_KILLS = 20_000;

    /** A cache as the readers and writers see it. */
    interface Cached {

        long read(String key, AtomicLongArray source, int index, AtomicLong loads) throws Exception;

        /** Whether it was acknowledged. */
        boolean remove(String key);

        static Cached of(RedisCacheAdapter cache) {
            return new Cached() {
                @Override
                public long read(String key, AtomicLongArray source, int index, AtomicLong loads) {
                    return withCache(cache, LogWatch.KEY + key, Duration.ofMinutes(1), Long.class, () -> {
                        loads.incrementAndGet();
                        return slowly(source.get(index));
                    });
                }

                @Override
                public boolean remove(String key) {
                    try {
                        cache.strict().del(LogWatch.KEY + key);
                        return true;
                    } catch (CacheException unknown) {
                        return false;
                    }
                }
            };
        }

        static Cached of(NaiveCache cache) {
            return new Cached() {
                @Override
                public long read(String key, AtomicLongArray source, int index, AtomicLong loads) throws Exception {
                    return Long.parseLong(cache.read("row42:" + key, () -> {
                        loads.incrementAndGet();
                        return String.valueOf(slowly(source.get(index)));
                    }));
                }

                @Override
                public boolean remove(String key) {
                    cache.del("row42:" + key);
                    return true;
                }
            };
        }

        /** A value that is on its way for a moment is what the race is about. */
        private static long slowly(long value) {
            LockSupport.parkNanos(50_000);
            return value;
        }
    }

    static StaleReads of(List<Cached> caches, RedisServer server, int calls) throws Exception {
        Run run = new Run(caches, calls);
        ExecutorService threads = Executors.newFixedThreadPool(THREADS);
        try (RespClient admin = server.client()) {
            List<Future<?>> all = new ArrayList<>();
            for (int i = 0; i < THREADS; i++) {
                SplittableRandom random = new SplittableRandom(i);
                all.add(threads.submit(() -> run.calls(random)));
            }
            int kills = 0;
            if (caches.size() > 1) { // the naive one would throw, not lie
                kills = run.kill(admin, all);
            }
            for (Future<?> one : all) {
                one.get();
            }
            long reads = run.reads.get();
            return new StaleReads(reads, reads - run.loads.get(), run.removals.get(), kills, run.stale.get());
        } finally {
            threads.shutdownNow();
        }
    }

    private static final class Run {

        private final List<Cached> caches;
        private final int calls;
        private final AtomicLongArray source = new AtomicLongArray(KEYS);
        private final AtomicLongArray floor = new AtomicLongArray(KEYS);
        private final AtomicLong begun = new AtomicLong();
        private final AtomicLong reads = new AtomicLong();
        private final AtomicLong loads = new AtomicLong();
        private final AtomicLong removals = new AtomicLong();
        private final AtomicLong stale = new AtomicLong();

        Run(List<Cached> caches, int calls) {
            this.caches = caches;
            this.calls = calls;
        }

        Void calls(SplittableRandom random) throws Exception {
            while (begun.incrementAndGet() <= calls) {
                Cached cache = caches.get(random.nextInt(caches.size()));
                int index = random.nextInt(KEYS);
                if (random.nextDouble() < WRITES) {
                    write(cache, index);
                } else {
                    read(cache, index);
                }
            }
            return null;
        }

        private void write(Cached cache, int index) {
            long version = source.incrementAndGet(index);
            if (cache.remove("k" + index)) {
                floor.accumulateAndGet(index, version, Math::max);
                removals.incrementAndGet();
            }
        }

        private void read(Cached cache, int index) throws Exception {
            long least = floor.get(index);
            long version = cache.read("k" + index, source, index, loads);
            reads.incrementAndGet();
            if (version < least) {
                stale.incrementAndGet();
            }
        }

        int kill(RespClient admin, List<Future<?>> all) {
            int kills = 0;
            for (long next = CALLS_BETWEEN_KILLS; !all.stream().allMatch(Future::isDone); ) {
                if (begun.get() > next) {
                    admin.call("CLIENT", "KILL", "TYPE", "normal", "SKIPME", "yes");
                    kills++;
                    next += CALLS_BETWEEN_KILLS;
                }
                LockSupport.parkNanos(1_000_000);
            }
            return kills;
        }
    }
}
