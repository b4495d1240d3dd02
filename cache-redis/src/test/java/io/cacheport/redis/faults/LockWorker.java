package io.cacheport.redis.faults;

import io.cacheport.lock.HeldLock;
import io.cacheport.lock.LockAttempt.Acquired;
import io.cacheport.lock.LockOptions;
import io.cacheport.lock.Locks;
import io.cacheport.redis.RedisCacheAdapter;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;

/**
 * The program of {@link LockJvms}: threads that take locks, write under them and let them go, as fast as they can, until a
 * line on the input says that it is enough. Prints each lock it finds in another's hands while it holds it.
 */
final class LockWorker {

    static final Duration LEASE = Duration.ofMillis(300);
    static final List<String> NAMES =
            IntStream.range(0, 8).mapToObj(i -> "job-" + i).toList();

    private static final int THREADS = 4;
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final LockOptions OPTIONS =
            LockOptions.lease(LEASE).waitAtMost(PATIENCE).backoff(Duration.ofMillis(1), Duration.ofMillis(20));

    private final String uri;
    private final String id;
    private final AtomicLong numbers = new AtomicLong();
    private volatile boolean enough;

    private LockWorker(String uri, String id) {
        this.uri = uri;
        this.id = id;
    }

    public static void main(String[] arguments) throws Exception {
        LockWorker worker = new LockWorker(arguments[0], arguments[1]);
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        switch (arguments[2]) {
            case "holder" -> worker.hold(input);
            case "naively" -> {
                try (NaiveLock lock = new NaiveLock(worker.uri)) {
                    worker.work(input, resource -> worker.naively(lock, resource));
                }
            }
            default -> {
                try (RedisCacheAdapter cache = open(worker.uri)) {
                    Locks locks = Locks.of(cache);
                    worker.work(input, resource -> worker.ours(locks, resource));
                    System.out.println("stats " + locks.stats());
                    System.out.println("done");
                    input.readLine(); // is watched meanwhile
                }
            }
        }
        System.exit(0);
    }

    private static RedisCacheAdapter open(String uri) {
        return RedisCacheAdapter.builder(uri)
                .connectTimeout(Duration.ofSeconds(10))
                .build();
    }

    private interface Turn {
        void take(FencedResource resource) throws InterruptedException;
    }

    private void work(BufferedReader input, Turn turn) throws Exception {
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < THREADS; i++) {
            Thread thread = new Thread(() -> {
                try (FencedResource resource = FencedResource.of(uri)) {
                    while (!enough) {
                        turn.take(resource);
                    }
                } catch (InterruptedException | RuntimeException failure) {
                    System.out.println("failure " + failure);
                }
            });
            threads.add(thread);
            thread.start();
        }
        System.out.println("ready");
        input.readLine();
        enough = true;
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private void ours(Locks locks, FencedResource resource) {
        String name = anyName();
        if (locks.tryLock(name, OPTIONS) instanceof Acquired acquired) {
            try (HeldLock lock = acquired.lock()) {
                String grant = nextGrant();
                resource.write(name, grant, String.valueOf(lock.fencing()), true);
                String owner = resource.get("cacheport:lock:cache:{" + name + "}");
                if (lock.isHeld() && !owner.endsWith(" " + lock.fencing())) {
                    System.out.println("foreign " + name);
                }
                workSome();
                resource.write(name, grant, String.valueOf(lock.fencing()), false);
            }
        }
    }

    private void naively(NaiveLock locks, FencedResource resource) {
        String name = anyName();
        String grant = nextGrant();
        if (locks.tryLock("naive:" + name, grant, LEASE)) {
            resource.write(name, grant, "-", true);
            workSome();
            resource.write(name, grant, "-", false);
            if (!grant.equals(resource.get("naive:" + name))) {
                System.out.println("foreign " + name); // which it deletes all the same
            }
            locks.unlock("naive:" + name);
        }
    }

    private static String anyName() {
        return NAMES.get(ThreadLocalRandom.current().nextInt(NAMES.size()));
    }

    private String nextGrant() {
        return id + ":" + numbers.incrementAndGet();
    }

    /** Mostly nothing, sometimes longer than the lease. */
    private static void workSome() {
        int dice = ThreadLocalRandom.current().nextInt(1_000);
        if (dice < 20) {
            long end = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(dice < 2 ? 500 : 20);
            for (long left = end - System.nanoTime(); left > 0; left = end - System.nanoTime()) {
                LockSupport.parkNanos(left);
            }
        }
    }

    /** One lock, held until the end; what happens to it is printed. */
    private void hold(BufferedReader input) throws Exception {
        try (RedisCacheAdapter cache = open(uri);
                FencedResource resource = FencedResource.of(uri)) {
            if (Locks.of(cache).tryLock(NAMES.get(0), LockOptions.lease(Duration.ofMillis(500)))
                    instanceof Acquired acquired) {
                HeldLock lock = acquired.lock();
                lock.onLost(() -> System.out.println("lost"));
                resource.write(lock.name(), id, String.valueOf(lock.fencing()), true);
                System.out.println("ready");
                input.readLine();
                boolean held = lock.isHeld();
                boolean accepted = resource.write(lock.name(), id, String.valueOf(lock.fencing()), false);
                System.out.println("held " + held + ", accepted " + accepted + ", release " + lock.release());
            }
        }
    }
}
