package io.cacheport.redis.faults;

import static io.cacheport.aside.CacheAside.withCache;

import io.cacheport.CacheServicePort;
import io.cacheport.inmemory.InMemoryCacheAdapter;
import io.cacheport.redis.RedisCacheAdapter;
import io.cacheport.testkit.server.RespClient;
import io.cacheport.tiered.Tiered;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * The program of {@link HotKeyJvms}: many callers who ask for each key that is named on its input at once, and print how
 * long each of them waited.
 */
final class HotKeyCaller {

    /** Where loads are counted, in Redis. */
    static final String LOADS = "loads:";

    private static final long LOAD_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    /** What the first load of a slow key takes: long enough to be killed or stopped in. */
    private static final long SLOW_NANOS = TimeUnit.SECONDS.toNanos(4);

    private HotKeyCaller() {}

    public static void main(String[] arguments) throws Exception {
        String uri = arguments[0];
        int callers = Integer.parseInt(arguments[1]);
        boolean naively = arguments[2].equals("naively");
        boolean near = arguments[2].equals("near");
        ExecutorService threads = Executors.newFixedThreadPool(callers);
        // what is asked is how often and after what time, on a machine with fewer cores than JVMs
        RedisCacheAdapter redis = Profile.builder(uri)
                .commandTimeout(Duration.ofSeconds(5))
                .connectTimeout(Duration.ofSeconds(10))
                .build();
        try (CacheServicePort cache =
                        near ? Tiered.near(InMemoryCacheAdapter.create()).far(redis) : redis;
                NaiveCache naive = NaiveCache.connect(uri);
                RespClient counter =
                        RespClient.connect("127.0.0.1", URI.create(uri).getPort());
                BufferedReader keys = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            System.out.println("ready");
            for (String key = keys.readLine(); key != null; key = keys.readLine()) {
                String name = key;
                Callable<String> loader = () -> load(counter, name);
                System.out.println(ask(
                        threads,
                        callers,
                        naively
                                ? () -> naive.read(name, loader)
                                : () -> withCache(cache, name, Duration.ofMinutes(1), String.class, loader::call)));
            }
        }
        System.exit(0);
    }

    private static String load(RespClient counter, String key) {
        boolean first;
        synchronized (counter) {
            first = Long.valueOf(1).equals(counter.call("INCR", LOADS + key));
        }
        long end = System.nanoTime() + (first && key.endsWith(":slow") ? SLOW_NANOS : LOAD_NANOS);
        for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
            LockSupport.parkNanos(left);
        }
        return first ? "first" : "later";
    }

    private static String ask(ExecutorService threads, int callers, Callable<String> call) throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        List<Future<Long>> waiting = new ArrayList<>();
        for (int i = 0; i < callers; i++) {
            waiting.add(threads.submit(() -> {
                go.await();
                long start = System.nanoTime();
                call.call();
                return System.nanoTime() - start;
            }));
        }
        go.countDown();
        List<Long> nanos = new ArrayList<>();
        for (Future<Long> one : waiting) {
            nanos.add(one.get());
        }
        return nanos.stream().map(String::valueOf).collect(Collectors.joining(" "));
    }
}
