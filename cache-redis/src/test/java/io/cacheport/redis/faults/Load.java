package io.cacheport.redis.faults;

import static io.cacheport.aside.CacheAside.withCache;

import io.cacheport.CacheServicePort;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Threads that read random keys through a cache until stopped, while the test does something to the server. Closed loop:
 * each thread asks again when it has its answer. Open loop, when a rate is given: each call has a moment at which it is
 * due, and its latency counts from there, so a stall is felt by every call it delays.
 *
 * <pre>{@code
 * try (Load load = new Load(Load.through(cache)).threads(4).perSecond(2_000).start()) {
 *     long killed = load.now();
 *     server.kill();
 *     ...
 *     LoadResult result = load.stop();
 *     assertThat(result.from(killed).exceptions()).isEmpty();
 * }
 * }</pre>
 */
final class Load implements AutoCloseable {

    /** Asks a cache for a key, with what to do on a miss. */
    interface Reader {
        String read(String key, Callable<String> loader) throws Exception;
    }

    private static final Duration TTL = Duration.ofMinutes(10);

    private final Reader reader;
    private final long start = System.nanoTime();
    private final LongAdder loads = new LongAdder();
    private final List<Thread> running = new ArrayList<>();
    private final List<Samples> samples = new ArrayList<>();
    private int threads = 4;
    private int keys = 1_000;
    private int perSecond;
    private String keyPrefix = LogWatch.KEY + ":load:";
    private Duration loadTime = Duration.ZERO;
    private volatile boolean stopped;

    Load(Reader reader) {
        this.reader = reader;
    }

    /** The everyday call of this library; {@code naive::read} is the other reader there is. */
    static Reader through(CacheServicePort cache) {
        return (key, loader) -> withCache(cache, key, TTL, String.class, loader::call);
    }

    Load threads(int threads) {
        this.threads = threads;
        return this;
    }

    /** How many different keys are asked for. */
    Load keys(int keys) {
        this.keys = keys;
        return this;
    }

    /** Of all threads together; without it, or with 0, as fast as the answers come. */
    Load perSecond(int perSecond) {
        this.perSecond = perSecond;
        return this;
    }

    /** What keys begin with: the naive cache's hold no canary. */
    Load keyPrefix(String keyPrefix) {
        this.keyPrefix = keyPrefix;
        return this;
    }

    /** How long the loader takes; no time unless said. */
    Load loadTime(Duration loadTime) {
        this.loadTime = loadTime;
        return this;
    }

    Load start() {
        for (int i = 0; i < threads; i++) {
            Samples own = new Samples();
            samples.add(own);
            SplittableRandom random = new SplittableRandom(i);
            Thread thread = new Thread(() -> run(own, random), "load-" + i);
            thread.setDaemon(true); // a naive call may hang for a minute
            running.add(thread);
        }
        running.forEach(Thread::start);
        return this;
    }

    /** This moment, for {@link LoadResult#from}. */
    long now() {
        return System.nanoTime() - start;
    }

    private void run(Samples own, SplittableRandom random) {
        long between = perSecond == 0 ? 0 : TimeUnit.SECONDS.toNanos(threads) / perSecond;
        long due = now();
        while (!stopped) {
            due = between == 0 ? now() : due + between;
            for (long early = due - now(); early > 0 && !stopped; early = due - now()) {
                LockSupport.parkNanos(early);
            }
            call(keyPrefix + random.nextInt(keys) + ":", due, own);
        }
    }

    /** A value tells its key and when it was loaded, so what was loaded before the call began is a hit. */
    private void call(String key, long due, Samples own) {
        long begun = now();
        String value = null;
        Throwable failure = null;
        try {
            value = reader.read(key, () -> load(key));
        } catch (Throwable thrown) {
            failure = thrown;
        }
        own.add(due, now() - due, kind(key, value, begun), failure);
    }

    private static Samples.Kind kind(String key, @Nullable String value, long begun) {
        if (value == null) {
            return Samples.Kind.FAILED;
        }
        if (!value.startsWith(key)) {
            return Samples.Kind.WRONG;
        }
        long loadedAt = Long.parseLong(value.substring(value.lastIndexOf(':') + 1));
        return loadedAt < begun ? Samples.Kind.HIT : Samples.Kind.LOADED;
    }

    private String load(String key) {
        loads.increment();
        for (long end = now() + loadTime.toNanos(); now() < end; ) {
            LockSupport.parkNanos(end - now());
        }
        String text = key.startsWith(LogWatch.KEY) ? LogWatch.VALUE : "value";
        return key + text + ":" + now();
    }

    /** Loader calls so far. */
    long loads() {
        return loads.sum();
    }

    /** Ends the threads, waiting a second for calls under way; those that hang longer are not in the result. */
    LoadResult stop() throws InterruptedException {
        close();
        long deadline = now() + TimeUnit.SECONDS.toNanos(1);
        for (Thread thread : running) {
            thread.join(Math.max(1, TimeUnit.NANOSECONDS.toMillis(deadline - now())));
        }
        long hung = running.stream().filter(Thread::isAlive).count();
        return LoadResult.of(samples, loads(), hung);
    }

    @Override
    public void close() {
        stopped = true;
    }
}
