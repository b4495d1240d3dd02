package io.cacheport.examples.catalog.tryit;

import io.cacheport.examples.catalog.tryit.Visitors.Request;
import java.io.IOException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongSupplier;

/** Visitors who ask, wait for the answer, think and ask again, until stopped. */
final class Load {

    private static final long SEED = 42;

    private final Visitors visitors;
    private final int port;
    private final LongSupplier thinkNanos;
    private final List<Worker> workers = new ArrayList<>();
    private final LongAdder requests = new LongAdder();
    private final LongAdder errors = new LongAdder();
    private volatile boolean measuring;
    private volatile boolean stopped;

    private Load(Visitors visitors, int port, LongSupplier thinkNanos) {
        this.visitors = visitors;
        this.port = port;
        this.thinkNanos = thinkNanos;
    }

    /** Starts asking, without a thought; nothing counts before {@link #measure}. */
    static Load start(Visitors visitors, int port, int threads) {
        return start(visitors, port, threads, () -> 0);
    }

    /** Starts asking. Each visitor thinks for so long after each answer. */
    static Load start(Visitors visitors, int port, int threads, LongSupplier thinkNanos) {
        Load load = new Load(visitors, port, thinkNanos);
        for (int i = 0; i < threads; i++) {
            load.workers.add(load.new Worker(new SplittableRandom(SEED + i)));
        }
        load.workers.forEach(Thread::start);
        return load;
    }

    /** From now on everything counts. */
    void measure() {
        measuring = true;
    }

    long requests() {
        return requests.sum();
    }

    long errors() {
        return errors.sum();
    }

    /** Per endpoint; only after {@link #stop}. */
    Map<Endpoint, Latencies> latencies() {
        Map<Endpoint, Latencies> all = new EnumMap<>(Endpoint.class);
        for (Endpoint endpoint : Endpoint.values()) {
            Latencies sum = new Latencies();
            workers.forEach(worker -> sum.addAll(worker.latencies(endpoint)));
            all.put(endpoint, sum);
        }
        return all;
    }

    /** Ends when every visitor has the answer to its last request. */
    void stop() throws InterruptedException {
        stopped = true;
        for (Worker worker : workers) {
            worker.join();
        }
    }

    private final class Worker extends Thread {

        private final SplittableRandom random;
        private final Map<Endpoint, Latencies> latencies = new EnumMap<>(Endpoint.class);

        Worker(SplittableRandom random) {
            super("visitor");
            setDaemon(true);
            this.random = random;
        }

        Latencies latencies(Endpoint endpoint) {
            return latencies.computeIfAbsent(endpoint, key -> new Latencies());
        }

        @Override
        public void run() {
            while (!stopped) {
                try (HttpConnection connection = new HttpConnection(port)) {
                    while (!stopped) {
                        ask(connection, visitors.next(random));
                        think();
                    }
                } catch (IOException e) {
                    count(false); // and go on with a new connection
                    think();
                }
            }
        }

        private void ask(HttpConnection connection, Request request) throws IOException {
            long start = System.nanoTime();
            boolean ok = connection
                    .exchange(request.method(), request.path(), request.body())
                    .isSuccess();
            long end = System.nanoTime();
            if (count(ok)) {
                latencies(request.endpoint()).add(end - start);
            }
        }

        private void think() {
            long nanos = thinkNanos.getAsLong();
            if (nanos > 0) {
                LockSupport.parkNanos(nanos);
            }
        }

        private boolean count(boolean ok) {
            if (!ok) {
                errors.increment(); // an error is one at any time
            }
            if (measuring) {
                requests.increment();
            }
            return measuring;
        }
    }
}
